"""A bar chart as SVG: a bar for each row with its words beside it, a title and a description for screen readers.

Nothing is told by color alone: a pale bar has an outline and its own label. The numbers stand in a table on the page.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _LEFT, _BAR, _GAP, _LINE = 640, 236, 20, 8, 17
_LABEL = 30  # characters in a line of a label
_ROOM = 96  # for the words behind the longest bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label ("" to belong to the row above), its share from 0 to 1, the words behind it, and its look."""

    label: str
    share: float
    words: str
    pale: bool = False


def draw(bars: Sequence[Bar], title: str) -> str:
    """The chart as an SVG element. Its description reads every bar out."""
    said = "; ".join(f"{bar.label + ': ' if bar.label else ''}{bar.words}" for bar in bars)
    name = f"bars-{zlib.crc32(repr((title, bars)).encode('utf-8', 'replace')):08x}"
    shapes = []
    top = 6
    for bar in bars:
        lines = textwrap.wrap(bar.label, _LABEL, max_lines=3, placeholder=" …")
        height = max(_BAR, _LINE * len(lines))
        top += _GAP if bar.label else 2 - _GAP
        shapes.append(_bar(bar, lines, top, height))
        top += height + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top + 6}" role="img" width="100%" '
        f'aria-labelledby="{name}-title {name}-desc" style="max-width:{_WIDTH}px;height:auto">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(said)}</desc>'
        f'<g font-size="14" fill="var(--iep-ink, #1f2933)">{"".join(shapes)}</g></svg>'
    )


def _bar(bar: Bar, lines: list[str], top: int, height: int) -> str:
    middle = top + height / 2
    width = max(2.0, min(1.0, bar.share) * (_WIDTH - _LEFT - _ROOM))
    first = middle - _LINE * (len(lines) - 1) / 2 + 5
    label = "".join(
        f'<text x="{_LEFT - 10}" y="{first + _LINE * place:g}" text-anchor="end">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    look = (
        'fill="var(--iep-paper, #ffffff)" stroke="var(--iep-data, #0b5394)" stroke-width="2" stroke-dasharray="4 3"'
        if bar.pale
        else 'fill="var(--iep-data, #0b5394)" stroke="var(--iep-data, #0b5394)" stroke-width="2"'
    )
    return (
        f'{label}<rect x="{_LEFT}" y="{middle - _BAR / 2 + 2:g}" width="{width:.1f}" height="{_BAR - 4}" {look}/>'
        f'<text x="{_LEFT + width + 8:.1f}" y="{middle + 5:g}">{escape(bar.words)}</text>'
    )

"""A bar chart as SVG: each row's label over its bar, words behind it, a title and a description for screen readers.

Nothing is told by color alone: a pale bar has an outline and its own words. The numbers stand in a table on the page.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

# Narrow enough that the words can still be read on a phone.
_WIDTH, _BAR, _LINE = 420, 16, 18
_LABEL = 52  # characters in a line of a label
_ROOM = 110  # for the words behind the longest bar
_COLOR = "var(--iep-data, #0b5394)"


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
    top = 0
    for bar in bars:
        if bar.label:
            top += 12
            for line in textwrap.wrap(bar.label, _LABEL, max_lines=3, placeholder=" …"):
                top += _LINE
                shapes.append(f'<text x="0" y="{top}">{escape(line)}</text>')
        shapes.append(_bar(bar, top + 8))
        top += 8 + _BAR
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top + 8}" role="img" width="100%" '
        f'aria-labelledby="{name}-title {name}-desc" style="max-width:{_WIDTH * 1.3:.0f}px;height:auto">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(said)}</desc>'
        f'<g font-size="14" fill="var(--iep-ink, #1f2933)">{"".join(shapes)}</g></svg>'
    )


def _bar(bar: Bar, top: int) -> str:
    width = min(1.0, max(0.0, bar.share)) * (_WIDTH - _ROOM)
    look = 'fill="var(--iep-paper, #ffffff)" stroke-dasharray="4 3"' if bar.pale else f'fill="{_COLOR}"'
    shape = f'<rect x="1" y="{top}" width="{width:.1f}" height="{_BAR - 2}" stroke="{_COLOR}" stroke-width="2" {look}/>'
    words = f'<text x="{width + 9:.1f}" y="{top + 12}">{escape(bar.words)}</text>'
    return f"{shape if width else ''}{words}"

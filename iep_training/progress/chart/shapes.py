"""The marks that a chart is made of, as SVG. Every text is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from iep_training.progress.chart.labels import Label

WIDTH, PLOT_HEIGHT, RIGHT = 440, 230, 14
TYPE = 16  # layout leaves room for the larger type of a narrow screen


def heading(lines: Sequence[str]) -> str:
    """The title, over as many lines as it needs."""
    return "".join(
        f'<text class="heading" x="8" y="{22 + 20 * place}">{escape(line)}</text>' for place, line in enumerate(lines)
    )


def line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """A straight line of one kind of style.css."""
    return f'<line class="{kind}" x1="{start[0]:g}" y1="{start[1]:g}" x2="{end[0]:g}" y2="{end[1]:g}"/>'


def text(label: Label) -> str:
    """A label where it was placed."""
    kind = f' class="{label.kind}"' if label.kind else ""
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    return f'<text{kind} x="{label.x:g}" y="{label.y:g}"{anchor}>{escape(label.text)}</text>'


def cut(text: str, characters: int) -> str:
    """A name that fits, with dots where it was cut."""
    return text if len(text) <= characters else text[: max(characters - 1, 0)].rstrip() + "…"

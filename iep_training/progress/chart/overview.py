"""A class at a glance: one small chart a student, in a grid that follows the width of the page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from iep_training.model import Growth
from iep_training.progress.chart.picture import draw
from iep_training.progress.chart.sentences import say
from iep_training.progress.words import say as words_say


def overview(growths: Sequence[Growth], *, title: str, unit: str = "") -> str:
    """An HTML list of charts, each with its student, category and reason. Text is escaped."""
    items = "".join(
        f"<li>{draw(growth, title=growth.id, unit=unit)}"
        f"<p><strong>{escape(words_say('category', growth.category))}.</strong> {escape(growth.why)}"
        f"{' ' + escape(say('look_again')) if growth.borderline else ''}</p></li>"
        for growth in growths
    )
    style = (
        ".iep-overview ul{list-style:none;margin:0;padding:0;display:grid;gap:1rem;"
        "grid-template-columns:repeat(auto-fill,minmax(min(18rem,100%),1fr))}"
        ".iep-overview .iep-chart text{font-size:16px}"
        ".iep-overview li{break-inside:avoid}.iep-overview p{margin:.25rem 0 0}"
    )
    return f'<section class="iep-overview"><style>{style}</style><h3>{escape(title)}</h3><ul>{items}</ul></section>'

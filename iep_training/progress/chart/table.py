"""The numbers behind a chart as an HTML table."""

from __future__ import annotations

from html import escape

from iep_training.model import Growth
from iep_training.progress.chart.sentences import phase_name, say, when_words
from iep_training.progress.words import figure


def table(growth: Growth, *, unit: str = "", caption: str = "", worked: bool = True) -> str:
    """The scores of a chart, then baseline, now and target, as an HTML table with a caption. Text is escaped.

    With `worked` False, baseline and now of a series are left for the reader to work out.
    """
    unit = unit or growth.unit
    heads = [say("when"), say("score") + (f" ({unit})" if unit else ""), say("phase")]
    rows = [
        [when_words(point), say("absent") if point.score is None else figure(point.score), phase_name(point.phase)]
        for point in growth.points
    ]
    of_series = "_series" if growth.points else ""
    results = [("baseline", growth.baseline), ("now", growth.current), ("target", growth.target)]
    for name, value in results if worked or not growth.points else results[-1:]:
        rows.append([say(name).capitalize(), "" if value is None else figure(value), say(f"{name}_note{of_series}")])
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in rest) + "</tr>"
        for first, *rest in rows
    )
    title = f"<caption>{escape(caption or say('caption', id=growth.id))}</caption>"
    return f'<table class="iep-numbers">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

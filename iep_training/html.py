"""Static HTML: an activity with its answer, its feedback and its chart, readable where no widget can run.

Everything that a person wrote is escaped. Charts are images with the drawing inside, because notebooks that are
not trusted, and nbgrader's feedback, show those and drop inline drawings.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape

from iep_training.model import (
    Activity,
    Build,
    Choose,
    Classify,
    Criterion,
    Feedback,
    Growth,
    Order,
    Reflection,
    Rewrite,
    Sort,
)

# Inline, because feedback files carry no stylesheet of ours; colors keep 4.5:1 on white and on dark paper alike.
_CARD = "border:1px solid #8a94a0;border-radius:8px;padding:1rem 1.25rem;margin:1rem 0;max-width:46rem;line-height:1.5"
_QUOTE = "border-left:4px solid #0f766e;margin:.5rem 0;padding:.25rem 0 .25rem .9rem"
_ANSWER = "white-space:pre-wrap;overflow-wrap:anywhere;" + _QUOTE


class Page:
    """A piece of HTML for a notebook to show, with plain words for where HTML can't be shown."""

    def __init__(self, html: str, words: str) -> None:
        self.html = html
        self.words = words

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.words


def notice(words: str) -> str:
    """A message to the reader, such as what went wrong and what to do."""
    return f'<div style="{_CARD}"><p style="margin:0"><strong>Please note.</strong> {escape(words)}</p></div>'


def download(name: str, page: str) -> str:
    """A link that keeps a whole HTML page as a file of this name."""
    data = base64.b64encode(page.encode("utf-8")).decode("ascii")
    words = f"Keep this as a file: {name}"
    return f'<p><a download="{escape(name)}" href="data:text/html;base64,{data}">{escape(words)}</a></p>'


def card(title: str, parts: Iterable[str]) -> str:
    """Parts made by `activity`, under one title."""
    return f'<section style="{_CARD}"><h3 style="margin-top:0">{escape(title)}</h3>{"<hr>".join(parts)}</section>'


def activity(activity: Activity, answer: str, feedback: Feedback | None = None, growth: Growth | None = None) -> str:
    """One activity: what was asked, the answer as readable text ("" = none yet), and the feedback if there is any.

    `growth` is what to draw where there is no feedback to take it from.
    """
    prompt = f"<p>{escape(activity.prompt)}</p>" if activity.prompt else ""
    parts = [f"<h4>{escape(activity.title)}</h4>", prompt, _question(activity)]
    drawn = growth if feedback is None else feedback.growth
    if drawn is not None and isinstance(activity, Classify):
        parts.append(chart_image(activity, drawn, worked=feedback is not None))
    shown = f'<div style="{_ANSWER}">{escape(answer)}</div>' if answer.strip() else "<p><em>No answer yet.</em></p>"
    parts += ["<p><strong>Answer</strong></p>", shown]
    if feedback is not None:
        # Cards, steps and boxes are explained one by one; a rewrite has its explanations in the text above the table.
        parts.append(_feedback(feedback, explained=isinstance(activity, (Choose, Sort, Order, Build))))
    return "".join(parts)


def chart_image(activity: Classify, growth: Growth, *, worked: bool = True) -> str:
    """The chart of a classify activity as an image; its text alternative gives the numbers, not the category.

    With `worked` False, baseline and now of a series are left for the reader to work out.
    """
    from iep_training.progress import chart  # most activities hold no scores, and need not wait for this

    title = f"{activity.student}: {activity.skill}"
    drawing = chart.draw(growth, title=title, unit=activity.unit, worked=worked)
    data = base64.b64encode(drawing.encode("utf-8")).decode("ascii")
    numbers = [("baseline", growth.baseline), ("now", growth.current), ("target", growth.target)]
    numbers = numbers if worked or not growth.points else numbers[-1:]
    known = ", ".join(f"{name} {value:g}" for name, value in numbers if value is not None)
    words = f"Chart of {title}, in {activity.unit}: {known}."
    return f'<img alt="{escape(words)}" src="data:image/svg+xml;base64,{data}" style="width:30rem;max-width:100%">'


def _question(activity: Activity) -> str:
    if isinstance(activity, Rewrite):
        about = f"<p>{escape(activity.student)}</p>" if activity.student else ""
        return f'{about}<blockquote style="{_QUOTE}">{escape(activity.statement)}</blockquote>'
    if isinstance(activity, Classify):
        return f"<p>{escape(activity.student)}: {escape(activity.skill)}</p>"
    if isinstance(activity, Reflection):
        return f"<p>{escape(activity.question)}</p>"
    if isinstance(activity, Choose):
        options = "".join(_item(option.text) for option in activity.options)
        return f"<p>{escape(activity.question)}</p><ul>{options}</ul>"
    if isinstance(activity, Sort):
        groups = ", ".join(group.title for group in activity.groups)
        return f"<p>Groups: {escape(groups)}</p><ul>{''.join(_item(card.text) for card in activity.cards)}</ul>"
    return ""


def _feedback(feedback: Feedback, *, explained: bool) -> str:
    parts = []
    if feedback.good:
        parts.append(f"<p><strong>Already there</strong></p><ul>{''.join(map(_item, feedback.good))}</ul>")
    if feedback.next_step:
        parts.append(f"<p><strong>One next step.</strong> {escape(feedback.next_step)}</p>")
    if feedback.growth is not None:
        numbers = " ".join((feedback.growth.why, *feedback.growth.notes))
        parts.append(f"<p><strong>The numbers.</strong> {escape(numbers)}</p>")
    if len(feedback.criteria) > 1:
        rows = "".join(_criterion(one, explained=explained) for one in feedback.criteria)
        heads = '<th scope="col">Result</th><th scope="col">Looked for</th><th scope="col">Points</th>'
        parts.append(
            f"<table><caption>What was looked for</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )
    if feedback.needs_person:
        parts.append("<p>A person reads this answer; no mark is given by the computer.</p>")
    return "".join(parts)


def _criterion(one: Criterion, *, explained: bool) -> str:
    met = "✓ met" if one.met else "○ not yet"
    why = f"<br>{escape(one.message)}" if explained else ""
    points = f"{one.earned:.3g} of {one.points:.3g}" if one.points else ""
    return f"<tr><td>{met}</td><td>{escape(one.name)}{why}</td><td>{points}</td></tr>"


def _item(words: str) -> str:
    return f"<li>{escape(words)}</li>"

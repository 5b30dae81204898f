"""The picture of a group as a page to show or print, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from iep_training import content, feedback
from iep_training.iep.bars import Bar, draw
from iep_training.iep.group import FEWEST, GroupMeasure, Picture
from iep_training.iep.page import document, scroll
from iep_training.iep.text import words
from iep_training.model import Activity, CourseError, Rewrite

_MOST_MISSED = 10


def to_html(picture: Picture) -> str:
    """The picture as the text of an HTML file. It holds no name of a person or a file."""
    said = words()["report"]
    intro = said["intro"].format(learners=picture.learners, fewest=FEWEST)
    header = f'<h1>{escape(said["title"])}</h1><p class="note">{escape(intro)}</p>'
    return document(said["title"], header, _growth(picture) + _missed(picture) + _rewrites(picture))


def item_rows(picture: Picture) -> Iterator[dict[str, Any]]:
    """A row for each item that enough people answered, in course order."""
    for item in picture.items:
        yield {
            "id": item.activity.id,
            "item": item.activity.title,
            "module": _module(item.activity),
            "answered": item.answered,
            "right": item.right,
            "share_right": round(item.share, 3),
            "commonest_slip": item.slip,
        }


def growth_rows(picture: Picture) -> Iterator[dict[str, Any]]:
    """A row for each measure before and after: means of the group, and how many people each category holds."""
    for one in picture.measures:
        yield {
            "measure": words()["before_after"]["measure"][one.id],
            "people": one.learners,
            "mean_at_start": round(one.before, 2),
            "mean_at_end": round(one.after, 2),
            "to_reach": round(one.best, 2),
            **{label: one.shows.get(label, 0) for label in _shows()},
        }


# --- before and after -----------------------------------------------------------------------------------


def _growth(picture: Picture) -> str:
    said = words()["report"]
    title = f"<h2>{escape(said['growth_title'])}</h2>"
    if not picture.measures:
        return f"{title}<p>{escape(said['growth_none'].format(fewest=FEWEST))}</p>"
    labels = words()["before_after"]["measure"]
    bars = [bar for one in picture.measures if one.id != "findings" for bar in _pair(labels[one.id], one)]
    overall = picture.measures[-1]
    shows = [(label, overall.shows.get(label, 0)) for label in _shows()]
    shows_bars = [Bar(label, count / overall.learners, said["people"].format(count=count)) for label, count in shows]
    rows = (
        (labels[one.id], one.learners, f"{one.before:.1f}", f"{one.after:.1f}", f"{one.best:.1f}")
        for one in picture.measures
    )
    return (
        f"{title}<h3>{escape(said['growth_chart'])}</h3>{_figure(bars, said['growth_chart'])}"
        f"{_table(said['growth_caption'], said['growth_columns'], rows)}"
        f"<h3>{escape(said['growth_shows'])}</h3>{_figure(shows_bars, said['growth_shows'])}"
        f"{_table(said['shows_caption'], said['shows_columns'], shows)}"
        f'<p class="about">{escape(words()["before_after"]["honest_group"])}</p>'
    )


def _pair(label: str, one: GroupMeasure) -> tuple[Bar, Bar]:
    said = words()["report"]
    before, after = one.before / one.best, one.after / one.best
    return Bar(label, before, f"{said['start']} {before:.0%}", pale=True), Bar("", after, f"{said['end']} {after:.0%}")


def _shows() -> list[str]:
    """What the task may show of a person: the three categories, then what was there from the start."""
    said = words()["before_after"]
    three = [one["label"] for one in feedback.categories()][:3]
    return [*three, said["from_the_start"], said["from_the_start_less"]]


# --- most missed ----------------------------------------------------------------------------------------


def _missed(picture: Picture) -> str:
    said = words()["report"]
    missed = picture.missed[:_MOST_MISSED]
    title = f"<h2>{escape(said['missed_title'])}</h2>"
    held = said["held_back"].format(fewest=FEWEST, held_back=picture.held_back)
    left_out = f'<p class="about">{escape(held)}</p>' if picture.held_back else ""
    if not missed:
        return f"{title}<p>{escape(said['missed_none'].format(fewest=FEWEST))}</p>{left_out}"
    bars = [
        Bar(one.activity.title, one.share, said["right_of"].format(right=one.right, answered=one.answered))
        for one in missed
    ]
    rows = ((one.activity.title, _module(one.activity), one.answered, one.right, one.slip) for one in missed)
    table = _table(said["missed_caption"], said["missed_columns"], rows)
    return f"{title}<h3>{escape(said['missed_chart'])}</h3>{_figure(bars, said['missed_chart'])}{table}{left_out}"


def _module(activity: Activity) -> str:
    """The title of the module whose number the activity's id begins with, or the number."""
    number = activity.id.partition("-")[0]
    try:
        modules = content.modules()
    except CourseError:
        return number
    return next((one.title for one in modules if one.id.partition("_")[0] == number), number)


# --- rewrites -------------------------------------------------------------------------------------------


def _rewrites(picture: Picture) -> str:
    said = words()["report"]
    if not picture.rewrites:
        return f"<h2>{escape(said['rewrites_title'])}</h2><p>{escape(said['rewrites_none'])}</p>"
    shown = "".join(_rewrite(activity, text) for activity, text in picture.rewrites)
    return f"<h2>{escape(said['rewrites_title'])}</h2><p>{escape(said['rewrites_intro'])}</p>{shown}"


def _rewrite(activity: Rewrite, text: str) -> str:
    asked = words()["report"]["instead_of"].format(statement=activity.statement)
    return f'<div class="together"><p>{escape(asked)}</p><blockquote dir="auto">{escape(text)}</blockquote></div>'


# --- shared ---------------------------------------------------------------------------------------------


def _figure(bars: Sequence[Bar], caption: str) -> str:
    return f"<figure>{draw(bars, caption)}</figure>"


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(str(first))}</th>{"".join(map(_cell, rest))}</tr>' for first, *rest in rows
    )
    table = f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return scroll(caption, table)


def _cell(value: Any) -> str:
    return f"<td>{escape(str(value))}</td>"

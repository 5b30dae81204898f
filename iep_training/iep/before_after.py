"""Before and after: the same short task at the start and at the end, read by the same measures.

Growth is told by the course's own rule, from the start over the end to the best there is. What was there from the start
leaves no room for growth, and is said so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from iep_training import content, feedback, language, progress
from iep_training.iep.my_progress import is_answer
from iep_training.iep.text import plain, words
from iep_training.model import Activity, CourseError, Growth

GOAL_PARTS = ("condition", "behavior", "criterion", "timeframe", "baseline", "strength")
_GOAL_FIELD = "whole"


@dataclass(frozen=True, slots=True)
class Task:
    """The short task: which activities it holds at the start and at the end, in pairs, and the answer of consent."""

    rewrites: tuple[tuple[Activity, Activity], ...]
    charts: tuple[tuple[Activity, Activity], ...]
    goals: tuple[tuple[str, str], ...]
    consent: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure at the start and at the end: `best` is what there is to reach, `growth` what the rule makes of it."""

    id: str
    before: int
    after: int
    best: int
    growth: Growth

    @property
    def from_the_start(self) -> bool:
        """Whether the best was there at the start already."""
        return self.before == self.best


@dataclass(frozen=True, slots=True)
class Comparison:
    """A learner's measures, and her own sentences side by side: what was asked, before, after.

    Only what was answered both times is compared; without such a pair there are no measures.
    """

    measures: tuple[Measure, ...]
    sentences: tuple[tuple[str, str, str], ...]

    def measure(self, measure_id: str) -> Measure | None:
        """The measure with this id, or None where it was not answered both times."""
        return next((one for one in self.measures if one.id == measure_id), None)


def task() -> Task:
    """The task in course/before_and_after.toml. Raises CourseError when it names an activity that isn't there."""
    return _task(content.course_folder() / "before_and_after.toml")


def first_ids() -> tuple[str, ...]:
    """The activities of the task at the start. Raises CourseError as `task` does."""
    known = task()
    return (*(pair[0].id for pair in (*known.rewrites, *known.charts)), *(pair[0] for pair in known.goals))


def finished(answers: Mapping[str, Any]) -> bool:
    """Whether the whole task at the end of the course is answered. `answers` maps activity ids to answers."""
    known = task()
    last = (*(pair[1].id for pair in (*known.rewrites, *known.charts)), *(pair[1] for pair in known.goals))
    return all(is_answer(answers.get(name)) for name in last)


def compare(answers: Mapping[str, Any], task: Task) -> Comparison:
    """Compare the answers given at the start and at the end. `answers` maps activity ids to answers."""
    measures: list[Measure] = []
    rewrites = [pair for pair in task.rewrites if _both(answers, pair[0].id, pair[1].id)]
    if rewrites:
        before, after = (_sum(rewrites, side, answers, _findings) for side in (0, 1))
        measures.append(_measure("findings", before, after, 0, "decrease"))
        before, after = (_sum(rewrites, side, answers, _right) for side in (0, 1))
        measures.append(_measure("accepted", before, after, len(rewrites)))
    charts = [pair for pair in task.charts if _both(answers, pair[0].id, pair[1].id)]
    if charts:
        before, after = (_sum(charts, side, answers, _right) for side in (0, 1))
        measures.append(_measure("chart", before, after, len(charts)))
    goals = [(_goal(answers[one]), _goal(answers[two])) for one, two in task.goals if _both(answers, one, two)]
    if goals:
        before, after = (sum(_parts(pair[side]) for pair in goals) for side in (0, 1))
        measures.append(_measure("goal", before, after, len(goals) * len(GOAL_PARTS)))
    points = [one for one in measures if one.id != "findings"]
    if points:
        overall = (sum(one.before for one in points), sum(one.after for one in points), sum(one.best for one in points))
        measures.append(_measure("overall", *overall))
    sentences = [
        (getattr(first, "statement", first.title), plain(answers[first.id]), plain(answers[last.id]))
        for first, last in rewrites
    ]
    return Comparison(tuple(measures), (*sentences, *((words()["before_after"]["goal"], *pair) for pair in goals)))


def said_of(measure: Measure) -> str:
    """What a measure shows, in the course's own categories, or that there was no room for growth."""
    said = words()["before_after"]
    if measure.from_the_start:
        return str(said["from_the_start" if measure.after == measure.best else "from_the_start_less"])
    labels = {one["id"]: one["label"] for one in feedback.categories()}
    return labels.get(measure.growth.category, "")


def draw(comparison: Comparison) -> str:
    """The comparison as HTML for a page of the course: a table of the measures, then the sentences side by side."""
    said = words()["before_after"]
    if not comparison.measures:
        return f"<p>{escape(said['nothing_yet'])}</p>"
    rows = "".join(
        _row([said["measure"][one.id], said_of(one), one.before, one.after, one.best]) for one in comparison.measures
    )
    heads = "".join(f'<th scope="col" style="{_CELL}">{escape(one)}</th>' for one in said["columns"])
    caption = escape(said["caption"])
    return (
        f'<section style="max-width:46rem;line-height:1.6"><h3>{escape(said["title"])}</h3>'
        f"<p>{escape(said['honest'])}</p>"
        f'<div role="region" tabindex="0" aria-label="{caption}" style="overflow-x:auto">'
        '<table style="border-collapse:collapse;table-layout:auto;width:100%;margin:.6rem 0">'
        f'<caption style="text-align:start">{caption}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f"<h4>{escape(said['sentences'])}</h4>{''.join(map(_sentences, comparison.sentences))}</section>"
    )


_CELL = "border:1px solid #8a94a0;padding:.3rem .5rem;text-align:start;vertical-align:top"
_QUOTE = "white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 .6rem;padding-left:.8rem;border-left:4px solid gray"


def _row(cells: list[Any]) -> str:
    head, *rest = (escape(str(cell)) for cell in cells)
    tail = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in rest)
    return f'<tr><th scope="row" style="{_CELL};font-weight:normal">{head}</th>{tail}</tr>'


def _sentences(asked_before_after: tuple[str, str, str]) -> str:
    said = words()["before_after"]
    asked, before, after = (escape(text) for text in asked_before_after)
    return (
        f"<p><strong>{asked}</strong></p>"
        f'<p>{escape(said["at_the_start"])}:</p><blockquote dir="auto" style="{_QUOTE}">{before}</blockquote>'
        f'<p>{escape(said["at_the_end"])}:</p><blockquote dir="auto" style="{_QUOTE}">{after}</blockquote>'
    )


# --- measures -------------------------------------------------------------------------------------------


def _measure(name: str, before: int, after: int, best: int, direction: str = "increase") -> Measure:
    return Measure(name, before, after, best, progress.classify_row(name, before, best, after, direction))


def _sum(
    pairs: list[tuple[Activity, Activity]], side: int, answers: Mapping[str, Any], count: Callable[[Activity, Any], int]
) -> int:
    return sum(count(pair[side], answers[pair[side].id]) for pair in pairs)


def _findings(activity: Activity, answer: Any) -> int:
    """Deficit wording in a rewrite: findings that weigh, whatever else it says well."""
    return sum(one.severity == "finding" for one in language.read_statement(plain(answer)).findings)


def _right(activity: Activity, answer: Any) -> int:
    return int(feedback.check(activity, answer).right)


def _parts(goal: str) -> int:
    reading = language.read_goal(goal)
    return sum(getattr(reading, name) is not None for name in GOAL_PARTS)


def _goal(answer: Any) -> str:
    """The goal in the answer to a goal builder, or in an answer that is a text alone."""
    return plain(answer.get(_GOAL_FIELD) if isinstance(answer, Mapping) else answer)


def _both(answers: Mapping[str, Any], first: str, last: str) -> bool:
    return is_answer(answers.get(first)) and is_answer(answers.get(last))


# --- the task -------------------------------------------------------------------------------------------


@cache
def _task(path: Path) -> Task:
    tree = content.read_toml(path)
    for name in ("before", "after", "rewrites", "charts", "goals", "consent"):
        if name not in tree:
            raise CourseError(f"{path.name}: “{name}” is missing. Add it")

    def pairs(kind: str) -> list[tuple[str, str]]:
        return [(f"{tree['before']}{name}", f"{tree['after']}{name}") for name in tree[kind]]

    def activities(kind: str) -> tuple[tuple[Activity, Activity], ...]:
        return tuple((_activity(first), _activity(last)) for first, last in pairs(kind))

    return Task(activities("rewrites"), activities("charts"), tuple(pairs("goals")), str(tree["consent"]))


def _activity(name: str) -> Activity:
    return content.activity_set(name).activities[0]

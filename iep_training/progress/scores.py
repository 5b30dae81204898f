"""Make one series out of the lines a file holds on one student and goal, saying which lines could not be used.

A score that can't be read or placed is a problem of its whole series, which then is not classified: leaving the score
out could change the category without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from iep_training.model import Point, Series
from iep_training.progress import dates, values, words
from iep_training.progress.values import NotReadable


class ScoreLine(NamedTuple):
    """One line of a long file, its cells as text. `broken` says that the line as a whole can't be trusted."""

    line: int
    id: str
    goal: str
    when: str
    score: str
    phase: str
    target: str
    direction: str
    unit: str
    mastery: str
    goal_when: str
    broken: str = ""


class Remark(NamedTuple):
    """Something to know about a file: the line it is about (0 for the file as a whole), in plain words."""

    line: int
    text: str


def build(label: str, lines: Sequence[ScoreLine], day_first: bool = False) -> tuple[Series, list[Remark]]:
    """The series named `label`, its points in time order, and remarks on lines that were left out or read in doubt."""
    problems: list[Remark] = [Remark(one.line, one.broken) for one in lines if one.broken]
    remarks: list[Remark] = []
    if not label:
        problems += [Remark(one.line, _say("no_id", one)) for one in lines]
    kept = _placed(lines, day_first, problems, remarks)
    target = _target(lines, problems)
    _check_percents(kept, lines, target, problems)

    starts = [when for _, when, _ in kept]
    if len({isinstance(when, date) for when in starts}) > 1:
        problems.append(Remark(0, words.say("file", "weeks_and_dates")))
        kept, starts = [], []
    first = min((when for when in starts if isinstance(when, date)), default=None)
    points = sorted(
        (Point(_weeks(when, first), score, values.phase(one.phase), one.when) for one, when, score in kept),
        key=lambda point: point.when,
    )
    series = Series(
        id=label,
        points=tuple(points),
        target=target,
        direction=_only("direction", (one.direction for one in lines), problems),
        goal_when=_goal_when(lines, first, bool(points), day_first, problems),
        mastery=_only("mastery criterion", (one.mastery for one in lines), problems),
        unit=next((one.unit for one in lines if one.unit), ""),
        problems=tuple(dict.fromkeys(problem.text for problem in problems)),
    )
    return series, remarks


def _say(name: str, one: ScoreLine, **blanks: object) -> str:
    return words.say("file", name, where=f"Line {one.line}", **blanks)


_Placed = tuple[ScoreLine, float | date, float | None]


def _placed(
    lines: Iterable[ScoreLine], day_first: bool, problems: list[Remark], remarks: list[Remark]
) -> list[_Placed]:
    """Every line with its time and score read; what can't be read goes to `problems` or, if harmless, `remarks`."""
    kept: list[_Placed] = []
    seen: set[tuple[object, ...]] = set()
    days: set[object] = set()
    for one in lines:
        if one.broken:
            continue
        score = None
        try:
            score = values.number(one.score)
        except NotReadable as error:
            problems.append(Remark(one.line, _say("bad_score", one, text=error)))
        if not one.when.strip():
            if score is None:
                remarks.append(Remark(one.line, _say("blank_line", one)))
            else:
                problems.append(Remark(one.line, _say("no_when", one)))
            continue
        try:
            when = dates.when(one.when, day_first)
        except NotReadable as error:
            (problems if score is not None else remarks).append(Remark(one.line, _say("bad_when", one, text=error)))
            continue
        if (when, one.score, one.phase) in seen:
            remarks.append(Remark(one.line, _say("repeated", one)))
            continue
        if when in days and score is not None:
            remarks.append(Remark(one.line, _say("same_day", one)))
        seen.add((when, one.score, one.phase))
        days.add(when)
        kept.append((one, when, score))
    return kept


def _target(lines: Sequence[ScoreLine], problems: list[Remark]) -> float | None:
    found: dict[float, str] = {}
    for one in lines:
        try:
            value = values.number(one.target)
        except NotReadable as error:
            problems.append(Remark(one.line, _say("bad_target", one, text=error)))
            continue
        if value is not None:
            found.setdefault(value, one.target.strip())
    if len(found) > 1:
        problems.append(Remark(0, words.say("file", "two_values", which="target", texts=" and ".join(found.values()))))
    return next(iter(found), None)


def _check_percents(
    kept: Sequence[_Placed], lines: Sequence[ScoreLine], target: float | None, problems: list[Remark]
) -> None:
    if problems or not any("%" in one.score or "%" in one.target for one in lines):
        return
    cells: dict[str, float | str | None] = {str(one.line): one.score for one, _, _ in kept}
    cells["target"] = next((one.target for one in lines if one.target.strip()), None) if target is not None else None
    unclear = values.unclear_percent(cells)
    if unclear:
        where = "Target" if unclear == "target" else f"Line {unclear}"
        problems.append(Remark(0, words.say("file", "percent", where=where, text=cells[unclear])))


def _goal_when(
    lines: Sequence[ScoreLine], first: date | None, has_points: bool, day_first: bool, problems: list[Remark]
) -> float | None:
    text = _only("goal date", (one.goal_when for one in lines), problems)
    if not text or not has_points:
        return None
    try:
        due = dates.when(text, day_first)
    except NotReadable:
        due = None
    if due is None or isinstance(due, date) != (first is not None):
        line = next(one for one in lines if one.goal_when.strip() == text)
        problems.append(Remark(line.line, _say("bad_goal_when", line, text=text)))
        return None
    return _weeks(due, first)


def _only(which: str, cells: Iterable[str], problems: list[Remark]) -> str:
    """The one text that a column holds for a series; two that differ are a problem."""
    found = list(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
    if len(found) > 1:
        problems.append(Remark(0, words.say("file", "two_values", which=which, texts=" and ".join(found[:4]))))
    return found[0] if found else ""


def _weeks(when: float | date, first: date | None) -> float:
    """Weeks from the start: as given, or counted from the first date."""
    return (when - first).days / 7 if isinstance(when, date) and first else float(when)  # type: ignore[arg-type]

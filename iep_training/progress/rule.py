"""The growth rule: a row or a series of scores in, a category with its reasons out.

Sources: Ferron et al. 2020 for attainment; 34 CFR 300.324(b) for what falling short asks of a team. The cut at half
way follows published report forms and goal attainment scales; it is a convention, so it is a parameter everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from iep_training.model import CANNOT_CLASSIFY, Category, CourseError, Direction, Growth, Point, Series
from iep_training.progress import goal_line, mastery, values, words
from iep_training.progress.measures import TOLERANCE, attainment, theil_sen

CUT = 0.5
BORDER = 0.1  # "within 10 points of a cut"
FIRST = 3  # without a phase column, so many scores are the baseline
LAST = 3  # so many scores say where the student is now
TREND_FROM = 6  # fewer scores than this show no trend

_NAMES = {"baseline": "baseline", "target": "target", "current": "current score"}


def classify_row(
    id: str,
    baseline: float | str | None,
    target: float | str | None,
    current: float | str | None,
    direction: str = "",
    cut: float = CUT,
    *,
    unit: str = "",
) -> Growth:
    """Classify one student from three numbers, taken as they stand.

    Each may be a number or a cell as a file holds it ("45%", "1,234", "n/a"). A blank `direction` is inferred from the
    target. From `cut`, a share of the way, progress counts as continuing to grow. A row that can't be classified says
    why and what to do; only a cut outside 0 to 1 raises CourseError.
    """
    cells = {"baseline": baseline, "target": target, "current": current}
    read: dict[str, float | None] = {}
    trouble = []
    for name, cell in cells.items():
        try:
            read[name] = values.number(cell)
        except values.NotReadable as error:
            trouble.append(words.say("cannot", "not_a_number", which=_NAMES[name], text=error))
        else:
            if read[name] is None:
                trouble.append(words.say("cannot", "missing", which=_NAMES[name]))
    if not trouble and (unclear := values.unclear_percent(cells)):
        trouble.append(words.say("cannot", "percent", which=_NAMES[unclear], text=cells[unclear]))
    return _growth(id, read.get("baseline"), read.get("target"), read.get("current"), direction, cut, unit, trouble)


def classify_series(series: Series, cut: float = CUT) -> Growth:
    """Classify one student's scores over time.

    The baseline is the median of the baseline phase (without phases, of the first three scores); the current score is
    the median of the last three scores outside it, in time order whatever the order given. With fewer than three
    scores after the baseline nothing is classified. Only a cut outside 0 to 1 raises CourseError.
    """
    points = _in_phases(series.points)
    before = [point for point in points if point.score is not None and point.phase == "baseline"]
    after = [point for point in points if point.score is not None and point.phase != "baseline"]
    growth = _growth(
        series.id,
        _median(before),
        series.target,
        _median(after[-LAST:]) if len(after) >= LAST else None,
        series.direction,
        cut,
        series.unit,
        _series_trouble(series, len(before), len(after)),
    )
    growth = replace(growth, points=points)
    if growth.category == CANNOT_CLASSIFY:
        return growth
    growth = _against_trend(growth, after, cut)
    growth = mastery.decide(growth, series.mastery, after)
    growth = goal_line.place(growth, before, after, series.goal_when)
    if len(before) < FIRST:
        growth = with_notes(growth, words.say("note", "few_baseline", count=words.count(len(before))))
    return replace(growth, next_step=words.say("next_step", growth.category))


def category_of(share: float, cut: float = CUT) -> Category:
    """The category of a share of the way: the goal reached, at least `cut` of the way, or less."""
    if share >= 1 - TOLERANCE:
        return "big_growth"
    return "continue_to_grow" if share >= cut - TOLERANCE else "need_more_support"


def unclassified(id: str, why: str) -> Growth:
    """A row or series that can't be classified, and why."""
    step = words.say("next_step", CANNOT_CLASSIFY)
    return Growth(id, CANNOT_CLASSIFY, None, None, None, None, why, next_step=step)


def with_notes(growth: Growth, *notes: str) -> Growth:
    """The same growth with more notes."""
    return replace(growth, notes=(*growth.notes, *notes))


def _growth(
    id: str,
    baseline: float | None,
    target: float | None,
    current: float | None,
    direction: str,
    cut: float,
    unit: str,
    trouble: list[str],
) -> Growth:
    if not 0 < cut < 1:
        raise CourseError(words.say("cannot", "cut"))
    way: Direction | None = None
    try:
        way = values.direction(direction)
    except values.NotReadable as error:
        trouble = [*trouble, words.say("cannot", "direction", text=error)]
    if not trouble and baseline is not None and target is not None and current is not None:
        share = attainment(baseline, target, current)
        trouble = _distance_trouble(baseline, target, share, way)
        if share is not None and not trouble:
            near = _near_cut(share, cut)
            category = category_of(share, cut)
            return Growth(
                id=id,
                category=category,
                baseline=baseline,
                current=current,
                target=target,
                attainment=share,
                why=words.moved(baseline, target, current, share, unit),
                borderline=near is not None,
                direction="increase" if target > baseline else "decrease",
                next_step=words.say("next_step", category),
                notes=(near,) if near else (),
                unit=unit,
            )
    growth = unclassified(id, " ".join(trouble))
    return replace(growth, baseline=baseline, current=current, target=target, direction=way, unit=unit)


def _distance_trouble(baseline: float, target: float, share: float | None, way: Direction | None) -> list[str]:
    if abs(target - baseline) <= TOLERANCE * abs(target):
        return [words.say("cannot", "same", target=words.figure(target))]
    if share is None:
        return [words.say("cannot", "too_large")]
    if way is not None and (way == "increase") != (target > baseline):
        side = "above" if target > baseline else "below"
        figures = {"target": words.figure(target), "baseline": words.figure(baseline)}
        return [words.say("cannot", "contradicts", direction=way, side=side, **figures)]
    return []


def _series_trouble(series: Series, before: int, after: int) -> list[str]:
    if series.problems:
        return list(series.problems)
    trouble = []
    if series.target is None:
        trouble.append(words.say("cannot", "missing", which="target"))
    if series.mastery and mastery.read(series.mastery) is None:
        trouble.append(words.say("cannot", "mastery", text=series.mastery))
    if before + after == 0:
        trouble.append(words.say("cannot", "no_scores"))
    elif before == 0:
        trouble.append(words.say("cannot", "no_baseline"))
    elif after < LAST:
        marked = any(point.phase for point in series.points)
        number, more = (after, LAST - after) if marked else (before + after, FIRST + LAST - before - after)
        kind = "too_few" if marked else "too_few_unmarked"
        are = "is" if number == 1 else "are"
        trouble.append(words.say("cannot", kind, are=are, count=words.count(number), more=more))
    return trouble


def _in_phases(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points in time order, each with a phase; "baseline" marks those the baseline is read from.

    Scores of the same day are ordered by score, so that the order of a file's lines never matters.
    """
    ordered = sorted(points, key=lambda point: (point.when, point.score is None, point.score or 0.0))
    if any(point.phase for point in ordered):
        return tuple(replace(point, phase=values.phase(point.phase)) for point in ordered)
    first = [place for place, point in enumerate(ordered) if point.score is not None][:FIRST]
    end = first[-1] + 1 if first else 0  # an absence between two of the first scores doesn't end the baseline
    return (*(replace(point, phase="baseline") for point in ordered[:end]), *ordered[end:])


def _median(points: Sequence[Point]) -> float | None:
    scores = [point.score for point in points if point.score is not None]
    return median(scores) if scores else None


def _near_cut(share: float, cut: float) -> str | None:
    for line in (cut, 1.0):
        if abs(share - line) <= BORDER + TOLERANCE:
            return words.say("note", "near_cut", percent=words.percent(share), cut=words.percent(line))
    return None


def _against_trend(growth: Growth, after: Sequence[Point], cut: float) -> Growth:
    """Add the trend of the scores after the baseline, and mark growth borderline where it tells another story."""
    scores = [point.score for point in after if point.score is not None]
    line = theil_sen([point.when for point in after], scores) if len(scores) >= TREND_FROM else None
    if line is None or growth.baseline is None or growth.target is None:
        return growth
    slope, end = line
    share = attainment(growth.baseline, growth.target, end)
    growth = replace(growth, rate=slope, trend_end=end)
    if share is None or category_of(share, cut) == growth.category:
        return growth
    other = words.say("category", category_of(share, cut))
    note = words.say("note", "trend_differs", end=words.figure(round(end, 1)), category=other)
    return with_notes(replace(growth, borderline=True), note)

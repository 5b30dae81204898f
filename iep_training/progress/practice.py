"""Made-up students without end: each number gives one realistic case, always the same.

Cases stay away from the cuts, so that the right answer is not a matter of taste, unless a case near a cut is asked for.
"""

from __future__ import annotations

import csv
import random
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from iep_training.model import CATEGORIES, Category, Classify, CourseError, Point, Series
from iep_training.progress.rule import CUT, classify_series
from iep_training.progress.words import figure

_HERE = Path(__file__)
_TRIES = 500
_NOISE = (0.02, 0.06)  # of the distance to the goal
_WEEKS_FALL_TO_SPRING, _WEEKS_WINTER_TO_SPRING = 32, 16  # as the norms' report counts them

# How much of the way a case of each category has come, well between the cuts.
_SHARES: dict[Category, tuple[float, float]] = {
    "big_growth": (1.15, 1.4),
    "continue_to_grow": (0.63, 0.87),
    "need_more_support": (-0.25, 0.37),
}


class _Plan(NamedTuple):
    skill: dict[str, Any]
    grade: int
    baseline: float
    gain: float
    weeks: int


def case(number: int, *, shape: str = "", near_cut: bool = False) -> Classify:
    """The practice case of this number, as an activity to classify.

    `shape` asks for a story by name (see `shapes`), `near_cut` for a case within 10 points of a cut. Raises CourseError
    for a shape there is not.
    """
    made_of = _made_of()
    if shape and shape not in made_of["shape"]:
        raise CourseError(f"There is no practice story named “{shape}”. There are {', '.join(shapes())}")
    dice = random.Random(f"practice {number} {shape} {near_cut}")
    for _ in range(_TRIES):
        name = shape or dice.choice(
            [name for name in shapes() if not (near_cut and "scores" in made_of["shape"][name])]
        )
        wanted = dice.choice(CATEGORIES)
        series = _series(dice, _plan(dice, wanted), made_of["shape"][name], _share(dice, wanted, near_cut), number)
        if series is not None and _as_wanted(series[0], wanted, name, near_cut):
            return _activity(number, *series, made_of["shape"][name]["takeaway"], dice.choice(made_of["names"]))
    raise CourseError("practice.toml: no case fits these figures. Widen the gains, or the story's path")


def shapes() -> tuple[str, ...]:
    """The names of the stories that a case can follow."""
    return tuple(_made_of()["shape"])


@cache
def reading_gains(grade: int) -> tuple[float, float]:
    """The least and the greatest weekly gain in oral reading fluency, words a minute, across percentiles of a grade."""
    gains = [
        (spring - fall) / _WEEKS_FALL_TO_SPRING if fall is not None else (spring - winter) / _WEEKS_WINTER_TO_SPRING
        for fall, winter, spring in _norms(grade)
    ]
    return min(gains), max(gains)


@cache
def _norms(grade: int) -> tuple[tuple[float | None, float, float], ...]:
    with _HERE.with_name("orf_norms.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["grade"]) == grade]
    return tuple((float(r["fall"]) if r["fall"] else None, float(r["winter"]), float(r["spring"])) for r in rows)


@cache
def _made_of() -> dict[str, Any]:
    return tomllib.loads(_HERE.with_name("practice.toml").read_text(encoding="utf-8"))


def _share(dice: random.Random, wanted: Category, near_cut: bool) -> float:
    if near_cut:
        return dice.choice((CUT, 1.0)) + dice.uniform(-0.07, 0.07)
    return dice.uniform(*_SHARES[wanted])


def _plan(dice: random.Random, wanted: Category) -> _Plan:
    """A skill, a starting point, and the weekly gain of the goal, such that nobody outgrows the norms."""
    skill, grade, weeks = dice.choice(_made_of()["skill"]), dice.randint(1, 6), dice.randint(18, 30)
    if not skill.get("norms"):
        return _Plan(skill, grade, dice.randint(*skill["baseline"]), dice.uniform(*skill["gain"]), weeks)
    least, most = reading_gains(grade)
    fall, winter, _ = dice.choice(_norms(grade)[2:])  # the middle of the class and below
    highest = most / (_SHARES[wanted][1] if wanted == "big_growth" else 1)
    return _Plan(skill, grade, winter if fall is None else fall, dice.uniform(min(least, highest), highest), weeks)


def _series(
    dice: random.Random, plan: _Plan, shape: dict[str, Any], share: float, number: int
) -> tuple[Series, _Plan] | None:
    """Scores that follow the shape from the baseline to `share` of the way; None where they leave the scale."""
    target = round(plan.baseline + plan.gain * plan.weeks)
    distance = target - plan.baseline
    if not 0 <= target <= plan.skill.get("most", 10_000) or abs(distance) < 3:
        return None
    noise = max(abs(distance) * dice.uniform(*_NOISE), 0.3)
    every = dice.choice((1, 2))
    after = list(range(3 + every, plan.weeks + 1, every))[: shape.get("scores")]
    scores: list[float | None] = [round(plan.baseline + dice.gauss(0, noise)) for _ in range(3)]
    for week in after:
        part = _along(shape["path"], (week - 3) / (after[-1] - 3))
        scores.append(round(plan.baseline + distance * share * part + dice.gauss(0, noise)))
    if "odd_score" in shape:
        place = dice.randrange(5, len(scores))
        scores[place] = round((scores[place] or 0) + dice.choice((-1, 1)) * shape["odd_score"] * abs(distance))
    for _ in range(shape.get("absences", 0)):
        scores[dice.randrange(4, len(scores) - 1)] = None
    if any(score is not None and not 0 <= score <= plan.skill.get("most", 10_000) for score in scores):
        return None
    points = tuple(
        Point(week, score, "baseline" if place < 3 else "intervention", str(week))
        for place, (week, score) in enumerate(zip([1, 2, 3, *after], scores, strict=True))
    )
    way = "increase" if distance > 0 else "decrease"
    return Series(f"practice-{number}", points, target, way, goal_when=plan.weeks, unit=plan.skill["unit"]), plan


def _along(path: list[list[float]], time: float) -> float:
    """The height of a path, given as corners, at a share of its time."""
    for (start, low), (end, high) in pairwise(path):
        if time <= end:
            return low + (high - low) * (time - start) / (end - start)
    return path[-1][1]


def _as_wanted(series: Series, wanted: Category, shape: str, near_cut: bool) -> bool:
    growth = classify_series(series)
    if shape == "too_few":
        return growth.category == "cannot_classify"
    if near_cut:
        return growth.borderline
    return growth.category == wanted and not growth.borderline


def _activity(number: int, series: Series, plan: _Plan, takeaway: str, name: str) -> Classify:
    made_of = _made_of()
    blanks = {"name": name, "grade": plan.grade, "skill": plan.skill["name"], "unit": plan.skill["unit"]}
    blanks |= {"baseline": figure(plan.baseline), "target": figure(series.target or 0)}
    return Classify(
        id=series.id,
        title=made_of["title"].format(number=number),
        prompt=made_of["prompt"].format(**blanks),
        takeaway=takeaway,
        student=name,
        skill=plan.skill["name"],
        unit=plan.skill["unit"],
        series=series,
    )

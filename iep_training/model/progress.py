"""A student's scores, and what they say against the goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Category = Literal["big_growth", "continue_to_grow", "need_more_support", "cannot_classify"]
Direction = Literal["increase", "decrease"]

CATEGORIES: tuple[Category, ...] = ("big_growth", "continue_to_grow", "need_more_support")
CANNOT_CLASSIFY: Category = "cannot_classify"


@dataclass(frozen=True, slots=True)
class Point:
    """One score of a series: `when` in weeks from the start, `score` None for an absence, `label` as in the file."""

    when: float
    score: float | None
    phase: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One student's scores toward one goal, as read from a file; `direction` is "" when it was left blank.

    `goal_when` is the week the goal is due, where known; `mastery` the goal's own criterion, such as
    "4 of 5 trials". `problems` say what in the file could not be read: such a series is never classified.
    """

    id: str
    points: tuple[Point, ...]
    target: float | None
    direction: str = ""
    goal_when: float | None = None
    mastery: str = ""
    unit: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Growth:
    """What a student's data say against the goal.

    `attainment` is the share of the way from baseline to target (1.0 = the goal is reached), or None when it
    cannot be told. `why` says it in plain words, `next_step` what a team might do, `notes` what else to know.

    For a series: `points` in time order, `baseline_when` the week the goal line starts and `goal_when` the week
    it ends; `rate` is what the trend gains a week and `trend_end` its value at the last point (from six points
    on); `rate_needed` what the goal asks a week; `on_goal_line` whether progress is sufficient so far;
    `four_point` where the last four scores lie ("below" or "above" the goal line in the sense of worse or
    better, or "mixed"). Each is None where it cannot be told, and none of them changes the category.
    """

    id: str
    category: Category
    baseline: float | None
    current: float | None
    target: float | None
    attainment: float | None
    why: str
    borderline: bool = False
    direction: Direction | None = None
    next_step: str = ""
    notes: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    unit: str = ""
    baseline_when: float | None = None
    goal_when: float | None = None
    rate: float | None = None
    rate_needed: float | None = None
    trend_end: float | None = None
    on_goal_line: bool | None = None
    four_point: Literal["below", "above", "mixed"] | None = None

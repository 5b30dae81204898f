"""What the feedback on every kind of activity is made with."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from iep_training.model import Activity, Criterion, Feedback


@cache
def words() -> Mapping[str, Any]:
    """Everything that is said, from feedback.toml."""
    return tomllib.loads((Path(__file__).parent / "feedback.toml").read_text(encoding="utf-8"))


def readable(answer: Any) -> str:
    """An answer as text that can be read, shown and saved: "" for what is no text, and no stray control characters.

    Every character keeps its place, so that the places of findings still fit what the learner sees.
    """
    if not isinstance(answer, str):
        return ""
    return answer.encode("utf-8", errors="replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")


def nothing_yet(activity: Activity, next_step: str) -> Feedback:
    """Feedback on an answer that is not there yet."""
    return Feedback(id=activity.id, right=False, earned=0.0, points=activity.points, next_step=next_step)


def total(criteria: Iterable[Criterion], points: float) -> float:
    """The points earned, free of the dust of adding fractions, so that all of the parts are all of the points."""
    return min(points, round(sum(criterion.earned for criterion in criteria), 6))


def first_name(student: str) -> str:
    """The name that opens the line about a student ("Maya, grade 4, ..."), or "the student"."""
    name = student.split(",")[0].strip()
    return name if name and len(name.split()) <= 2 else "the student"

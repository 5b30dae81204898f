"""The answer to an answer."""

from __future__ import annotations

from dataclasses import dataclass

from iep_training.model.language import Finding
from iep_training.model.progress import Growth


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing looked for in an answer: whether it was met, the points it earned of its own, and a message."""

    name: str
    met: bool
    message: str
    earned: float
    points: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """The answer to an answer: what is already right first, then one next step.

    `earned` of `points` is the mark; `right` says whether every criterion was met. `needs_person` is True
    where only an instructor can judge.
    """

    id: str
    right: bool
    earned: float
    points: float
    good: tuple[str, ...] = ()
    next_step: str = ""
    criteria: tuple[Criterion, ...] = ()
    findings: tuple[Finding, ...] = ()
    growth: Growth | None = None
    takeaway: str = ""
    needs_person: bool = False

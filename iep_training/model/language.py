"""What the reader makes of a statement, a rewrite and a goal.

What is made anew for each statement is a tuple with named fields: that is quicker to make than a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Framing = Literal["deficit", "strengths", "neutral"]
Verdict = Literal["accept", "revise"]
Severity = Literal["finding", "advisory"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: character offsets into it, end exclusive, and the words found there."""

    start: int
    end: int
    quote: str


class Finding(NamedTuple):
    """One place in a text worth a second look, why, and a way to say it instead.

    `severity` is "finding" (it weighs in the framing) or "advisory" (a hint that never does).
    """

    rule: str
    start: int
    end: int
    quote: str
    why: str
    instead: str
    severity: Severity = "finding"
    source: str = ""


class Strength(NamedTuple):
    """Something a text already does well: a kind such as "support", "growth" or "skill", and where it stands."""

    kind: str
    start: int
    end: int
    quote: str


class Reading(NamedTuple):
    """What the language reader makes of one statement."""

    statement: str
    framing: Framing
    findings: tuple[Finding, ...] = ()
    strengths: tuple[Strength, ...] = ()


@dataclass(frozen=True, slots=True)
class RewriteReading:
    """What the reader makes of a rewrite beside its original.

    `reasons` are codes, empty when the verdict is "accept": still_deficit, off_topic, copy, magic_phrase,
    vague_praise, too_short, hides_need, invents_facts.
    """

    original: str
    rewrite: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    strengths: tuple[Strength, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalReading:
    """The parts of an annual goal that were found, each with its place in the text, or None."""

    goal: str
    condition: Span | None = None
    behavior: Span | None = None
    criterion: Span | None = None
    timeframe: Span | None = None
    baseline: Span | None = None
    strength: Span | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def measurable(self) -> bool:
        """True when both an observable behavior and a criterion were found."""
        return self.behavior is not None and self.criterion is not None

"""What a learner does: the kinds of activities, and the sets in which they stand on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from iep_training.model.progress import Series

Reads = Literal["none", "statement", "original", "goal", "family_note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing a learner does. `id` is permanent: answers and gradebooks are keyed by it.

    `strong` answers earn every point and `weak` ones do not; a test proves both. `variant_of` names the graded item in
    whose place some learners meet this one.
    """

    id: str
    title: str
    prompt: str = ""
    hint: str = ""
    takeaway: str = ""
    points: float = 1.0
    strong: tuple[Any, ...] = ()
    weak: tuple[Any, ...] = ()
    variant_of: str = ""

    kind = "activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite(Activity):
    """Turn a statement around: `student` gives a line of context the learner may use in the rewrite."""

    statement: str
    student: str = ""

    kind = "rewrite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify(Activity):
    """Say what a student's data show. Either a wide row (baseline, target, current) or a `series`."""

    student: str
    skill: str
    unit: str
    target: float | None = None
    direction: str = ""
    baseline: float | None = None
    current: float | None = None
    series: Series | None = None
    explain: Mapping[str, str] = field(default_factory=dict)

    kind = "classify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection(Activity):
    """An open question. Nobody but the learner (or, in an assignment, the instructor) judges the answer."""

    question: str
    least_words: int = 0
    rubric: tuple[str, ...] = ()

    kind = "reflection"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, whether it is right, and why or why not."""

    id: str
    text: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Activity):
    """Choose the right option; with `many`, every right one. An answer is an option's id, or a list of ids."""

    question: str
    options: tuple[Option, ...]
    many: bool = False

    kind = "choose"


@dataclass(frozen=True, slots=True)
class Group:
    """A place to sort cards into."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Card:
    """Something to sort, the id of the group it belongs in, and why it belongs there."""

    id: str
    text: str
    group: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort(Activity):
    """Put cards into groups. An answer gives the group of each card: {card: group}, by their ids."""

    groups: tuple[Group, ...]
    cards: tuple[Card, ...]

    kind = "sort"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sequence, and why it stands where it does."""

    id: str
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Activity):
    """Put steps in order. The record has them in the right order; an answer is a list of their ids."""

    steps: tuple[Step, ...]

    kind = "order"


@dataclass(frozen=True, slots=True)
class Field:
    """One box of something to build. `reads` says how its text is read while it is written.

    "statement" looks for deficit wording, "goal" for the parts of a goal, "family_note" for the reading grade,
    "original" underlines deficit wording in a text that is allowed to hold it, and "none" reads nothing.
    `least_words` is how many different words of its own a box that must be filled has to hold.
    """

    id: str
    label: str
    help: str
    example: str
    optional: bool = False
    reads: Reads = "none"
    least_words: int = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """One page of a student's file: its title, who wrote it, and its paragraphs."""

    title: str
    by: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A fictional student's file to build from. `id` is the name of the file it came from."""

    id: str
    name: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build(Activity):
    """Write something out of several boxes. An answer is {field: text}; with `cases`, "case" names the one chosen.

    `produces` is the sort of thing that is built, such as "goal" or "iep".
    """

    fields: tuple[Field, ...]
    produces: str
    cases: tuple[Case, ...] = ()

    kind = "build"


@dataclass(frozen=True, slots=True)
class ActivitySet:
    """Activities of one kind that a learner works through in one place on the page.

    A `quiet` set keeps its replies back until the learner has done the task at the end of the course.
    """

    id: str
    kind: str
    title: str
    intro: str
    activities: tuple[Activity, ...]
    quiet: bool = False

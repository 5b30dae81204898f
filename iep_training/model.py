"""The records that travel between the parts of the kit: plain, frozen, and free of behavior.

Nothing here imports anything else of ours, and nothing here needs more than the standard library, so the
same records serve the notebooks, the graders, the command line and the browser edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

Framing = Literal["deficit", "strengths", "neutral"]
Verdict = Literal["accept", "revise"]
Severity = Literal["finding", "advisory"]
Category = Literal["big_growth", "continue_to_grow", "need_more_support", "cannot_classify"]
Direction = Literal["increase", "decrease"]
Reads = Literal["none", "statement", "original", "goal", "family_note"]

CATEGORIES: tuple[Category, ...] = ("big_growth", "continue_to_grow", "need_more_support")
CANNOT_CLASSIFY: Category = "cannot_classify"


class CourseError(Exception):
    """Something a person can mend: its message says what is wrong, where, and what to do, in plain words."""


# --- language -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: character offsets into it, end exclusive, and the words found there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
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


@dataclass(frozen=True, slots=True)
class Strength:
    """Something a text already does well: a kind such as "support", "growth" or "skill", and where it stands."""

    kind: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
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


# --- progress -------------------------------------------------------------------------------------------


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


# --- activities -----------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the course as course.toml lists it; `notebook` is its file name."""

    id: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    summary: str = ""

    @property
    def number(self) -> int:
        """The module's own number, which its id begins with; 0 for the start page."""
        return int(self.id.partition("_")[0])

    @property
    def notebook(self) -> str:
        """The module's file name."""
        return f"{self.id}.ipynb"


# --- feedback -------------------------------------------------------------------------------------------


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


def to_json(record: Any) -> Any:
    """Turn a record, and every record inside it, into plain dicts, lists and scalars that `json` can write."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name: to_json(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, Mapping):
        return {str(key): to_json(value) for key, value in record.items()}
    if isinstance(record, (list, tuple)):
        return [to_json(value) for value in record]
    return record

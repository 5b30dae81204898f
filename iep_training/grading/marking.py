"""Mark one item of one submission: points, what the page shows, and whether a person has to look.

Used alike by the grader's preprocessor and by `score()` in a kernel. Nothing here raises.
"""

from __future__ import annotations

from dataclasses import dataclass

from iep_training import feedback, html
from iep_training.content.variants import SEED
from iep_training.grading.course import Assignment
from iep_training.grading.submission import Answer, Submission
from iep_training.grading.time_limit import time_limit
from iep_training.model import CANNOT_CLASSIFY, CATEGORIES, Activity, Build, Choose, Classify, CourseError, Order, Sort

CHOICES = ("", CANNOT_CLASSIFY, *CATEGORIES)
METADATA = "iep_training"
# A whole submission is marked in a few thousandths of a second.
SECONDS_FOR_AN_ITEM = 10.0
OTHER_VERSION = "The answer belongs to another version of this item than the one this learner was given."
LOOK = "The 0 shown here is not a mark: your instructor looks at it in person."


@dataclass(frozen=True, slots=True)
class Mark:
    """`score` in points, the static HTML to show, and why a person has to look ("" when nobody has to)."""

    score: float
    html: str
    needs_person: str = ""

    @property
    def metadata(self) -> dict[str, dict[str, str]]:
        """What travels with the shown HTML, so that the gradebook learns when a person has to look."""
        return {METADATA: {"needs_person": self.needs_person}} if self.needs_person else {}


# Marks of choices that were worked out before: everybody's choice of the same category gets the same page and chart.
Known = dict[tuple[str, str], Mark]


def mark_item(assignment: Assignment, item: str, submission: Submission, known: Known | None = None) -> Mark:
    """Mark the version of an item that fell to this learner."""
    try:
        activity = assignment.dealt(item, submission.text(SEED))
        others = {one.id for one in assignment.versions(item)}
    except CourseError as error:
        return for_a_person(str(error))
    if activity.id not in submission.answers and others & submission.answers.keys():
        return for_a_person(OTHER_VERSION)
    return mark(activity, submission, known)


def mark(activity: Activity, submission: Submission, known: Known | None = None) -> Mark:
    """Mark the submitted answer to one item. A dict passed as `known` is filled, and spares drawing a chart twice."""
    if trouble := submission.trouble_with(activity.id, _sort_of_answer(activity)):
        return for_a_person(trouble)
    answer = submission.answers.get(activity.id, "")
    if known is None or not isinstance(activity, Classify) or answer not in CHOICES:
        return _mark(activity, answer)
    if (activity.id, answer) not in known:
        known[activity.id, answer] = _mark(activity, answer)
    return known[activity.id, answer]


def _sort_of_answer(activity: Activity) -> type:
    if isinstance(activity, (Sort, Build)):
        return dict
    return list if isinstance(activity, Order) or (isinstance(activity, Choose) and activity.many) else str


def for_a_person(trouble: str) -> Mark:
    """No mark yet: what stands in the way, for the learner and the instructor to read."""
    return Mark(0.0, html.notice(f"{trouble} {LOOK}"), needs_person=trouble)


def _mark(activity: Activity, answer: Answer) -> Mark:
    try:
        with time_limit(SECONDS_FOR_AN_ITEM):
            result = feedback.check(activity, answer)
        score = min(max(float(result.earned), 0.0), float(activity.points))
        return Mark(score, html.activity(activity, feedback.answer_text(activity, answer), result))
    except TimeoutError:
        return for_a_person(f"The marker did not finish with this answer in {SECONDS_FOR_AN_ITEM:g} seconds.")
    except Exception as error:
        return for_a_person(f"The marker stopped on this answer ({type(error).__name__}).")

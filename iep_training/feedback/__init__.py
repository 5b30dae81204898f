"""Turn (activity, answer) into Feedback: the only place where marks are decided, one file for each kind of activity.

What is said stands in feedback.toml. Any answer at all is taken, however strange, and never raises.
"""

from __future__ import annotations

from typing import Any

from iep_training.feedback import build, choose, classify, order, reflection, rewrite, sort
from iep_training.feedback.build import product, read_field
from iep_training.feedback.classify import categories, growth_of
from iep_training.feedback.order import shuffled
from iep_training.feedback.rewrite import names_words, support_line
from iep_training.feedback.shared import nothing_yet, readable, words
from iep_training.model import (
    Activity,
    Build,
    Choose,
    Classify,
    CourseError,
    Feedback,
    Order,
    Reflection,
    Rewrite,
    Sort,
)

__all__ = [
    "answer_text",
    "categories",
    "check",
    "clean",
    "growth_of",
    "is_blank",
    "keep",
    "names_words",
    "product",
    "read_field",
    "readable",
    "shuffled",
    "support_line",
]


def check(activity: Activity, answer: Any) -> Feedback:
    """Judge one answer, in the shape that the kind's record names; anything else is no answer.

    Marks come in points of the activity, `earned` never above `points`.
    """
    answer = clean(activity, answer)
    match activity:
        case Rewrite():
            return rewrite.judge(activity, answer)
        case Classify():
            return classify.judge(activity, answer)
        case Choose():
            return choose.judge(activity, answer)
        case Sort():
            return sort.judge(activity, answer)
        case Order():
            return order.judge(activity, answer)
        case Build():
            return build.judge(activity, answer)
        case Reflection():
            return reflection.judge(activity, answer)
    raise CourseError(f"There is no feedback yet for activities of the kind “{activity.kind}”")


def keep(activity: Activity, answer: Any) -> Feedback:
    """What is said of an answer in a quiet set: that it is kept. Nothing is judged, and no points are given."""
    said = words()["quiet"]
    if is_blank(clean(activity, answer)):
        return nothing_yet(activity, said["empty"])
    return Feedback(id=activity.id, right=True, earned=0.0, points=activity.points, good=(said["kept"],))


def clean(activity: Activity, answer: Any) -> Any:
    """An answer in its kind's own shape, with everything left out that does not belong there."""
    match activity:
        case Choose():
            return choose.clean(activity, answer)
        case Sort():
            return sort.clean(activity, answer)
        case Order():
            return order.clean(activity, answer)
        case Build():
            return build.clean(activity, answer)
    return readable(answer)


def is_blank(answer: Any) -> bool:
    """Whether a clean answer holds nothing."""
    return not (answer.strip() if isinstance(answer, str) else answer)


def answer_text(activity: Activity, answer: Any) -> str:
    """An answer in the words a person would use: what was chosen, sorted, put in order or written."""
    answer = clean(activity, answer)
    match activity:
        case Classify():
            return next((one["label"] for one in categories() if one["id"] == answer), "")
        case Choose():
            return choose.in_words(activity, answer)
        case Sort():
            return sort.in_words(activity, answer)
        case Order():
            return order.in_words(activity, answer)
        case Build():
            return build.in_words(activity, answer)
    return str(answer)

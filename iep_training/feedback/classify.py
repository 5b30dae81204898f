"""What a student's data show: the learner's category beside that of the growth rule."""

from __future__ import annotations

from iep_training.feedback.shared import first_name, nothing_yet, words
from iep_training.model import Classify, Criterion, Feedback, Growth


def categories() -> tuple[dict[str, str], ...]:
    """The choices of a classify activity, in order: id, label and meaning of each."""
    return tuple(words()["classify"]["category"])


def growth_of(activity: Classify) -> Growth:
    """What the activity's own data show by the rule of `progress`."""
    from iep_training import progress  # most activities hold no scores, and need not wait for this

    if activity.series is not None:
        return progress.classify_series(activity.series)
    row = (activity.student, activity.baseline, activity.target, activity.current, activity.direction)
    return progress.classify_row(*row, unit=activity.unit)


def judge(activity: Classify, chosen: str) -> Feedback:
    """Judge a category; `chosen` is its id."""
    said = words()["classify"]
    labels = {one["id"]: one["label"] for one in said["category"]}
    if chosen not in labels:
        return nothing_yet(activity, said["empty"])
    growth = growth_of(activity)
    right = chosen == growth.category
    verdict = said["right" if right else "wrong"].format(chosen=labels[chosen], truth=labels[growth.category])
    told = [verdict]
    if chosen in activity.explain:
        told.append(activity.explain[chosen])
    elif not right:
        told.append(said["mixed_up"][chosen][growth.category].format(student=first_name(activity.student)))
    return Feedback(
        id=activity.id,
        right=right,
        earned=activity.points if right else 0.0,
        points=activity.points,
        good=tuple(told) if right else (),
        next_step="" if right else " ".join(told),
        criteria=(Criterion("Category", right, verdict, activity.points if right else 0.0, activity.points),),
        growth=growth,
        takeaway=activity.takeaway,
    )

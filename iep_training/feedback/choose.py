"""One option, or several, out of a list: every option has its own reason."""

from __future__ import annotations

from typing import Any

from iep_training.feedback.shared import nothing_yet, readable, words
from iep_training.model import Choose, Criterion, Feedback, Option

Chosen = str | list[str]


def clean(activity: Choose, answer: Any) -> Chosen:
    """The id of an option, "" for none; with `many`, a list of ids in the order of the options."""
    if activity.many:
        given = [readable(one) for one in answer] if isinstance(answer, (list, tuple)) else [readable(answer)]
        return [option.id for option in activity.options if option.id in given]
    text = readable(answer)
    return text if any(option.id == text for option in activity.options) else ""


def in_words(activity: Choose, answer: Chosen) -> str:
    """The text of what was chosen, one option a line."""
    return "\n".join(option.text for option in _chosen(activity, answer))


def judge(activity: Choose, answer: Chosen) -> Feedback:
    """One option earns everything or nothing.

    Several earn the share (right ones chosen - wrong ones chosen) / right ones, never below nothing, because choosing
    everything shows no judgment. What was not chosen is explained once the answer is right.
    """
    said = words()["choose"]
    chosen = _chosen(activity, answer)
    if not chosen:
        return nothing_yet(activity, said["empty_many" if activity.many else "empty"])
    wanted = [option for option in activity.options if option.right]
    hits, misses = sum(option.right for option in chosen), sum(not option.right for option in chosen)
    right = hits == len(wanted) and not misses
    share = max(0, hits - misses) / len(wanted)
    shown = activity.options if right else chosen
    good = tuple(option.why for option in chosen if option.right)
    next_step = chosen[0].why
    if activity.many:
        # Each option that was chosen is explained below, so that here one line is enough.
        good = (said["there"].format(there=hits),) if hits else ()
        next_step = said["look_again" if misses else "more"]
    return Feedback(
        id=activity.id,
        right=right,
        earned=round(share * activity.points, 6),
        points=activity.points,
        good=good,
        next_step="" if right else next_step,
        criteria=tuple(_criterion(option, activity.points / len(wanted)) for option in shown),
        takeaway=activity.takeaway,
    )


def _chosen(activity: Choose, answer: Chosen) -> list[Option]:
    ids = [answer] if isinstance(answer, str) else answer
    return [option for option in activity.options if option.id in ids]


def _criterion(option: Option, points: float) -> Criterion:
    worth = points if option.right else 0.0
    return Criterion(option.text, option.right, option.why, worth, worth)

"""An open question: thanks for an answer, a nudge for a short one, and never a mark."""

from __future__ import annotations

from iep_training.feedback.shared import words
from iep_training.model import Feedback, Reflection


def judge(activity: Reflection, text: str) -> Feedback:
    """Answer a reflection; a person reads it."""
    said = words()["reflection"]
    count = len(text.split())
    step = ""
    if count == 0:
        step = said["empty"]
    elif count < activity.least_words:
        step = said["short"]
    return Feedback(
        id=activity.id,
        right=count > 0 and not step,
        earned=0.0,
        points=activity.points,
        good=(said["thanks" if activity.least_words else "noted"],) if count else (),
        next_step=step,
        takeaway=activity.takeaway,
        needs_person=True,
    )

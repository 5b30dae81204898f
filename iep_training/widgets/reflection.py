"""An open question with room to write. Nobody but the learner, or an instructor, judges the answer."""

from __future__ import annotations

from typing import Any

from iep_training.model import Activity, Reflection
from iep_training.widgets.base import PracticeWidget, module


class ReflectionWidget(PracticeWidget):
    """Reflection activities. An answer is text."""

    _esm = module("box.js", "reflection.js")

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the question, how much writing is meant, and what a reader looks for."""
        assert isinstance(activity, Reflection)
        return super().card(activity) | {
            "question": activity.question,
            "least_words": activity.least_words,
            "rubric": list(activity.rubric),
        }

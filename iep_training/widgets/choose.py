"""Choose one option, or several: nothing on the page says which is right before it is checked."""

from __future__ import annotations

from typing import Any

from iep_training.model import Activity, Choose
from iep_training.widgets.base import PracticeWidget, module


class ChooseWidget(PracticeWidget):
    """Choose activities. An answer is the id of an option, or a list of ids."""

    _esm = module("choose.js")

    judged_when_saved = True

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the question and the options."""
        assert isinstance(activity, Choose)
        return super().card(activity) | {
            "question": activity.question,
            "many": activity.many,
            "options": [{"id": option.id, "text": option.text} for option in activity.options],
        }

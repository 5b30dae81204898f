"""Put cards into groups, one after another: choose a card, then its group."""

from __future__ import annotations

from typing import Any

from iep_training.model import Activity, Sort
from iep_training.widgets.base import PracticeWidget, module


class SortWidget(PracticeWidget):
    """Sort activities. An answer is {card: group}."""

    _esm = module("sort.js")

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the groups and the cards, without saying which belongs where."""
        assert isinstance(activity, Sort)
        return super().card(activity) | {
            "groups": [{"id": group.id, "title": group.title} for group in activity.groups],
            "cards": [{"id": card.id, "text": card.text} for card in activity.cards],
        }

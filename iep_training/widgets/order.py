"""Put steps in order; the steps start out in an order that is never the right one."""

from __future__ import annotations

from typing import Any

from iep_training.feedback import shuffled
from iep_training.model import Activity, Order
from iep_training.widgets.base import PracticeWidget, module


class OrderWidget(PracticeWidget):
    """Order activities. An answer is a list of the ids of all steps."""

    _esm = module("order.js")

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the steps, shuffled."""
        assert isinstance(activity, Order)
        return super().card(activity) | {"steps": [{"id": step.id, "text": step.text} for step in shuffled(activity)]}

"""Say what a student's data show: the chart, the numbers as a table, and the categories to choose from."""

from __future__ import annotations

from typing import Any

from iep_training.feedback import categories, growth_of
from iep_training.model import Activity, Classify
from iep_training.progress import chart
from iep_training.widgets.base import PracticeWidget, module


class ClassifyWidget(PracticeWidget):
    """Classify activities. An answer is the id of a category."""

    _esm = module("classify.js")

    judged_when_saved = True

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the chart, the table and the choices. None of them says which choice is right."""
        assert isinstance(activity, Classify)
        growth = growth_of(activity)
        title = f"{activity.student}: {activity.skill}"
        return super().card(activity) | {
            "chart": chart.draw(growth, title=title, unit=activity.unit),
            "table": chart.table(growth, caption=title, unit=activity.unit),
            "choices": list(categories()),
        }

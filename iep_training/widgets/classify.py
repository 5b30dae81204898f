"""Say what a student's data show: the chart, the numbers as a table, and the categories to choose from."""

from __future__ import annotations

from typing import Any

from iep_training.feedback import categories, growth_of
from iep_training.model import Activity, Classify, Feedback, Growth, to_json
from iep_training.progress import chart
from iep_training.widgets.base import PracticeWidget, module


class ClassifyWidget(PracticeWidget):
    """Classify activities. An answer is the id of a category."""

    _esm = module("classify.js")

    judged_when_saved = True

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the chart, the table and the choices. None of them says which choice is right."""
        assert isinstance(activity, Classify)
        # Baseline and now are for the learner to find in the chart.
        drawn = _drawn(activity, growth_of(activity), worked=False)
        return super().card(activity) | drawn | {"choices": list(categories())}

    def shown(self, activity: Activity, feedback: Feedback) -> dict[str, Any]:
        """Adds the chart and the table with baseline and now worked out. The points are in the chart already."""
        assert isinstance(activity, Classify)
        tree: dict[str, Any] = to_json(feedback)
        if feedback.growth is not None:
            del tree["growth"]["points"]
            tree["drawn"] = _drawn(activity, feedback.growth, worked=True)
        return tree


def _drawn(activity: Classify, growth: Growth, *, worked: bool) -> dict[str, str]:
    title = f"{activity.student}: {activity.skill}"
    return {
        "chart": chart.draw(growth, title=title, unit=activity.unit, worked=worked),
        "table": chart.table(growth, caption=title, unit=activity.unit, worked=worked),
    }

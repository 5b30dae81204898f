"""Helpers for the Strengths-Based IEP course: `practice` shows an activity, `course_map` where a learner is,
`my_draft` and `my_record` what a learner has made, `own_data` the growth of a teacher's own students.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iep_training.widgets import course_map, my_draft, my_record, practice
    from iep_training.widgets.own_data import own_data

__all__ = ["__version__", "course_map", "my_draft", "my_record", "own_data", "practice"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Looked up when first used, so that reading rules or grading never waits for the widgets.
    if name in ("practice", "course_map", "my_draft", "my_record"):
        from iep_training import widgets

        return getattr(widgets, name)
    if name == "own_data":
        from iep_training.widgets.own_data import own_data

        return own_data
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The records that travel between the parts of the kit: plain, frozen, and free of behavior.

Nothing here imports anything else of ours, and nothing here needs more than the standard library, so the
same records serve the notebooks, the graders, the command line and the browser edition.
"""

from iep_training.model.activities import (
    Activity,
    ActivitySet,
    Build,
    Card,
    Case,
    Choose,
    Classify,
    Field,
    Group,
    Option,
    Order,
    Paper,
    Reads,
    Reflection,
    Rewrite,
    Sort,
    Step,
)
from iep_training.model.course import CourseError, Module
from iep_training.model.feedback import Criterion, Feedback
from iep_training.model.language import (
    Finding,
    Framing,
    GoalReading,
    Reading,
    RewriteReading,
    Severity,
    Span,
    Strength,
    Verdict,
)
from iep_training.model.plain import to_json
from iep_training.model.progress import CANNOT_CLASSIFY, CATEGORIES, Category, Direction, Growth, Point, Series

__all__ = [
    "CANNOT_CLASSIFY",
    "CATEGORIES",
    "Activity",
    "ActivitySet",
    "Build",
    "Card",
    "Case",
    "Category",
    "Choose",
    "Classify",
    "CourseError",
    "Criterion",
    "Direction",
    "Feedback",
    "Field",
    "Finding",
    "Framing",
    "GoalReading",
    "Group",
    "Growth",
    "Module",
    "Option",
    "Order",
    "Paper",
    "Point",
    "Reading",
    "Reads",
    "Reflection",
    "Rewrite",
    "RewriteReading",
    "Series",
    "Severity",
    "Sort",
    "Span",
    "Step",
    "Strength",
    "Verdict",
    "to_json",
]

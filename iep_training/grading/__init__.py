"""Grading with nbgrader: the generated assignments, the marks, and the instructor's tools around them.

What a grade cell imports is light; nbgrader itself is loaded only by the modules that plug into it.
"""

from __future__ import annotations

from iep_training.grading.score import score

__all__ = ["score"]

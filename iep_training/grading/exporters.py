"""The page that a learner gets back. Its template stands in templates/feedback; settings.py points there."""

from __future__ import annotations

from nbconvert.exporters import HTMLExporter


class FeedbackPage(HTMLExporter):
    """nbgrader's feedback in the course's own look, whole in one file; a class of its own so as to be configured."""

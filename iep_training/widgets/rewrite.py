"""Turn a statement around: findings underlined in the statement and, as the teacher types, in the new version."""

from __future__ import annotations

from typing import Any

from iep_training.feedback import names_words, support_line
from iep_training.language import read_statement
from iep_training.model import Activity, Rewrite, to_json
from iep_training.widgets.base import PracticeWidget, module

# Far beyond a statement; a pasted essay is not read anew at every keystroke.
LONGEST = 4000


class RewriteWidget(PracticeWidget):
    """Rewrite activities. An answer is the new version as text."""

    _esm = module("box.js", "rewrite.js")

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the statement, with its findings unless the set is quiet, and what is known of the student."""
        assert isinstance(activity, Rewrite)
        findings = () if self._set.quiet else read_statement(activity.statement).findings
        return super().card(activity) | {
            "student": activity.student,
            "statement": activity.statement,
            "findings": to_json(findings),
        }

    def read(self, activity: Activity, answer: Any, part: str) -> dict[str, Any]:
        """The findings in the text, and a line on what it already does well.

        What is said of the text as a whole waits for the check: half a sentence can't be judged.
        """
        reading = read_statement(answer[:LONGEST])
        findings = [finding for finding in reading.findings if names_words(finding, reading.statement)]
        return {"findings": to_json(findings), "good": support_line(reading.strengths)}

"""What a learner who has built every part of a draft wrote in the modules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from iep_training.answers import AnswerStore
from iep_training.iep.draft import Draft, draft_id
from iep_training.iep.store import NAME, DraftStore
from iep_training.iep.template import templates

# What the learner wrote where the wording matters to a test.
WRITTEN = {
    "03-strengths-finder.abilities": "Retells a story with a clear beginning and end.",
    "04-present-level.need": "June needs instruction in getting a spoken story onto the page.",
    "06-goal.whole": "By May 22, after recording her story, June will write at least 60 words in ten minutes.",
    "09-family-note.moment": "Today June wrote a page.",
}


def build_answers(student: str) -> dict[str, dict[str, Any]]:
    """An answer to every build activity that feeds the draft."""
    answers: dict[str, dict[str, Any]] = {}
    for section in templates()[0].sections:
        for part in section.parts:
            for source in part.sources:
                key = f"{source.activity}.{source.field}"
                text = WRITTEN.get(key, f"With a plan, the student writes ({key}).")
                answers.setdefault(source.activity, {"name": student})[source.field] = text
    return answers


def empty_draft(folder: Path, student: str) -> Draft:
    """The draft of a student of whom nothing but the name is kept."""
    AnswerStore(folder, NAME).save(f"student/{draft_id(student)}", {"student": student, "written": {}})
    return DraftStore(folder).draft(student)

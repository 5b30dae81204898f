"""The draft is looked over: what is missing, still deficit-framed, not measurable, or hard to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import empty_draft

from iep_training.answers import AnswerStore
from iep_training.iep.checks import Note, check
from iep_training.iep.store import DraftStore


def notes(drafts: DraftStore, kind: str) -> list[Note]:
    return [note for note in check(drafts.draft("June")) if note.kind == kind]


def test_a_whole_draft_has_only_what_the_modules_do_not_ask(drafts: DraftStore) -> None:
    assert [(note.kind, note.part) for note in check(drafts.draft("June"))] == [("missing", "monitoring.adjust")]
    drafts.edit("June", "monitoring.adjust", "The team meets within two weeks and changes the teaching.")
    assert check(drafts.draft("June")) == ()


def test_an_empty_draft_says_section_by_section_where_to_write(tmp_path: Path) -> None:
    draft = empty_draft(tmp_path, "June")
    found = check(draft)
    assert [note.kind for note in found] == ["missing"] * len(draft.sections)
    assert [note.section for note in found] == [section.id for section in draft.sections]


def test_a_part_that_may_stay_empty_is_not_missed(drafts: DraftStore) -> None:
    drafts.edit("June", "voices.family", "")
    assert [note.part for note in notes(drafts, "missing")] == ["monitoring.adjust"]
    drafts.edit("June", "voices.student", "  \n")
    assert "“The student”" in notes(drafts, "missing")[0].message


def test_a_missing_part_names_the_module_that_helps(drafts: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from iep_training import content
    from iep_training.model import Module

    monkeypatch.setattr(content, "modules", lambda: (Module("06_measurable_goals", "Measurable goals", 40, ()),))
    drafts.edit("June", "goals.baseline", "")
    assert "Module 6, “Measurable goals”" in notes(drafts, "missing")[0].message


def test_deficit_framing_is_shown_with_its_words_once_a_part(drafts: DraftStore) -> None:
    drafts.edit("June", "present-levels.need", "She writes on paper.\nRefuses to write.\nRefuses to read.")
    (note,) = notes(drafts, "deficit")
    assert note.part == "present-levels.need"
    assert "“Refuses”" in note.message
    # What the student says in her own words is hers.
    drafts.edit("June", "voices.student", "I can't write.")
    assert len(notes(drafts, "deficit")) == 1


def test_a_goal_that_two_people_could_not_measure(drafts: DraftStore) -> None:
    drafts.edit("June", "goals.goal", "June will improve her writing.")
    (note,) = notes(drafts, "goal")
    assert "how well, how much or how often" in note.message
    drafts.edit("June", "goals.goal", "June will write 60 words in ten minutes on three prompts in a row.")
    (note,) = notes(drafts, "goal")
    assert "can be measured" in note.message
    assert "by when" in note.message


def test_a_note_to_a_family_in_the_language_of_reports(drafts: DraftStore) -> None:
    drafts.edit(
        "June",
        "family-note.moment",
        "June demonstrates significantly increased compositional productivity across instructional environments, "
        "notwithstanding considerable variability in transcription automaticity.",
    )
    (note,) = notes(drafts, "reading_grade")
    assert note.section == "family-note"
    for part in ("from", "helped", "next", "invite"):
        drafts.edit("June", f"family-note.{part}", "")
    drafts.edit("June", "family-note.moment", "Extraordinary improvement.")
    assert notes(drafts, "reading_grade") == [], "two words have no grade"


def test_a_draft_without_a_name_asks_for_an_invented_one(tmp_path: Path) -> None:
    AnswerStore(tmp_path).save("06-goal", {"name": "", "whole": "x"})
    (draft,) = DraftStore(tmp_path).drafts()
    assert check(draft)[0].kind == "name"

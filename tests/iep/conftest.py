"""A learner who has built every part in the modules, for one student."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import build_answers
from small_course import make_course

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.iep.store import DraftStore


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    store = AnswerStore(tmp_path)
    for activity, answer in build_answers("June, grade 4").items():
        store.save(activity, answer)
    return tmp_path


@pytest.fixture
def drafts(learner: Path) -> DraftStore:
    return DraftStore(learner)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_course(tmp_path / "course")
    monkeypatch.setattr(content, "course_folder", lambda: folder)
    return folder

"""The note to a family, written in several boxes: one reading grade for all of them, told in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_training import content, practice

NOTE = content.activity_set("09-family-note").activities[0]


@pytest.mark.parametrize(("writing", "told"), [("moment", "moment"), ("helped", "helped"), ("", "invite")])
def test_the_reading_grade_is_told_where_the_learner_writes(
    writing: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    message = {"seq": 1, "type": "typing", "id": NOTE.id, "answer": NOTE.strong[0], "part": writing}
    readings = practice("09-family-note").handle(message)["readings"]
    assert {"moment", "from", "helped", "next", "invite"} <= set(readings)
    assert [name for name, reading in readings.items() if reading["grade"]] == [told]

"""The learner sees what is done, where she left off, and the best next step."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_course import answers_to, saved

from iep_training.iep.my_progress import is_answer, my_progress

pytestmark = pytest.mark.usefixtures("course")


def test_before_the_first_answer_the_next_step_is_the_first_module() -> None:
    progress = my_progress({})
    assert [one.module.id for one in progress.modules] == ["02_no_cant_in_ieps", "05_recognizing_growth"]
    assert progress.last is None
    assert progress.next is progress.modules[0]
    assert (progress.minutes_done, progress.minutes) == (0, 80)


def test_half_way_the_next_step_is_to_go_on_there() -> None:
    answers = saved({"05-amina": "big_growth", "02-refused": "", "unknown": "x"})
    progress = my_progress(answers)
    assert progress.next is progress.modules[1]
    assert progress.last is not None
    assert progress.last[1].id == "05-amina"
    assert [one.state for one in progress.modules] == ["new", "started"]


def test_a_module_is_done_when_every_activity_has_an_answer() -> None:
    answers = answers_to("02_no_cant_in_ieps")
    progress = my_progress(saved(answers))
    assert [one.module.id for one in progress.done] == ["02_no_cant_in_ieps"]
    assert progress.minutes_done == 40
    assert progress.next is progress.modules[1]
    answers["02-refused"] = "  "
    assert my_progress(saved(answers)).done == ()


def test_where_the_learner_left_off_is_the_answer_saved_last_whatever_the_time_zone() -> None:
    answers = {
        "02-refused": {"answer": "x", "saved": "2026-11-03T09:00:00.000-05:00"},
        "05-amina": {"answer": "big_growth", "saved": "2026-11-03T12:00:00.000+00:00"},
        "02-lazy": {"answer": "x", "saved": "yesterday"},
    }
    progress = my_progress(answers)
    assert progress.last is not None
    assert progress.last[1].id == "02-refused"


def test_a_module_whose_activities_cannot_be_read_is_left_out(course: Path) -> None:
    (course / "activities" / "05_recognizing_growth.toml").write_text("[[set", encoding="utf-8")
    assert [one.module.id for one in my_progress({}).modules] == ["02_no_cant_in_ieps"]


@pytest.mark.parametrize("answer", ["", " \n", None, {}, {"a": ""}, [], [""], {"a": []}])
def test_nothing_is_no_answer(answer: object) -> None:
    assert not is_answer(answer)


@pytest.mark.parametrize("answer", ["x", {"a": "", "b": "x"}, ["", "x"], 0, {"card": "group"}])
def test_something_is_an_answer(answer: object) -> None:
    assert is_answer(answer)

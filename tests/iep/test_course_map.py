"""The start page's map: where she left off, one best next step, and every module with its minutes and state."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_course import answers_to

import iep_training
from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.iep import before_after
from iep_training.iep.course_map import draw


def rows(page: str) -> dict[str, str]:
    """The words of each module's line, by its number."""
    lines = re.findall(r'<li[^>]*>.*?href="(\d\d)_.*?</li>', page)
    texts = [re.sub(r"<[^>]+>", " ", line) for line in re.findall(r"<li.*?</li>", page)]
    return dict(zip(lines, (" ".join(text.split()) for text in texts), strict=True))


def button(page: str) -> tuple[str, str]:
    """Where the best next step leads, and its words."""
    return re.findall(r'<p><a href="([^"]+)"[^>]*>([^<]+)</a></p>', page)[0]


def test_the_whole_course_is_listed_once_with_numbers_minutes_and_state(tmp_path: Path) -> None:
    listed = rows(draw(AnswerStore(tmp_path)))
    assert list(listed) == [f"{module.number:02}" for module in content.modules()]
    assert listed["00"].startswith("Start here ")
    for module in content.modules()[1:]:
        told = f"{module.number}. {module.title} {module.minutes} minutes · ○ not started"
        assert listed[f"{module.number:02}"] == told


@pytest.mark.usefixtures("course")
def test_on_the_first_day_the_next_step_is_the_first_module_and_the_task_is_recommended(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    page = draw(store)
    assert button(page) == ("02_no_cant_in_ieps.ipynb", "Next: 2. There is no “can’t” in an IEP (40 minutes)")
    assert "New here?" in page
    *most, last = before_after.first_ids()
    for name in most:
        store.save(name, "x")
    assert "Your picture of today is begun, further down this page (answers to go: 1)." in draw(store)
    assert f"◐ {len(most)} of {len(most) + 1} answers" in rows(draw(store))["00"]
    store.save(last, {"whole": "x"})
    assert "✓ done" in rows(draw(store))["00"]
    assert not re.search("New here|picture of today", draw(store))


@pytest.mark.usefixtures("course")
def test_half_way_she_goes_on_where_she_left_off(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    store.save("05-amina", "big_growth")
    page = draw(store)
    assert "You left off at “Amina reads aloud” (Recognizing growth, " in page
    activities = len(answers_to("05_recognizing_growth"))
    words = f"Go on with 5. Recognizing growth (answers to go: {activities - 1})"
    assert button(page) == ("05_recognizing_growth.ipynb", words)
    assert f"◐ 1 of {activities} answers" in rows(page)["05"]
    assert "Done so far: 0 of 2 modules, 0 of 80 minutes." in page


@pytest.mark.usefixtures("course")
def test_at_the_end_there_is_nothing_left_to_open(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    for name, answer in {**answers_to("02_no_cant_in_ieps"), **answers_to("05_recognizing_growth")}.items():
        store.save(name, answer)
    page = draw(store)
    assert "Every module is done." in page
    assert "Next:" not in page
    assert page.count("✓ done") == 2


def test_a_module_whose_practice_cannot_be_read_stays_on_the_map(course: Path, tmp_path: Path) -> None:
    (course / "activities" / "05_recognizing_growth.toml").write_text("[[set", encoding="utf-8")
    (course / "before_and_after.toml").unlink()
    listed = rows(draw(AnswerStore(tmp_path)))
    assert listed["05"] == "5. Recognizing growth 40 minutes"
    assert listed["00"] == "Start here 5 minutes"


def test_the_map_can_be_shown_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        # Each run of the cell imports anew. A submodule of the same name must not take the function's place.
        from iep_training import course_map

        assert "Start here" in course_map().html
    assert iep_training.course_map is course_map

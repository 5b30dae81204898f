"""The same task twice: the teacher's own growth by the course's own rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_course import answers_to

from iep_training.iep.before_after import compare, draw, said_of, task
from iep_training.model import CourseError

pytestmark = pytest.mark.usefixtures("course")

BETTER_GOAL = "By May 30, given a picture list, Ilse will finish all five steps on 4 of 5 days. Baseline: one of five."
VAGUE_GOAL = "Ilse will improve her behavior."


def answers(before_weak: bool = True, after_weak: bool = False) -> dict[str, Any]:
    """Both tasks done, each well or badly."""
    weak, strong = answers_to("00_before_and_after", weak=True), answers_to("00_before_and_after")
    given = {name: (weak if before_weak else strong)[name] for name in strong if name.startswith("00-before-")}
    given |= {name: (weak if after_weak else strong)[name] for name in strong if name.startswith("00-after-")}
    given["00-before-goal"] = {"whole": VAGUE_GOAL if before_weak else BETTER_GOAL}
    given["00-after-goal"] = VAGUE_GOAL if after_weak else BETTER_GOAL
    return given


def test_from_weak_to_strong_is_growth_by_every_measure() -> None:
    found = compare(answers(), task())
    assert [one.id for one in found.measures] == ["findings", "accepted", "chart", "goal", "overall"]
    measures = {one.id: (one.before, one.after, one.best) for one in found.measures}
    assert measures["findings"][0] >= 2
    assert measures["findings"][1:] == (0, 0)
    assert measures["accepted"] == (0, 3, 3)
    assert measures["chart"] == (0, 1, 1)
    assert measures["goal"][2] == 6
    assert measures["overall"][2] == 10
    assert {one.id: said_of(one) for one in found.measures}["accepted"] == "Big growth"
    overall = found.measure("overall")
    assert overall is not None
    assert overall.growth.category in ("big_growth", "continue_to_grow")


def test_no_growth_asks_for_more_support() -> None:
    overall = compare(answers(after_weak=True), task()).measure("overall")
    assert overall is not None
    assert said_of(overall) == "Need more support to grow"


def test_what_was_there_from_the_start_has_no_room_for_growth() -> None:
    accepted = compare(answers(before_weak=False), task()).measure("accepted")
    assert accepted is not None
    assert said_of(accepted) == "There from the start"
    fallen = compare(answers(before_weak=False, after_weak=True), task()).measure("accepted")
    assert fallen is not None
    assert said_of(fallen) == "There at the start, less at the end: look again"


def test_only_what_was_answered_both_times_is_compared() -> None:
    given = answers()
    given["00-after-help"] = " "
    del given["00-before-chart"]
    found = compare(given, task())
    assert found.measure("chart") is None
    accepted, overall = found.measure("accepted"), found.measure("overall")
    assert accepted is not None
    assert overall is not None
    assert (accepted.best, overall.best) == (2, 8)
    assert len(found.sentences) == 3


@pytest.mark.parametrize("given", [{}, {"00-before-goal": {"whole": "x"}}, {"00-after-help": "x"}])
def test_half_a_task_is_no_comparison(given: dict[str, Any]) -> None:
    found = compare(given, task())
    assert found.measures == found.sentences == ()
    assert "When you have done the short task" in draw(found)


@pytest.mark.parametrize("odd", [3, ["x"], {"whole": 3}, {"other": "x"}, "\x00\ud800", "x" * 50_000])
def test_odd_answers_are_read_as_they_are(odd: Any) -> None:
    given = dict.fromkeys(answers(), odd)
    assert draw(compare(given, task()))


def test_the_page_shows_her_sentences_side_by_side_and_runs_none() -> None:
    given = answers()
    given["00-before-help"] = "<script>alert(1)</script> refuses"
    page = draw(compare(given, task()))
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert given["00-after-help"] in page
    assert BETTER_GOAL in page


def test_the_task_is_three_statements_one_chart_and_one_goal_each_time(course: Path) -> None:
    assert [len(one) for one in (task().rewrites, task().charts, task().goals)] == [3, 1, 1]
    for before, after in task().rewrites:
        assert getattr(before, "statement", 1) == getattr(after, "statement", 2)
    before, after = task().charts[0]
    assert before.strong != after.strong, "an answer that is remembered must not be right"


def test_an_authors_slip_is_named(course: Path) -> None:
    from iep_training.iep import before_after

    before_after._task.cache_clear()
    file = course / "before_and_after.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"help"', '"halp"'), encoding="utf-8")
    with pytest.raises(CourseError, match="00-before-halp"):
        task()
    file.write_text(text.replace("charts =", "carts ="), encoding="utf-8")
    with pytest.raises(CourseError, match="“charts” is missing"):
        task()

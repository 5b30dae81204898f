"""Graded items of every kind: handed out without their keys, and marked from what the widgets save."""

from __future__ import annotations

import json
import re
import signal
import tomllib
from pathlib import Path
from typing import Any

import pytest

from iep_training import content
from iep_training.grading import generate, marking
from iep_training.grading.marking import mark
from iep_training.grading.submission import parse_answers

ITEMS = """
title = "Every kind"

[[set]]
id = "set-choose"
kind = "choose"
title = "Choose"

[[set.activity]]
id = "one"
title = "One"
question = "Which?"
points = 2
options = [
    { id = "a", text = "Wrong", right = false, why = "Key: not this." },
    { id = "b", text = "Right", right = true, why = "Key: this." },
]

[[set.activity]]
id = "several"
title = "Several"
question = "Which ones?"
many = true
points = 2
options = [
    { id = "a", text = "Right", right = true, why = "Key: this." },
    { id = "b", text = "Right too", right = true, why = "Key: this too." },
    { id = "c", text = "Wrong", right = false, why = "Key: not this." },
]

[[set]]
id = "set-sort"
kind = "sort"
title = "Sort"

[[set.activity]]
id = "cards"
title = "Cards"
points = 2
groups = [{ id = "left", title = "Left" }, { id = "down", title = "Down" }]
cards = [
    { id = "x", text = "X", group = "left", why = "Key: X goes left." },
    { id = "y", text = "Y", group = "down", why = "Key: Y goes down." },
]

[[set]]
id = "set-order"
kind = "order"
title = "Order"

[[set.activity]]
id = "steps"
title = "Steps"
points = 4
steps = [
    { id = "see", text = "First", why = "Key: it begins here." },
    { id = "ask", text = "Second", why = "Key: then this." },
    { id = "try", text = "Third", why = "Key: then that." },
    { id = "check", text = "Fourth", why = "Key: it ends here." },
]

[[set]]
id = "set-build"
kind = "build"
title = "Build"

[[set.activity]]
id = "goal"
title = "Goal"
produces = "goal"
points = 4
fields = [{ id = "goal", label = "Goal", help = "Say it all.", example = "By May ...", reads = "goal" }]
[[set.activity.strong]]
goal = "By May 2027, given a grade 3 passage, Ana will read aloud 90 words correct in a minute in 3 of 4 weekly checks."
[[set.activity.weak]]
goal = "Ana will get better at reading."
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "every_kind.toml"
    path.write_text(ITEMS, encoding="utf-8")
    return path


def _points(file: Path, item: str, answer: Any) -> tuple[float, str]:
    saved = {"version": 1, "answers": {item: {"answer": answer, "saved": ""}}}
    activity = content.pick(content.load_sets(file), item).activities[0]
    result = mark(activity, parse_answers(json.dumps(saved).encode()))
    return result.score, result.needs_person


@pytest.mark.parametrize(
    ("item", "answer", "points"),
    [
        ("one", "b", 2.0),
        ("one", "a", 0.0),
        ("one", "", 0.0),
        ("several", ["a", "b"], 2.0),
        ("several", ["a"], 1.0),  # one of two right ones
        ("several", ["a", "b", "c"], 1.0),  # (2 right - 1 wrong) of 2
        ("cards", {"x": "left", "y": "down"}, 2.0),
        ("cards", {"x": "left"}, 1.0),
        ("cards", {"x": "nowhere", "no card": "left"}, 0.0),
        ("steps", ["see", "ask", "try", "check"], 4.0),
        ("steps", ["see", "ask", "check", "try"], 2.0),  # see at the top, ask behind see
        ("steps", ["see"], 0.0),
    ],
)
def test_saved_answers_earn_what_was_worked_out_by_hand(file: Path, item: str, answer: Any, points: float) -> None:
    assert _points(file, item, answer) == (points, "")


def test_something_built_is_marked_box_by_box(file: Path) -> None:
    activity = content.pick(content.load_sets(file), "goal").activities[0]
    assert _points(file, "goal", activity.strong[0]) == (4.0, "")
    weak, waits = _points(file, "goal", activity.weak[0])
    assert weak < 4.0
    assert waits == ""


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("one", ["b"]),
        ("one", 1),
        ("several", "a"),
        ("several", ["a", ["b"]]),
        ("several", ["a"] * 101),
        ("cards", ["x"]),
        ("cards", {"x": {"left": 1}}),
        ("cards", {"x": "l" * 10_001}),
        ("steps", {"see": "1"}),
        ("goal", "By May, Ana will read."),
    ],
)
def test_an_answer_of_the_wrong_sort_waits_for_a_person(file: Path, item: str, answer: Any) -> None:
    points, waits = _points(file, item, answer)
    assert points == 0.0
    assert "The saved answer" in waits


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer that reaches into a search")
def test_an_answer_that_keeps_the_marker_busy_waits_for_a_person(file: Path, monkeypatch) -> None:
    monkeypatch.setattr(marking, "SECONDS_FOR_AN_ITEM", 0.2)
    monkeypatch.setattr(marking.feedback, "check", lambda *_: re.match(r"(a+)+$", "a" * 60 + "b"))
    assert _points(file, "one", "b") == (0.0, "The marker did not finish with this answer in 0.2 seconds.")
    monkeypatch.undo()
    assert _points(file, "one", "b") == (2.0, "")


def test_what_learners_are_handed_holds_no_key_and_can_be_read(file: Path, tmp_path: Path) -> None:
    handed = tmp_path / "activities.toml"
    handed.write_text(generate.learners_items(tomllib.loads(ITEMS)), encoding="utf-8")
    text = handed.read_text(encoding="utf-8")
    for secret in ("Key:", "right =", "group =", "strong", "90 words"):
        assert secret not in text
    given = [one.id for chosen in content.load_sets(handed, keys=False) for one in chosen.activities]
    assert given == ["one", "several", "cards", "steps", "goal"]

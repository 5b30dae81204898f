"""The short task before and after the course: kept as it is written, with no help and no reply until both are done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iep_training import content, practice
from iep_training.answers import AnswerStore

TASK = content.load_sets(content.course_folder() / "activities" / "00_before_and_after.toml")
QUIET = [one for one in TASK if one.id != "00-consent"]
each_quiet = pytest.mark.parametrize("one", QUIET, ids=lambda one: one.id)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A learner's folder, at first without answers."""
    monkeypatch.chdir(tmp_path)


def ask(widget: Any, type: str, activity: Any, answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = widget.handle({"seq": 1, "type": type, "id": activity.id, "answer": answer})
    return told


@each_quiet
def test_a_good_and_a_poor_answer_get_the_same_reply(one: Any) -> None:
    widget = practice(one.id)
    for activity in one.activities:
        good, poor = (ask(widget, "check", activity, which[0]) for which in (activity.strong, activity.weak))
        assert good["feedback"] == poor["feedback"]
        assert good["feedback"]["right"]
        assert "examples" not in good
        assert ask(widget, "examples", activity, "")["examples"] == []


@each_quiet
def test_nothing_is_read_while_it_is_written(one: Any) -> None:
    widget = practice(one.id)
    for activity in one.activities:
        told = [ask(widget, "typing", activity, answer) for answer in (None, *activity.strong, *activity.weak)]
        assert all(reply | {"private": {}} == told[0] | {"private": {}} for reply in told)


@each_quiet
def test_nothing_on_the_card_shows_the_way(one: Any) -> None:
    for card in practice(one.id).cards:
        assert not card["hint"]
        assert not card.get("findings")
        assert not any(field["example"] for field in card.get("fields", []))


def test_an_empty_box_is_not_called_kept() -> None:
    reply = ask(practice("00-before-help"), "check", QUIET[0].activities[0], "  ")
    assert not reply["feedback"]["right"]
    assert reply["feedback"]["next_step"]


@each_quiet
def test_the_page_without_a_kernel_keeps_quiet_too(one: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for activity in one.activities:
        AnswerStore().save(activity.id, activity.weak[0])
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = practice(one.id).html
    assert "next step" not in page
    assert "Already there" not in page


@each_quiet
def test_the_replies_come_once_the_task_at_the_end_is_done(one: Any) -> None:
    last = [activity for each in QUIET if each.id.startswith("00-after") for activity in each.activities]
    for activity in last[:-1]:
        AnswerStore().save(activity.id, activity.strong[0])
    assert practice(one.id).quiet
    AnswerStore().save(last[-1].id, last[-1].strong[0])
    widget = practice(one.id)
    assert not widget.quiet
    assert all(card["hint"] for card in widget.cards)
    first = one.activities[0]
    assert ask(widget, "check", first, first.strong[0])["feedback"]["takeaway"] == first.takeaway


def test_answers_that_cannot_be_read_keep_it_quiet(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text(json.dumps({"version": 99, "answers": {}}))
    widget = practice("00-before-statements")
    assert widget.quiet
    assert widget.notice


def test_yes_or_no_has_no_model_answer() -> None:
    asked = next(one for one in TASK if one.id == "00-consent").activities[0]
    assert ask(practice("00-consent"), "check", asked, "no")["examples"] == []

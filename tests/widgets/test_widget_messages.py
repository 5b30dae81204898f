"""The Python side of the widgets: what it shows, what it answers, and what it keeps from a learner's eyes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from asking import ask

from iep_training.answers import AnswerStore
from iep_training.model import Finding, Reading

Make = Callable[..., Any]


def test_typing_is_read_and_not_saved(make: Make, store: AnswerStore) -> None:
    reply = ask(make("rewrite"), "typing", "😀 Maya won't join in.")
    assert [(one["start"], one["quote"]) for one in reply["findings"]] == [(7, "won't")]
    assert reply["findings"][0]["why"]
    assert reply["findings"][0]["instead"]
    assert store.read() == {}


def test_the_text_as_a_whole_is_not_judged_before_it_is_finished(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(text: str) -> Reading:
        whole = Finding("whole", 0, len(text), text, "why", "instead")
        part = Finding("part", 0, 4, text[:4], "why", "instead")
        return Reading(text, "deficit", (whole, part))

    widget = make("rewrite")
    monkeypatch.setattr("iep_training.widgets.rewrite.read_statement", read)
    assert [one["rule"] for one in ask(widget, "typing", "Maya and")["findings"]] == ["part"]


def test_what_a_text_does_well_is_said_while_typing(make: Make) -> None:
    assert "“" in ask(make("rewrite"), "typing", "Maya joins group work with sentence starters.")["good"]


def test_a_save_is_on_the_disk_when_it_is_confirmed(make: Make, store: AnswerStore) -> None:
    reply = ask(make("rewrite"), "save", "Half a sen")
    assert store.read()["t-refused"] == {"answer": "Half a sen", "saved": reply["saved"]}


def test_a_check_saves_and_explains(make: Make, store: AnswerStore) -> None:
    reply = ask(make("rewrite"), "check", "Refused.")
    assert reply["saved"]
    assert not reply["feedback"]["right"]
    assert reply["feedback"]["next_step"]
    assert "examples" not in reply
    assert store.get("t-refused") == "Refused."


def test_model_answers_come_after_a_good_try_or_on_request(make: Make) -> None:
    widget = make("rewrite")
    assert "Needs more support" not in json.dumps(widget.get_state()["cards"])
    good = ask(widget, "check", "Needs more support to participate in group work.")
    assert good["feedback"]["right"]
    assert good["examples"] == ["Maya joins group work with sentence starters."]
    assert len(ask(widget, "examples")["examples"]) == 2


def test_feedback_comes_even_where_saving_fails(make: Make, store: AnswerStore) -> None:
    widget = make("rewrite")
    store.folder = store.folder / "gone"
    reply = ask(widget, "check", "Refused.")
    assert reply["trouble"].startswith("Your answer is NOT saved")
    assert reply["feedback"]["next_step"]
    assert "saved" not in reply


@pytest.mark.parametrize(
    "message",
    [
        None,
        "text",
        [],
        {},
        {"seq": 1},
        {"seq": 1, "type": "check", "id": "someone-else"},
        {"seq": 1, "type": "check", "id": ["t-refused"]},
        {"seq": 1, "type": "delete", "id": "t-refused"},
        {"seq": 1, "type": ["check"], "id": "t-refused"},
    ],
    ids=range(9),
)
def test_a_message_that_makes_no_sense_is_answered_in_plain_words(make: Make, store: AnswerStore, message: Any) -> None:
    reply = make("rewrite").handle(message)
    assert "Open the page again" in reply["trouble"]
    assert store.read() == {}


@pytest.mark.parametrize(
    "answer",
    [None, 3, ["x"], "\0\ud800", "x" * 1_000_000, "can't " * 100_000, {"x": ["y"], "abilities": 3}],
    ids=range(7),
)
@pytest.mark.parametrize("type", ["typing", "save", "check"])
@pytest.mark.parametrize(
    ("kind", "id"),
    [
        ("rewrite", "t-refused"),
        ("classify", "t-ana"),
        ("reflection", "t-think"),
        ("choose", "t-notes"),
        ("sort", "t-nadia"),
        ("order", "t-lev"),
        ("build", "t-cases"),
    ],
)
def test_a_hostile_answer_is_answered(make: Make, answer: Any, type: str, kind: str, id: str) -> None:
    ask(make(kind), type, answer, id)


ANSWERS = [
    ("choose", "t-dario", "explains"),
    ("choose", "t-notes", ["money", "reads"]),
    ("sort", "t-nadia", {"maps": "ability", "buses": "interest", "retell": "ability"}),
    ("order", "t-lev", ["strength", "need", "goal", "support"]),
    ("build", "t-june", {"strength": "June tells a story.", "whole": "By May 22, …"}),
]


@pytest.mark.parametrize(("kind", "id", "answer"), ANSWERS, ids=[id for _, id, _ in ANSWERS])
def test_every_kind_keeps_its_answer_and_a_new_kernel_finds_it(
    make: Make, store: AnswerStore, kind: str, id: str, answer: Any
) -> None:
    reply = ask(make(kind), "check", answer, id)
    assert reply["saved"]
    assert store.get(id) == answer
    again = make(kind).answers[id]
    assert again["answer"] == answer
    assert again["done"] == reply["feedback"]["right"]


@pytest.mark.parametrize("kind", ["choose", "sort", "order"])
def test_the_page_does_not_know_the_key(make: Make, kind: str) -> None:
    shown = json.dumps(make(kind).get_state()["cards"])
    for secret in (
        "Here is an ability",
        "Something she does well",
        "The strength on which",
        '"right"',
        '"group"',
        '"why"',
    ):
        assert secret not in shown


def test_the_answer_is_shown_in_words_on_request(make: Make) -> None:
    examples = ask(make("sort"), "examples", id="t-nadia")["examples"]
    assert examples == [
        "Ability: Reads a bus map and finds the shortest way. | Retells a video in the right order.\n"
        "Interest: Talks about bus routes whenever she can."
    ]


def test_only_the_box_being_written_is_read_and_a_note_as_a_whole(make: Make) -> None:
    widget = make("build")
    answer = {"strength": "June refuses.", "whole": "By May 22", "note": "Today June wrote."}
    message = {"seq": 1, "type": "typing", "id": "t-june", "answer": answer}
    assert set(widget.handle(message | {"part": "strength"})["readings"]) == {"strength"}
    assert set(widget.handle(message)["readings"]) == {"strength", "whole", "note"}


def test_the_numbers_of_a_series_come_with_the_answer(make: Make) -> None:
    widget = make("series")
    card = widget.cards[0]
    assert "now 62" not in card["chart"]
    assert "baseline 41" not in card["chart"].lower()
    assert "Now" not in card["table"]
    drawn = ask(widget, "check", "big_growth", "t-tia")["feedback"]["drawn"]
    assert "now 62" in drawn["chart"]
    assert "Now" in drawn["table"]


def test_an_unforeseen_error_is_told_to_the_learner_and_raised_in_tests(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = make("rewrite")
    monkeypatch.setattr(widget, "read", lambda activity, answer, part: 1 / 0)
    monkeypatch.setenv("IEP_TRAINING_STRICT", "1")
    with pytest.raises(ZeroDivisionError):
        ask(widget, "typing", "x")
    monkeypatch.delenv("IEP_TRAINING_STRICT")
    reply = ask(widget, "typing", "x")
    assert reply["trouble"].startswith("Your answer is NOT saved")
    assert "Traceback" not in reply["trouble"]


def test_a_new_kernel_finds_the_answers_and_what_was_done(make: Make) -> None:
    widget = make("rewrite")
    ask(widget, "check", "Needs more support to participate in group work.")
    ask(widget, "save", "Luis", id="t-cannot")
    again = make("rewrite")
    assert again.answers["t-refused"]["done"]
    assert again.answers["t-refused"]["feedback"]["right"]
    assert again.answers["t-cannot"]["answer"] == "Luis"
    assert again.answers["t-cannot"]["feedback"] is None, "a draft is not judged before it is checked"
    assert again.at == 1, "the first that is not done is shown"


def test_answers_of_another_shape_do_no_harm(make: Make, store: AnswerStore) -> None:
    store.save("t-refused", {"was": "a rewrite once"})
    assert make("rewrite").answers["t-refused"]["answer"] == ""


def test_answers_of_a_newer_course_are_announced(make: Make, store: AnswerStore) -> None:
    (store.folder / "answers.json").write_text('{"version": 9, "answers": {}}', encoding="utf-8")
    widget = make("rewrite")
    assert "newer version" in widget.notice
    assert "NOT saved" in ask(widget, "save", "x")["trouble"]


# --- graded items ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "id", "answer"), [("rewrite", "t-refused", "Refused."), ("classify", "t-ana", "big_growth")]
)
def test_a_graded_item_is_saved_and_not_judged(make: Make, store: AnswerStore, kind: str, id: str, answer: str) -> None:
    widget = make(kind, graded=True)
    for type in ("check", "save"):
        reply = ask(widget, type, answer, id)
        assert reply["saved"]
        assert "feedback" not in reply
    assert ask(widget, "examples", id=id)["examples"] == []
    assert widget.answers[id]["feedback"] is None
    assert widget.answers[id]["done"]
    assert store.get(id) == answer


def test_a_classify_card_holds_no_key(make: Make) -> None:
    for card in make("classify").cards:
        assert set(card) == {"id", "title", "prompt", "hint", "chart", "table", "choices"}
        assert "continue_to_grow" not in card["chart"] + card["table"]
        assert "attainment" not in card["chart"]

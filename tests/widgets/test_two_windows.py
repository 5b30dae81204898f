"""One activity in two windows, or saved twice at once: nothing is replaced in silence, and the newest stays."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from asking import ask

from iep_training.answers import AnswerStore

Make = Callable[..., Any]


def save(widget: Any, answer: str, view: str, since: str | None = None) -> dict[str, Any]:
    return widget.handle({"seq": 1, "type": "save", "id": "t-refused", "answer": answer, "view": view, "since": since})


def test_a_window_that_replaces_anothers_answer_is_shown_it(make: Make, store: AnswerStore) -> None:
    left, right = make("rewrite"), make("rewrite")
    first = save(left, "From the left", "L")
    assert "other" not in first
    reply = save(right, "From the right", "R")
    assert reply["other"] == {"answer": "From the left", "words": "From the left", "saved": first["saved"]}
    assert store.get("t-refused") == "From the right"
    assert "other" not in save(right, "From the right, more", "R", reply["saved"])


def test_a_save_that_was_overtaken_replaces_nothing(make: Make, store: AnswerStore) -> None:
    """A kernel may handle a page's messages out of order: the first may still wait while a later one is saved."""

    def message(seq: int, answer: str) -> dict[str, Any]:
        return {"seq": seq, "type": "save", "id": "t-refused", "answer": answer, "view": "1"}

    widget = make("rewrite")
    newest = widget.handle(message(3, "Maya joins in"))
    shown = widget.answers
    late = widget.handle(message(2, "Maya"))
    assert late == newest | {"seq": 2}
    assert store.get("t-refused") == "Maya joins in"
    assert widget.answers == shown
    assert "other" not in widget.handle(message(4, "Maya joins in."))
    assert store.get("t-refused") == "Maya joins in."


def test_messages_are_answered_one_at_a_time_whatever_thread_they_come_in(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget, log = make("rewrite"), []

    def handle(message: dict[str, Any]) -> dict[str, Any]:
        log.append(("take", message["seq"]))
        time.sleep(0.01)
        return message

    monkeypatch.setattr(widget, "handle", handle)
    monkeypatch.setattr(widget, "send", lambda reply: log.append(("sent", reply["seq"])))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda seq: widget._handle_custom_msg({"seq": seq}, []), range(8)))
    assert len(log) == 16
    assert [("sent", seq) for _, seq in log[::2]] == log[1::2]


def test_two_views_in_one_kernel_are_two_windows(make: Make) -> None:
    widget = make("rewrite")
    save(widget, "From the first view", "1")
    assert save(widget, "From the second view", "2")["other"]["answer"] == "From the first view"


def test_a_save_before_the_last_was_confirmed_is_no_conflict(make: Make) -> None:
    widget = make("rewrite")
    first = save(widget, "a", "1")
    save(widget, "ab", "1", first["saved"])
    assert "other" not in save(widget, "abc", "1", first["saved"])


def test_the_same_or_an_empty_answer_is_no_conflict(make: Make) -> None:
    widget = make("rewrite")
    save(widget, "", "1")
    assert "other" not in save(widget, "x", "2")
    assert "other" not in save(widget, "x", "3")


def test_two_windows_with_different_sorts_are_told_in_words(make: Make) -> None:
    one, two = make("sort"), make("sort")
    ask(one, "save", {"maps": "ability"}, "t-nadia")
    other = ask(two, "save", {"maps": "interest"}, "t-nadia")["other"]
    assert other["answer"] == {"maps": "ability"}
    assert other["words"] == "Ability: Reads a bus map and finds the shortest way."

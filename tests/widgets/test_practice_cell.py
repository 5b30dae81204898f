"""What a practice cell shows, what the notebook keeps of it, and what is said where something is amiss."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import ask

import iep_training
from iep_training.answers import AnswerStore
from iep_training.html import Page
from iep_training.model import CourseError

Make = Callable[..., Any]

ITEMS = """
[[set]]
id = "g02"
kind = "rewrite"
title = "Graded"
[[set.activity]]
id = "02-refused"
title = "The item beside the notebook"
statement = "Won't share."
"""


def test_a_notebook_run_twice_is_the_same_notebook(make: Make) -> None:
    assert repr(make("rewrite")) == repr(make("rewrite")) == "Practice: First turns"


def test_a_notebook_keeps_a_readable_copy_without_a_kernel(make: Make) -> None:
    widget = make("classify")
    ask(widget, "check", "big_growth", id="t-ana")
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    assert "Big growth" in html
    assert "Continue to grow" in html, "the feedback"
    assert '<img alt="Chart of Ana: Reading aloud, in words: baseline 40, now 64, target 80."' in html
    assert 'src="data:image/svg+xml;base64,' in html
    assert "<script" not in html
    assert "<svg" not in html


def test_a_learners_text_is_escaped_in_the_copy(make: Make) -> None:
    widget = make("rewrite")
    ask(widget, "save", "<img src=x onerror=alert(1)>")
    html = widget._repr_mimebundle_()[0]["text/html"]
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, and no strictness."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IEP_TRAINING_STRICT", raising=False)
    return tmp_path


def test_practice_shows_a_set_of_the_course(learner: Path) -> None:
    widget = iep_training.practice("02-refused")
    assert widget.cards[0]["id"] == "02-refused"
    assert not widget.graded


def test_an_item_beside_the_notebook_comes_first_and_is_graded(learner: Path) -> None:
    (learner / "activities.toml").write_text(ITEMS, encoding="utf-8")
    widget = iep_training.practice("02-refused")
    assert widget.cards[0]["title"] == "The item beside the notebook"
    assert widget.graded
    assert not iep_training.practice("05-amina").graded


@pytest.mark.parametrize("items", ["[[set]", ITEMS.replace("statement", "statemnt")])
def test_a_slip_is_told_on_the_page_and_raised_in_tests(
    learner: Path, monkeypatch: pytest.MonkeyPatch, items: str
) -> None:
    (learner / "activities.toml").write_text(items, encoding="utf-8")
    page = iep_training.practice("02-refused")
    assert isinstance(page, Page)
    assert "activities.toml" in page._repr_html_()
    monkeypatch.setenv("IEP_TRAINING_STRICT", "1")
    with pytest.raises(CourseError, match=r"activities.toml"):
        iep_training.practice("02-refused")


def test_an_unknown_activity_is_told_on_the_page(learner: Path) -> None:
    page = iep_training.practice("02-<b>refusd")
    assert "There is no activity named" in repr(page)
    assert "<b>" not in page._repr_html_()


def test_an_unforeseen_error_leaves_the_rest_of_the_page_working(
    learner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iep_training.content.activity_set", lambda name: 1 / 0)
    page = iep_training.practice("02-refused")
    assert "The rest of the page works" in repr(page)
    assert "Traceback" not in page._repr_html_()


def test_under_autograde_the_answer_is_shown_as_a_page(learner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    AnswerStore(learner).save("02-refused", "Maya <b>joins</b> with a partner.")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    (learner / "activities.toml").write_text(ITEMS, encoding="utf-8")
    page = iep_training.practice("02-refused")
    assert isinstance(page, Page)
    assert "Maya &lt;b&gt;joins&lt;/b&gt; with a partner." in page._repr_html_()
    assert "One next step" not in page._repr_html_(), "the grade cell gives the feedback"

"""Marks and messages: partial credit by criterion, what is good first, one next step, and no answer that breaks it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_training import feedback, language
from iep_training.feedback import answer_text, categories, check, names_words, readable
from iep_training.language.tone import WEIGHED
from iep_training.model import (
    CANNOT_CLASSIFY,
    CATEGORIES,
    Activity,
    Classify,
    CourseError,
    Finding,
    Point,
    Reflection,
    Rewrite,
    RewriteReading,
    Series,
    Strength,
)

WORDS = tomllib.loads((Path(feedback.__file__).parent / "feedback.toml").read_text(encoding="utf-8"))
# As `model.RewriteReading` lists them.
REASONS_OF_THE_READER = (
    "still_deficit",
    "off_topic",
    "copy",
    "magic_phrase",
    "vague_praise",
    "too_short",
    "hides_need",
    "invents_facts",
)
REASONS = [reason["code"] for reason in WORDS["rewrite"]["reason"]]

MAYA = Rewrite(
    id="02-refused",
    title="Group work",
    statement="Refused to participate in group work.",
    student="Maya, grade 5. With sentence starters she shared 2 ideas last week.",
    points=4,
    takeaway="“Refused” guesses at a motive.",
)
ANA = Classify(
    id="05-ana",
    title="Ana",
    student="Ana",
    skill="Reading aloud",
    unit="words a minute",
    baseline=40,
    target=80,
    current=64,
)
THINK = Reflection(id="02-think", title="Think", question="What now?", least_words=5, points=3)


def read_as(monkeypatch: pytest.MonkeyPatch, *reasons: str, support: str = "", finding: Finding | None = None) -> None:
    """Let the reader give these reasons, so that marks are tested apart from the rules of language."""

    def read(original: str, rewrite: str, known: str = "") -> RewriteReading:
        strengths = (Strength("support", 0, len(support), support),) if support else ()
        verdict = "revise" if reasons else "accept"
        return RewriteReading(original, rewrite, verdict, reasons, (finding,) if finding else (), strengths)

    monkeypatch.setattr(language, "read_rewrite", read)


# --- rewrite --------------------------------------------------------------------------------------------


def test_the_shares_of_the_criteria_make_a_whole() -> None:
    assert sum(one["share"] for one in WORDS["rewrite"]["criterion"]) == pytest.approx(1)


def test_a_good_rewrite_earns_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    read_as(monkeypatch, support="with sentence starters")
    result = check(MAYA, "Maya joins group work with sentence starters.")
    assert (result.right, result.earned, result.points, result.next_step) == (True, 4, 4, "")
    assert [one.met for one in result.criteria] == [True] * 4
    assert any("“with sentence starters”" in line for line in result.good)
    assert result.takeaway == MAYA.takeaway


@pytest.mark.parametrize(
    ("reason", "support", "earned"),
    [
        ("copy", "", 0.0),
        ("too_short", "", 0.0),
        ("off_topic", "with a card", 0.0),
        ("still_deficit", "", 1.2),
        ("still_deficit", "with a card", 2.6),
        ("vague_praise", "", 1.4),
        ("magic_phrase", "", 1.4),
        ("hides_need", "", 2.0),
        ("invents_facts", "with a card", 3.4),
        ("invents_facts", "", 2.0),
    ],
)
def test_partial_credit_goes_by_criterion(
    monkeypatch: pytest.MonkeyPatch, reason: str, support: str, earned: float
) -> None:
    read_as(monkeypatch, reason, support=support)
    result = check(MAYA, "An answer.")
    assert result.earned == pytest.approx(earned)
    assert not result.right
    assert sum(one.earned for one in result.criteria) == pytest.approx(earned)
    assert sum(one.points for one in result.criteria) == pytest.approx(4)
    assert {one.message for one in result.criteria if one.met} <= set(result.good)
    assert result.next_step


def test_every_reason_of_the_reader_has_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sorted(REASONS) == sorted(REASONS_OF_THE_READER)
    for code in REASONS_OF_THE_READER:
        read_as(monkeypatch, code)
        assert check(MAYA, "An answer.").next_step


def test_there_is_one_next_step_the_most_pressing(monkeypatch: pytest.MonkeyPatch) -> None:
    for first, second in pairwise(REASONS):
        read_as(monkeypatch, first)
        alone = check(MAYA, "An answer.").next_step
        read_as(monkeypatch, second, first)
        assert check(MAYA, "An answer.").next_step == alone


def test_the_step_quotes_what_was_found_and_says_it_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding("refuses", 5, 11, "won't {x}", "why", "Consider “needs support to join in”.")
    read_as(monkeypatch, "still_deficit", finding=found)
    step = check(MAYA, "Maya won't.").next_step
    assert "“won't {x}”" in step
    assert "Consider “needs support to join in”." in step


def test_a_finding_on_the_whole_text_is_not_quoted_back(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding("reads-as-deficit", 0, 10, "Maya fails", "why", "instead")
    read_as(monkeypatch, "still_deficit", finding=found)
    assert "Maya fails" not in check(MAYA, "Maya fails").next_step


def test_an_advisory_is_not_what_the_step_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding("praise", 0, 5, "sweet", "why", "instead", severity="advisory")
    read_as(monkeypatch, "still_deficit", finding=found)
    assert "sweet" not in check(MAYA, "sweet").next_step


@pytest.mark.parametrize(
    ("student", "name"),
    [("Maya, grade 5.", "Maya"), ("", "the student"), ("A boy in grade 3, new here", "the student")],
)
def test_the_step_names_the_student_when_the_name_is_known(
    monkeypatch: pytest.MonkeyPatch, student: str, name: str
) -> None:
    read_as(monkeypatch, "copy")
    assert f"what {name} does" in check(replace(MAYA, student=student), "Refused.").next_step


def test_a_fact_from_the_line_about_the_student_is_not_invented() -> None:
    text = "With sentence starters, Maya shared 2 ideas in group work last week and needs more support to participate."
    known, unknown = check(MAYA, text), check(MAYA, text.replace("2 ideas", "7 ideas"))
    assert known.right, known.next_step
    assert not unknown.right
    assert "not in the original" in unknown.next_step


def test_words_from_the_line_about_the_student_keep_the_skill() -> None:
    assert check(MAYA, "maya can share with a card").right
    elsewhere = check(MAYA, "With a graphic organizer, Maya writes longer paragraphs.")
    assert "a different skill" in elsewhere.next_step


def test_the_seeds_own_example() -> None:
    assert check(MAYA, "Needs more support to participate in group work.").right
    assert check(MAYA, MAYA.statement).earned == 0


# --- classify -------------------------------------------------------------------------------------------


def test_the_categories_are_those_of_the_rule() -> None:
    assert [one["id"] for one in categories()] == [*CATEGORIES, CANNOT_CLASSIFY]


def test_every_mix_up_is_explained() -> None:
    ids = [one["id"] for one in categories()]
    for chosen in ids:
        assert set(WORDS["classify"]["mixed_up"][chosen]) == set(ids) - {chosen}


@pytest.mark.parametrize(
    ("current", "truth"),
    [(84, "big_growth"), (64, "continue_to_grow"), (44, "need_more_support"), (None, CANNOT_CLASSIFY)],
)
def test_right_and_wrong_choices_are_both_explained_with_the_numbers(current: float | None, truth: str) -> None:
    activity = replace(ANA, current=current)
    for one in categories():
        result = check(activity, one["id"])
        assert result.right == (one["id"] == truth)
        assert result.earned == (1 if result.right else 0)
        assert bool(result.good) == result.right
        assert bool(result.next_step) != result.right
        assert result.growth is not None
        assert result.growth.category == truth
        assert result.growth.why


def test_a_close_case_says_so() -> None:
    result = check(replace(ANA, current=61), "continue_to_grow")
    assert result.growth is not None
    assert result.growth.borderline
    assert any("look again" in note.lower() for note in result.growth.notes)


def test_an_authors_own_explanation_comes_first() -> None:
    activity = replace(ANA, explain={"big_growth": "Sixteen words are still to come."})
    assert "Sixteen words are still to come." in check(activity, "big_growth").next_step
    assert "Sixteen" not in check(activity, "need_more_support").next_step


def test_a_series_is_judged_by_its_own_points() -> None:
    scores = [10, 12, 11, 20, 31, 30, 32]
    points = tuple(Point(week, score, "baseline" if week < 3 else "support") for week, score in enumerate(scores))
    activity = replace(ANA, baseline=None, current=None, target=None, series=Series("Ana", points, 30, "increase"))
    result = check(activity, "big_growth")
    assert result.right
    assert result.growth is not None
    assert (result.growth.baseline, result.growth.current) == (11, 31)


# --- reflection -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "right"), [("", False), ("Too short.", False), ("This is long enough now.", True)])
def test_a_reflection_is_for_a_person(text: str, right: bool) -> None:
    result = check(THINK, text)
    assert result.needs_person
    assert (result.right, result.earned, result.points) == (right, 0, 3)
    assert bool(result.next_step) != right


# --- any answer at all ----------------------------------------------------------------------------------

HOSTILE: list[Any] = [
    None,
    0,
    True,
    3.5,
    b"bytes",
    [],
    ["Maya"],
    {"answer": "x"},
    float("nan"),
    "",
    " \n\t\u2028",
    "\0",
    "\ud800 lone",
    "x" * 1_000_000,
    "can't " * 200_000,
    "{student} {quote} {0} %s",
    "<script>alert(1)</script>",
    "\u202e\u200b\ufeff",
    "İ" * 50,
]


@pytest.mark.parametrize("activity", [MAYA, ANA, THINK], ids=lambda activity: activity.kind)
@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_answer_gets_feedback_and_no_marks(activity: Activity, answer: Any) -> None:
    result = check(activity, answer)
    assert 0 <= result.earned < activity.points
    assert result.next_step or result.needs_person


@given(st.text(st.characters(codec=None), max_size=300))
def test_any_text_gets_feedback(text: str) -> None:
    for activity in (MAYA, ANA, THINK):
        result = check(activity, text)
        assert 0 <= result.earned <= activity.points
        assert result.right or result.next_step


@given(st.text(st.characters(codec=None), max_size=100))
def test_readable_text_keeps_its_places_and_can_be_written(text: str) -> None:
    clean = readable(text)
    assert len(clean) == len(text)
    assert "\0" not in clean.encode("utf-8").decode()


def test_an_answer_is_shown_in_words_a_person_would_use() -> None:
    assert answer_text(ANA, "need_more_support") == "Need more support to grow"
    assert answer_text(ANA, "nonsense") == ""
    assert answer_text(MAYA, "With a card.") == "With a card."
    assert answer_text(MAYA, None) == ""


def test_an_unknown_kind_is_told_in_plain_words() -> None:
    with pytest.raises(CourseError, match="kind “activity”"):
        check(Activity(id="x", title="X"), "")


# --- the words themselves -------------------------------------------------------------------------------


def _sentences(tree: Any) -> list[str]:
    if isinstance(tree, str):
        return [tree] if " " in tree else []
    values = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [sentence for value in values for sentence in _sentences(value)]


@pytest.mark.parametrize("sentence", sorted(set(_sentences(WORDS))))
def test_no_message_of_ours_has_a_finding(sentence: str) -> None:
    text = re.sub(r"[“”]?\{\w+\}[“”]?", "Maya", sentence)
    findings = [finding for finding in language.read_statement(text).findings if finding.severity == "finding"]
    assert [finding.quote for finding in findings if names_words(finding, text) and finding.rule != WEIGHED] == []

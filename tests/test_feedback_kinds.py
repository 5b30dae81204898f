"""Marks and messages of the kinds with parts: choose, sort, order and build."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_training.content.entries import with_key
from iep_training.feedback import answer_text, check, clean, is_blank, read_field, shuffled
from iep_training.language import read_statement
from iep_training.language.tone import WEIGHED
from iep_training.model import Activity, Build, Card, Case, Choose, Field, Group, Option, Order, Paper, Sort, Step

OPTIONS = tuple(Option(name, f"Option {name}.", name in "ac", f"Why {name}.") for name in "abcde")
ONE = Choose(id="c-one", title="One", question="Which?", options=(*OPTIONS[:2], *OPTIONS[3:]), points=2)
MANY = Choose(id="c-many", title="Many", question="Which?", options=OPTIONS, many=True, points=2)
SORT = Sort(
    id="s-one",
    title="Sort",
    groups=(Group("x", "Group X"), Group("y", "Group Y")),
    cards=tuple(Card(name, f"Card {name}.", "x" if name in "ab" else "y", f"Why {name}.") for name in "abcd"),
    points=4,
)
ORDER = Order(
    id="o-one", title="Order", steps=tuple(Step(name, f"Step {name}.", f"Why {name}.") for name in "abcd"), points=4
)
BUILD = Build(
    id="b-one",
    title="Build",
    produces="goal",
    fields=(
        Field("before", "Before", "As it was.", "Won’t write.", reads="original"),
        Field("strength", "Strength", "What goes well.", "June tells a story.", reads="statement"),
        Field("goal", "Goal", "One sentence.", "By May 22, …", reads="goal"),
        Field("note", "Note", "Plain words.", "Today June wrote.", optional=True, reads="family_note"),
    ),
    points=3,
)
GOOD = {
    "before": "Refuses to write.",
    "strength": "June tells a story aloud with a clear beginning and end.",
    "goal": "By May 22, given a story map, June will write a story of 60 words on 4 of 5 weekly prompts.",
}
CASES = replace(
    BUILD, id="b-case", cases=(Case("june.toml", "June Olsen, grade 4", (Paper("Notes", "", ("June draws.",)),)),)
)
KINDS = (ONE, MANY, SORT, ORDER, BUILD, CASES)


def earned(activity: Activity, answer: Any) -> float:
    return check(activity, answer).earned


# --- choose -----------------------------------------------------------------------------------------------


def test_the_right_option_earns_everything_and_explains_the_others() -> None:
    result = check(ONE, "a")
    assert (result.right, result.earned, result.good) == (True, 2, ("Why a.",))
    assert [one.message for one in result.criteria] == ["Why a.", "Why b.", "Why d.", "Why e."]


def test_a_wrong_option_is_explained_and_gives_nothing_else_away() -> None:
    result = check(ONE, "b")
    assert (result.right, result.earned, result.next_step) == (False, 0, "Why b.")
    assert [one.name for one in result.criteria] == ["Option b."]


@pytest.mark.parametrize(
    ("answer", "points"),
    [(["a", "c"], 2), (["a"], 1), (["a", "b"], 0), (["a", "b", "c"], 1), (["b", "d"], 0), (list("abcde"), 0), ([], 0)],
)
def test_a_wrong_pick_costs_what_a_right_one_earns(answer: list[str], points: float) -> None:
    result = check(MANY, answer)
    assert result.earned == points
    assert result.right == (points == 2)
    assert result.right or result.next_step


# --- sort and order ---------------------------------------------------------------------------------------


def test_a_sort_earns_by_the_card() -> None:
    assert earned(SORT, {"a": "x", "b": "x", "c": "y", "d": "y"}) == 4
    half = check(SORT, {"a": "x", "b": "y", "c": "x", "d": "y"})
    assert (half.right, half.earned) == (False, 2)
    assert [(one.met, one.message) for one in half.criteria] == [
        (True, "Why a."),
        (False, "Why b."),
        (False, "Why c."),
        (True, "Why d."),
    ]


def test_cards_that_wait_are_told_before_those_to_look_at_again() -> None:
    result = check(SORT, {"a": "y"})
    assert "3" in result.next_step
    assert "Why b." not in str(result.criteria), "a card that waits keeps its secret"


@pytest.mark.parametrize(
    ("answer", "points"),
    [("abcd", 4), ("dcba", 0), ("bcda", 2), ("acbd", 1), ("bacd", 1), ("abdc", 2)],
)
def test_an_order_earns_by_what_follows_what(answer: str, points: float) -> None:
    result = check(ORDER, list(answer))
    assert result.earned == points
    assert result.right == (answer == "abcd")
    assert [one.name for one in result.criteria] == [f"Step {name}." for name in answer]
    assert all(one.met == (one.message in {f"Why {name}." for name in "abcd"}) for one in result.criteria)


def test_steps_are_shuffled_once_and_for_all() -> None:
    assert shuffled(ORDER) == shuffled(ORDER)
    assert all(shuffled(replace(ORDER, id=f"o-{number}")) != ORDER.steps for number in range(200))


# --- build ------------------------------------------------------------------------------------------------


def test_a_good_page_earns_everything_and_the_old_wording_is_not_held_against_it() -> None:
    result = check(BUILD, GOOD)
    assert (result.right, result.earned) == (True, 3), result.next_step
    assert [one.points for one in result.criteria] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("change", "points", "label"),
    [
        ({"strength": ""}, 2, "Strength"),
        ({"strength": "June refuses to write."}, 2, "Strength"),
        ({"goal": "June will improve her writing."}, 2, "Goal"),
        ({"note": "Notwithstanding considerable organizational difficulties, " * 5}, 3, "Note"),
    ],
    ids=["empty", "deficit", "goal", "grade"],
)
def test_the_first_box_to_look_at_is_the_next_step(change: dict[str, str], points: float, label: str) -> None:
    result = check(BUILD, GOOD | change)
    assert not result.right
    assert result.earned == pytest.approx(points)
    assert result.next_step.startswith(f"{label}: ")


def test_a_goal_earns_by_its_parts() -> None:
    result = check(BUILD, GOOD | {"goal": "June will write a story of 60 words on 4 of 5 weekly prompts."})
    assert 2 < result.earned < 3


def test_each_box_is_read_in_its_own_way() -> None:
    before, strength, goal, note = BUILD.fields
    answer = GOOD | {"strength": "June refuses to write.", "note": "Today June wrote a whole page. " * 4}
    assert read_field(BUILD, before, answer).findings
    assert not read_field(BUILD, before, answer).problem
    assert "refuses" in read_field(BUILD, strength, answer).problem
    assert all(part.quote for part in read_field(BUILD, goal, answer).parts)
    assert "about 1" in read_field(BUILD, note, answer).grade


def test_a_box_is_not_weighed_as_one_sentence() -> None:
    notes = "Math is just not going to happen for Devon."
    assert any(one.rule == WEIGHED for one in read_statement(notes).findings), (
        "the reader knows this finding by this name"
    )
    reading = read_field(BUILD, BUILD.fields[1], {"strength": notes})
    assert (reading.findings, reading.problem) == ((), "")


@pytest.mark.parametrize("reads", ["none", "statement", "family_note"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x", "Say a little more"),
        ("Blah blah, blah blah!", "Say a little more"),
        ("june tells a STORY", "This is the example"),
        ("Help as needed.", "“as needed” could stand in anybody’s plan"),
        ("Her disability adversely affects her progress.", "“adversely affects” could stand in anybody’s plan"),
    ],
)
def test_a_box_that_must_be_filled_needs_words_of_its_own(reads: Any, text: str, told: str) -> None:
    box = Field("box", "Box", "What goes well.", "June tells a story.", reads=reads)
    result = check(replace(BUILD, fields=(box,)), {"box": text})
    assert (result.right, result.earned) == (False, 0)
    assert result.next_step.startswith(f"Box: {told}")


def test_praise_alone_is_not_yet_a_statement_of_a_strength() -> None:
    box = Field("box", "Strength", "What goes well.", "June tells a story.", reads="statement")
    page = replace(BUILD, fields=(box,))
    result = check(page, {"box": "She is sweet."})
    assert (result.right, result.earned) == (False, 0)
    assert "“is sweet” is warm" in result.next_step
    assert check(page, {"box": "She is sweet, and she writes the steps of a recipe in order."}).right


def test_few_words_are_enough_where_an_author_says_so_or_the_box_may_stay_empty() -> None:
    for box in (
        Field("box", "Name", "Any.", "June", least_words=1),
        Field("box", "More", "Any.", "June", optional=True),
    ):
        assert check(replace(BUILD, fields=(BUILD.fields[1], box)), GOOD | {"box": "None."}).right
        assert check(replace(BUILD, fields=(BUILD.fields[1], box)), GOOD | {"box": "June"}).right
    long = "Because her hand tires after four lines, her disability adversely affects her essays."
    assert check(replace(BUILD, fields=(Field("box", "Effect", "Any.", "None"),)), {"box": long}).right


def test_the_student_of_a_case_names_the_page() -> None:
    assert clean(CASES, {"case": "june.toml", "name": "Mine"})["name"] == "June Olsen, grade 4"
    assert not check(CASES, GOOD).right, "a student is still to be chosen"
    assert check(CASES, GOOD | {"case": "june.toml"}).right
    assert answer_text(CASES, GOOD | {"case": "june.toml"}).startswith("June Olsen, grade 4\n")


# --- any answer at all ------------------------------------------------------------------------------------

HOSTILE: list[Any] = [
    None,
    3,
    True,
    "nonsense",
    "\0\ud800",
    [],
    {},
    ["nonsense", None, {}],
    [["a"]],
    {"a": ["x"], "b": {"x": 1}, 3: "x", "case": ["june.toml"]},
    {"a": "nonsense"},
    list("aabbccdd"),
    {"unknown": "x" * 10_000},
]


@pytest.mark.parametrize("activity", KINDS, ids=lambda activity: activity.id)
@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_answer_is_no_answer_and_earns_nothing(activity: Activity, answer: Any) -> None:
    if activity is MANY and answer == list("aabbccdd"):
        assert clean(activity, answer) == list("abcd")
        return
    assert is_blank(clean(activity, answer))
    result = check(activity, answer)
    assert (result.right, result.earned) == (False, 0)
    assert result.next_step
    assert answer_text(activity, answer) == ""


@given(
    answer=st.recursive(
        st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_anything_is_taken(answer: Any) -> None:
    for activity in KINDS:
        result = check(activity, answer)
        assert 0 <= result.earned <= result.points
        assert clean(activity, clean(activity, answer)) == clean(activity, answer)


def test_an_answer_is_told_in_words() -> None:
    assert answer_text(MANY, ["c", "a"]) == "Option a.\nOption c."
    assert answer_text(SORT, {"a": "x", "d": "y", "b": "x"}) == "Group X: Card a. | Card b.\nGroup Y: Card d."
    assert answer_text(ORDER, list("dbca")).splitlines()[0] == "1. Step d."
    assert answer_text(BUILD, {"strength": "Sings."}) == "Strength\nSings."


@pytest.mark.parametrize("activity", [ONE, MANY, SORT, ORDER], ids=lambda activity: activity.id)
def test_the_key_gives_strong_and_weak_answers(activity: Activity) -> None:
    keyed = with_key(activity, "here")
    assert keyed.strong
    assert keyed.weak
    assert all(check(keyed, answer).earned == keyed.points for answer in keyed.strong)
    assert all(check(keyed, answer).earned < keyed.points for answer in keyed.weak)

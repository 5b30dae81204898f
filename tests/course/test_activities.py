"""The practice and the graded items: every model answer earns all points, every typical mistake does not."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from iep_training import content, feedback
from iep_training.model import CANNOT_CLASSIFY, CATEGORIES, Build, Choose, Classify, Order, Reflection, Rewrite, Sort

COURSE = content.course_folder() / "activities"
ITEMS = content.course_folder().parent / "exercises" / "items"


def activities(folder):
    return [
        activity
        for path in sorted(folder.glob("*.toml"))
        for one in content.load_sets(path)
        for activity in one.activities
    ]


PRACTICE = activities(COURSE)
GRADED = [*activities(ITEMS), *activities(ITEMS / "variants")]
ALL = [*PRACTICE, *GRADED]


def of(kind, among=ALL):
    return [activity for activity in among if isinstance(activity, kind)]


def answers(which):
    return [
        pytest.param(activity, answer, id=f"{activity.id}-{number}")
        for activity in ALL
        for number, answer in enumerate(getattr(activity, which), start=1)
    ]


@pytest.mark.parametrize(("activity", "answer"), answers("strong"))
def test_a_strong_answer_earns_every_point(activity, answer):
    result = feedback.check(activity, answer)
    assert result.right, result.next_step
    assert result.earned == activity.points or result.needs_person


@pytest.mark.parametrize(("activity", "answer"), answers("weak"))
def test_a_weak_answer_does_not(activity, answer):
    result = feedback.check(activity, answer)
    assert not result.right
    assert result.earned < activity.points
    assert result.next_step


@pytest.mark.parametrize("activity", ALL, ids=lambda activity: activity.id)
def test_every_activity_helps(activity):
    assert activity.hint
    assert activity.strong
    assert activity.weak
    assert activity.takeaway or activity in GRADED
    assert activity.points > 0


def test_ids_are_unique_and_in_style():
    ids = [activity.id for activity in ALL]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*", activity.id) for activity in PRACTICE)
    assert all(re.fullmatch(r"g\d\d-\d+", activity.variant_of or activity.id) for activity in GRADED)
    assert all(activity.id.startswith(f"{activity.variant_of}-") for activity in GRADED if activity.variant_of)


def test_a_set_is_short_enough_for_one_sitting():
    for path in [*COURSE.glob("*.toml"), *ITEMS.glob("*.toml")]:
        for one in content.load_sets(path):
            assert 1 <= len(one.activities) <= 6, one.id
            assert one.intro


@pytest.mark.parametrize("activity", of(Rewrite), ids=lambda activity: activity.id)
def test_a_rewrite_has_several_good_answers_and_facts_to_use(activity):
    assert activity.student
    assert len(activity.strong) >= 2
    assert len(activity.weak) >= 2


@pytest.mark.parametrize("activity", of(Classify), ids=lambda activity: activity.id)
def test_every_choice_is_explained_and_the_key_is_what_the_rule_says(activity):
    everything = {*CATEGORIES, CANNOT_CLASSIFY}
    assert set(activity.explain) == everything
    assert all(activity.explain.values())
    assert activity.strong == (feedback.growth_of(activity).category,)
    assert set(activity.weak) == everything - set(activity.strong)


@pytest.mark.parametrize("folder", [COURSE, ITEMS], ids=["course", "graded"])
def test_the_key_worked_by_hand_agrees_with_the_rule(folder):
    """Each case carries a comment `# key: ... -> category`, worked out on paper, for readers of the file."""
    files = [*folder.glob("*.toml"), *folder.glob("variants/*.toml")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    worked = dict(re.findall(r'^id = "([^"]+)"(?:\n(?!\[\[|id =).*)*?\n# key: .*-> ([a-z ]+)', text, re.MULTILINE))
    for activity in of(Classify, PRACTICE if folder == COURSE else GRADED):
        category = worked[activity.id].strip().replace(" ", "_")
        assert category == feedback.growth_of(activity).category, activity.id


@pytest.mark.parametrize("activity", of(Classify), ids=lambda activity: activity.id)
def test_only_the_close_cases_are_close_and_none_is_graded(activity):
    close = {one.id for one in content.activity_set("05-close").activities}
    assert feedback.growth_of(activity).borderline == (activity.id in close)


@pytest.mark.parametrize("activity", of(Choose), ids=lambda activity: activity.id)
def test_every_option_is_explained_and_the_right_one_does_not_stand_out(activity):
    assert 3 <= len(activity.options) <= 6
    assert all(option.text and option.why for option in activity.options)
    assert len({option.why for option in activity.options}) == len(activity.options)
    right = [option for option in activity.options if option.right]
    assert len(right) >= 2 if activity.many else len(right) == 1


def test_the_right_option_has_no_favorite_place():
    places = Counter(
        next(place for place, option in enumerate(activity.options) if option.right)
        for activity in of(Choose)
        if not activity.many
    )
    assert len(places) >= 4
    assert max(places.values()) < places.total() / 2


@pytest.mark.parametrize("activity", of(Sort), ids=lambda activity: activity.id)
def test_every_card_is_explained(activity):
    assert 6 <= len(activity.cards) <= 16
    assert all(card.text and card.why for card in activity.cards)
    key = [card.group for card in activity.cards]
    assert key != sorted(key, key=[group.id for group in activity.groups].index), "the groups are mixed"


@pytest.mark.parametrize("activity", of(Order), ids=lambda activity: activity.id)
def test_every_step_is_explained_and_the_steps_start_out_of_order(activity):
    assert 4 <= len(activity.steps) <= 8
    assert all(step.text and step.why for step in activity.steps)
    assert feedback.shuffled(activity) != activity.steps


@pytest.mark.parametrize("activity", of(Build), ids=lambda activity: activity.id)
def test_every_box_has_help_and_a_good_example(activity):
    assert feedback.product(activity) != activity.title, "what is built has a name in feedback.toml"
    for field in activity.fields:
        assert field.label
        assert field.help
        assert field.example
        if field.reads not in ("original", "goal"):
            assert not feedback.read_field(activity, field, {field.id: field.example}).problem, field.id


def test_there_is_enough_to_practice():
    kinds = Counter(activity.kind for activity in PRACTICE)
    assert kinds["rewrite"] >= 20
    assert kinds["classify"] >= 20
    assert kinds.total() - kinds["rewrite"] - kinds["classify"] >= 80


def test_the_growth_cases_cover_the_ground():
    cases = [(case, feedback.growth_of(case)) for case in of(Classify, PRACTICE)]
    for direction in ("increase", "decrease"):
        for category in CATEGORIES:
            assert any(g.category == category and g.direction == direction for _, g in cases), (direction, category)
    assert sum(growth.category == CANNOT_CLASSIFY for _, growth in cases) >= 3
    assert any(case.series for case, _ in cases)
    assert any(not case.series for case, _ in cases)


def test_a_goal_is_due_in_the_last_week_that_its_chart_shows():
    """Else a category of the whole goal would be asked of a student who has time left."""
    for case in of(Classify, PRACTICE):
        due = re.search(r"\b(?:Goal for|by) week (\d+)", case.prompt)
        if case.series and due and feedback.growth_of(case).category != CANNOT_CLASSIFY:
            assert float(due[1]) == case.series.points[-1].when, case.id


def test_graded_students_are_new_to_the_learner():
    def names(among):
        return {re.split(r"[ ,]", one.student)[0] for one in among if isinstance(one, (Rewrite, Classify))}

    assert not names(PRACTICE) & names(GRADED)


@pytest.mark.parametrize("folder", [COURSE, ITEMS], ids=["course", "graded"])
def test_every_data_file_is_used(folder):
    used = {
        name
        for path in folder.glob("*.toml")
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["set"]
        for entry in one["activity"]
        for name in [*entry.get("cases", []), *([entry["data"]] if "data" in entry else [])]
    }
    assert {path.name for path in (folder / "data").iterdir()} == used


def test_the_first_assignment_is_eight_items_worth_25_points():
    first = [activity for one in content.load_sets(ITEMS / "01_first_look.toml") for activity in one.activities]
    assert [one.kind for one in first] == ["rewrite"] * 4 + ["classify"] * 3 + ["reflection"]
    assert sum(one.points for one in first) == 25
    assert all(one.rubric for one in of(Reflection, first))

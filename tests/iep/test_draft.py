"""The draft gathers what the learner wrote, keeps edits apart from it, and loses nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from building import WRITTEN, empty_draft
from hypothesis import example, given
from hypothesis import strategies as st

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.iep.draft import draft_id
from iep_training.iep.store import DraftStore
from iep_training.iep.template import PartTemplate, Source, Template, read_template, templates
from iep_training.model import Build, CourseError

CAPSTONE = "10-whole-iep"


def test_what_was_built_in_the_modules_stands_in_one_draft(drafts: DraftStore) -> None:
    (draft,) = drafts.drafts()
    assert draft.student == "June, grade 4"
    goal = draft.part("goals.goal")
    assert goal is not None
    assert goal.text == WRITTEN["06-goal.whole"]
    assert goal.source == Source("06-goal", "whole")
    empty = [part.id for section in draft.sections for part in section.parts if not part.text]
    assert empty == ["monitoring.adjust"]


def test_an_edit_stands_in_the_draft_and_leaves_the_answer_alone(drafts: DraftStore, learner: Path) -> None:
    before = (learner / "answers.json").read_bytes()
    draft = drafts.edit("June", "goals.goal", "By June 1, June will write 80 words in ten minutes.")
    again = DraftStore(learner).draft("June")
    assert again == draft
    part = again.part("goals.goal")
    assert part is not None
    assert (part.text, part.written) == (
        "By June 1, June will write 80 words in ten minutes.",
        WRITTEN["06-goal.whole"],
    )
    assert part.edited
    assert (learner / "answers.json").read_bytes() == before
    undone = drafts.undo("June", "goals.goal").part("goals.goal")
    assert undone is not None
    assert undone.text == WRITTEN["06-goal.whole"]
    assert not undone.edited


def test_an_edit_may_empty_a_part(drafts: DraftStore) -> None:
    part = drafts.edit("June", "voices.family", "").part("voices.family")
    assert part is not None
    assert part.text == ""
    assert part.edited


def test_an_edit_says_when_the_module_has_changed_since(drafts: DraftStore, learner: Path) -> None:
    drafts.edit("June", "goals.goal", "Mine.")
    answer = AnswerStore(learner).get("06-goal")
    AnswerStore(learner).save("06-goal", {**answer, "whole": "A newer goal."})
    part = drafts.draft("June").part("goals.goal")
    assert part is not None
    assert part.outdated
    assert part.text == "Mine."


def test_an_answer_given_anew_for_another_student_takes_nothing_from_the_first(
    drafts: DraftStore, learner: Path
) -> None:
    drafts.keep()
    AnswerStore(learner).save("06-goal", {"name": "Oren, grade 3", "whole": "Oren’s goal."})
    june, oren = drafts.drafts()
    assert [one.student for one in (june, oren)] == ["June, grade 4", "Oren, grade 3"]
    goals = [one.part("goals.goal") for one in (june, oren)]
    assert [goal and goal.text for goal in goals] == [WRITTEN["06-goal.whole"], "Oren’s goal."]
    need = oren.part("present-levels.need")
    assert need is not None
    assert need.text == ""


def test_what_the_learner_empties_in_the_module_is_empty_in_the_draft(drafts: DraftStore, learner: Path) -> None:
    drafts.keep()
    AnswerStore(learner).save("06-goal", {**AnswerStore(learner).get("06-goal"), "whole": " "})
    part = drafts.draft("June").part("goals.goal")
    assert part is not None
    assert part.text == ""


def test_a_name_is_one_student_however_it_is_written(drafts: DraftStore, learner: Path) -> None:
    AnswerStore(learner).save("09-family-note", {"name": " june ", "moment": "June read to us."})
    (draft,) = drafts.drafts()
    assert draft.student == "June, grade 4"
    part = draft.part("family-note.moment")
    assert part is not None
    assert part.text == "June read to us."


def test_a_damaged_drafts_file_is_set_aside_and_the_draft_still_opens(drafts: DraftStore, learner: Path) -> None:
    drafts.keep()
    drafts.edit("June", "goals.goal", "Mine.")
    drafts.edit("June", "goals.baseline", "12 words.")
    (learner / "drafts.json").write_bytes(b'{"version": 1, "answers": {"edit/ju')
    part = drafts.draft("June").part("goals.goal")
    assert part is not None
    assert part.text == "Mine."
    drafts.edit("June", "goals.baseline", "15 words.")
    damaged = list(learner.glob("drafts.damaged-*.json"))
    assert [path.read_bytes() for path in damaged] == [b'{"version": 1, "answers": {"edit/ju']


def test_odd_entries_and_answers_are_passed_over(learner: Path) -> None:
    entries = {
        "student/June": {"student": "not its id"},
        "student/": {"student": ""},
        "student/oren": "text",
        "edit/june/goals.goal": {"text": 7},
        "edit/june/nowhere": {"text": "x"},
        "else": None,
        "student/nia": {"student": ["x"], "written": {"goals.goal": 5, "goals.baseline": "b"}},
    }
    tree = {"version": 1, "answers": {name: {"answer": value} for name, value in entries.items()}}
    (learner / "drafts.json").write_text(json.dumps(tree), encoding="utf-8")
    for activity, answer in {
        "06-goal": "text",
        "07-support": ["x"],
        "04-present-level": {"name": 3, "need": None},
    }.items():
        AnswerStore(learner).save(activity, answer)
    june, nia = DraftStore(learner).drafts()
    assert (june.student, nia.student) == ("June, grade 4", "")
    part = nia.part("goals.baseline")
    assert part is not None
    assert part.text == "b"


def test_words_for_a_draft_or_a_part_that_is_not_there(drafts: DraftStore) -> None:
    with pytest.raises(CourseError, match="Nobody"):
        drafts.draft("Nobody")
    with pytest.raises(CourseError, match=r"goals\.nothing"):
        drafts.edit("June", "goals.nothing", "x")


@given(st.text())
@example("Ana / Bo")
def test_the_id_of_a_draft_is_its_own_id(student: str) -> None:
    name = draft_id(student)
    assert draft_id(name) == name
    assert name
    assert "/" not in name


def test_a_draft_takes_the_layout_that_the_answers_fill_best(drafts: DraftStore, learner: Path) -> None:
    fields = {source.field for part in _parts(templates()[1]) for source in part.sources if source.activity == CAPSTONE}
    AnswerStore(learner).save(CAPSTONE, {"name": "Ravi, grade 7", **{field: f"About {field}." for field in fields}})
    june, ravi = drafts.drafts()
    assert [one.title for one in (june, ravi)] == [one.title for one in templates()]
    assert all(part.text for section in ravi.sections for part in section.parts)
    assert empty_draft(learner, "Oren").title == june.title


def test_every_source_in_the_templates_is_a_field_that_a_module_has() -> None:
    built = {
        f"{activity['id']}.{field['id']}"
        for path in sorted((content.course_folder() / "activities").rglob("*.toml"))
        for one in content.read_toml(path).get("set", [])
        for activity in one["activity"]
        for field in activity.get("fields", ())
    }
    named = {f"{one.activity}.{one.field}" for plan in templates() for part in _parts(plan) for one in part.sources}
    assert named <= built


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('id = "goals"', "", "“id” is missing"),
        ('layout = "table"', 'layout = "grid"', "“layout” is “grid”; use one of text, table"),
        ('reads = "goal"', 'reads = "gaol"', "“reads” is “gaol”"),
        ('"06-goal.whole"', '"06-goal"', "a list of activity.field"),
        ("needed = false", 'needed = "no"', "“needed” must be true or false"),
        ('id = "baseline"', 'id = "goal"', "the part “goals.goal” is there twice"),
        ('title = "Goal"', 'titel = "Goal"', "“titel” is not a field"),
    ],
)
def test_an_authors_slip_is_named(tmp_path: Path, before: str, after: str, words: str) -> None:
    text = (content.course_folder() / "iep_drafts" / "01_from_the_modules.toml").read_text(encoding="utf-8")
    assert f"\n{before}" in text or before.startswith('"')
    path = tmp_path / "slip.toml"
    path.write_text(re.sub(rf"^((?!#).*){re.escape(before)}", rf"\1{after}", text, count=1, flags=re.MULTILINE))
    with pytest.raises(CourseError, match=f"^slip.toml.*{words}"):
        read_template(path)


def _parts(plan: Template) -> list[PartTemplate]:
    return [part for section in plan.sections for part in section.parts]


def test_a_part_is_read_as_the_box_it_comes_from() -> None:
    boxes = {
        f"{activity.id}.{box.id}": box.reads
        for path in content.activity_files()
        for one in content.load_sets(path)
        for activity in one.activities
        if isinstance(activity, Build)
        for box in activity.fields
    }
    for part in (part for plan in templates() for part in _parts(plan)):
        reads = {boxes[f"{one.activity}.{one.field}"] for one in part.sources}
        assert reads <= {part.reads or "none"}, part.id

"""The generated assignments: up to date, free of keys, valid notebooks, and kind in a learner's place."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbcourse import ASSIGNMENT, EXERCISES

from iep_training import content
from iep_training.cli import main
from iep_training.content.calls import call_in
from iep_training.content.entries import KEYS_OF_PARTS
from iep_training.feedback import shuffled
from iep_training.grading import generate, score
from iep_training.grading.course import assignment_names, find_course, load_assignment
from iep_training.model import CourseError, Order, Reflection


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """A course folder with items and generated sources, to change at will."""
    shutil.copy(EXERCISES / "nbgrader_config.py", tmp_path)
    shutil.copytree(EXERCISES / "items", tmp_path / "items")
    generate.generate(tmp_path)
    return tmp_path


def test_sources_are_what_the_items_give() -> None:
    assert generate.drift(EXERCISES) == []


def test_check_fails_on_a_file_edited_by_hand_and_generating_mends_it(items: Path, capsys) -> None:
    source = items / "source" / ASSIGNMENT
    (source / "activities.toml").write_text("edited", encoding="utf-8")
    (source / "answers.json").write_text("{}", encoding="utf-8")
    assert main(["assignments", "--check", "--course", str(items)]) == 2
    said = capsys.readouterr().out
    assert "activities.toml" in said
    assert "answers.json" in said
    assert main(["assignments", "--course", str(items)]) == 0
    assert generate.drift(items) == []
    assert not (source / "answers.json").exists()


@pytest.mark.parametrize("name", assignment_names(EXERCISES))
def test_a_learner_gets_the_same_items_without_any_key(name: str) -> None:
    folder = EXERCISES / "source" / name
    given = [one for sets in content.load_sets(folder / "activities.toml", keys=False) for one in sets.activities]
    written = load_assignment(EXERCISES, name).activities
    assert [one.id for one in given] == [one.id for one in written]
    assert all(not getattr(one, key, ()) for one in given for key in generate.KEYS)
    text = (folder / "activities.toml").read_text(encoding="utf-8")
    notebook = (folder / f"{name}.ipynb").read_text(encoding="utf-8")
    for part in (part for one in written for field in KEYS_OF_PARTS for part in getattr(one, field, ())):
        assert part.why not in text
    for handed, one in zip(given, written, strict=True):
        if isinstance(one, Order):
            right = [step.id for step in one.steps]
            assert right not in ([step.id for step in handed.steps], [step.id for step in shuffled(handed)])
    for answer in (answer for one in written for answer in one.strong if isinstance(answer, str) and " " in answer):
        assert answer not in notebook


@pytest.mark.parametrize("name", assignment_names(EXERCISES))
def test_the_notebook_is_valid_locked_and_shows_no_code(name: str) -> None:
    notebook = nbformat.read(EXERCISES / "source" / name / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.metadata.editable is False
        assert cell.metadata.deletable is False
        if cell.cell_type == "code":
            assert cell.metadata.jupyter.source_hidden is True
            assert cell.source.startswith("# ")
            assert call_in(cell.source)
    graded = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if cell.metadata.nbgrader.grade}
    for item in load_assignment(EXERCISES, name).activities:
        assert graded[item.id].metadata.nbgrader.points == item.points
        assert graded[item.id].metadata.nbgrader.solution == isinstance(item, Reflection)


def test_generated_activities_hold_every_kind_of_text(items: Path) -> None:
    tree = {
        "set": [{"id": "a", "activity": [{"title": 'say "no"\n\tand \\ “yes”', "points": 2.5, "rubric": ["a", "b"]}]}]
    }
    assert tomllib.loads(generate.learners_items(tree)) == tree


def test_an_authors_slip_is_told_in_plain_words(items: Path) -> None:
    path = items / "items" / f"{ASSIGNMENT}.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "g02-2"', 'id = "g02-1"'), encoding="utf-8")
    with pytest.raises(CourseError, match="“g02-1” is used twice"):
        generate.generate(items)
    path.write_text(text.replace("title = ", "titel = ", 1), encoding="utf-8")
    with pytest.raises(CourseError, match="add a line title"):
        generate.generate(items)


def test_score_in_a_learners_place_says_who_marks_and_gives_no_points(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    for place in (None, "validate"):
        if place:
            monkeypatch.setenv("NBGRADER_EXECUTION", place)
        assert score("g02-1") is None
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("item", ["g05-1", "no-such-item", "../../etc"])
def test_score_under_autograde_is_a_float_and_never_raises(items: Path, monkeypatch, capsys, item: str) -> None:
    folder = items / "autograded" / "ada" / ASSIGNMENT
    folder.mkdir(parents=True)
    answers = {"version": 1, "answers": {"g05-1": {"answer": "continue_to_grow", "saved": ""}}}
    (folder / "answers.json").write_text(json.dumps(answers))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    points = score(item)
    assert type(points) is float
    assert points == (2.0 if item == "g05-1" else 0.0)
    assert capsys.readouterr().err == ""


def test_a_learners_folder_is_no_course(tmp_path: Path) -> None:
    assert find_course(tmp_path) is None

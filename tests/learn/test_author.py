"""An author writes a module without programming: unlocked to edit, in shape for learners."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from iep_training import content
from iep_training.learn import author
from iep_training.model import CourseError

COURSE_TOML = """
[[module]]
id = "03_finding_strengths"
title = "Finding strengths"
minutes = 30
objectives = ["Ask what a student does well", "Write it down"]
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course" / "modules").mkdir(parents=True)
    (tmp_path / "course" / "course.toml").write_text(COURSE_TOML, encoding="utf-8")
    monkeypatch.setattr(content, "course_folder", lambda: tmp_path / "course")
    return tmp_path / "course"


def read(path: Path):
    return nbformat.read(path, as_version=4)


def test_a_new_module_begins_with_the_pattern(course: Path) -> None:
    path = author.unlock("03_finding_strengths")
    author.put_in_shape(path)
    cells = read(path).cells
    assert [cell.id for cell in cells[:2]] == ["title", "scene"]
    assert [cell.id for cell in cells[-3:]] == ["reflection", "key-points", "sources"]
    assert cells[0].source.startswith("# Finding strengths\n\n**Module 3** · about 30 minutes\n")
    assert "\n- Ask what a student does well\n- Write it down\n" in cells[0].source
    assert 'data-commandlinker-args="{}">Start</button>' in cells[0].source
    assert 'practice("03-the-set")' in next(cell.source for cell in cells if cell.id == "practice")


def test_an_author_can_edit_what_a_learner_cannot(course: Path) -> None:
    path = author.unlock("03_finding_strengths")
    author.put_in_shape(path)
    assert all(cell.metadata.editable is cell.metadata.deletable is False for cell in read(path).cells)
    assert read(path).metadata.iep_training.module == "03_finding_strengths"
    author.unlock("03_finding_strengths")
    assert not any({"editable", "deletable", "jupyter"} & set(cell.metadata) for cell in read(path).cells)
    assert "iep_training" not in read(path).metadata


def test_what_an_author_adds_is_put_in_shape(course: Path) -> None:
    path = author.unlock("03_finding_strengths")
    notebook = read(path)
    notebook.cells[2:2] = [
        nbformat.v4.new_markdown_cell("## What does she do well?", id="0a1b2c3d"),
        nbformat.v4.new_markdown_cell("## What does she do well?", id="4e5f6a7b"),
        nbformat.v4.new_code_cell(
            "# Practice: look (press Start at the top of the page)\n1",
            id="deadbeef0",
            execution_count=3,
            outputs=[nbformat.v4.new_output("stream", text="a result")],
        ),
        nbformat.v4.new_code_cell("", id="8c9d0e1f"),
    ]
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1"}
    nbformat.write(notebook, path)
    assert author.put_in_shape(path)
    shaped = read(path)
    nbformat.validate(shaped)
    assert [cell.id for cell in shaped.cells[2:6]] == [
        "what-does-she-do",
        "what-does-she-do-2",
        "practice-look",
        "teaching",
    ]
    code = shaped.cells[4]
    assert (code.outputs, code.execution_count) == ([], None)
    assert code.metadata == {
        "editable": False,
        "deletable": False,
        "jupyter": {"source_hidden": True},
        "tags": ["practice"],
    }
    assert shaped.metadata.language_info == {"name": "python"}
    assert not author.put_in_shape(path)


def test_the_hook_says_what_it_changed_and_stops_the_commit_once(course: Path) -> None:
    path = author.unlock("03_finding_strengths")
    command = [sys.executable, "-m", "iep_training.learn.author", str(path)]
    first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (first.returncode, first.stdout.strip()) == (1, f"put in shape: {path}")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_module_that_is_not_in_the_list_is_named(course: Path) -> None:
    with pytest.raises(CourseError, match=r"no module “04_x” in .*course\.toml"):
        author.unlock("04_x")


def test_an_installed_course_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "course_folder", lambda: tmp_path / "_course")
    with pytest.raises(CourseError, match="Download the project"):
        author.unlock("03_finding_strengths")

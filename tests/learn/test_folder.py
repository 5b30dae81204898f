"""The working folder: made, resumed and upgraded without ever losing what a learner wrote."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from iep_training import content
from iep_training.learn import folder
from iep_training.model import CourseError

ALL = ["00_start_here.ipynb", "01_first.ipynb"]


@pytest.fixture(autouse=True)
def jupyter_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust given in a test stays in the test."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of two modules, in a folder of its own."""
    place = tmp_path / "course"
    (place / "modules").mkdir(parents=True)
    monkeypatch.setattr(content, "course_folder", lambda: place)
    order(place, *ALL)
    for name in ALL:
        write(place / "modules" / name, f"# {name}, first version")
    return place


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "home" / "iep-training"


def order(course: Path, *names: str) -> None:
    entries = (
        f'[[module]]\nid = "{Path(name).stem}"\ntitle = "T"\nminutes = 5\nobjectives = ["o"]\n' for name in names
    )
    (course / "course.toml").write_text("\n".join(entries), encoding="utf-8")


def write(path: Path, *cells: str) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(cells[0]), *map(nbformat.v4.new_code_cell, cells[1:] or ["1"])]
    )
    nbformat.write(notebook, path)


def text(path: Path) -> str:
    return nbformat.read(path, as_version=4).cells[0].source


def test_a_first_opening_copies_every_module_and_names_the_first_page(course: Path, mine: Path) -> None:
    prepared = folder.prepare(mine)
    assert sorted(path.name for path in mine.glob("*.ipynb")) == ALL
    assert prepared == folder.Prepared(mine, "00_start_here.ipynb", ())


def test_the_copies_are_trusted_and_a_strangers_notebook_is_not(course: Path, mine: Path) -> None:
    folder.prepare(mine)
    write(mine / "stranger.ipynb", "# A stranger")
    with NotebookNotary() as notary:
        trusted = {path.name: notary.check_signature(nbformat.read(path, 4)) for path in mine.glob("*.ipynb")}
    assert trusted == {**dict.fromkeys(ALL, True), "stranger.ipynb": False}


def test_opening_again_keeps_answers_and_every_other_file(course: Path, mine: Path) -> None:
    folder.prepare(mine)
    for name in ("answers.json", "answers.backup.json", "my notes.txt"):
        (mine / name).write_text(f"mine: {name}", encoding="utf-8")
    folder.prepare(mine)
    for name in ("answers.json", "answers.backup.json", "my notes.txt"):
        assert (mine / name).read_text(encoding="utf-8") == f"mine: {name}"


def test_a_new_version_adds_modules_and_renews_those_that_the_learner_left_as_they_were(
    course: Path, mine: Path
) -> None:
    folder.prepare(mine)
    order(course, *ALL, "02_second.ipynb")
    write(course / "modules" / "01_first.ipynb", "# second version")
    write(course / "modules" / "02_second.ipynb", "# new")
    prepared = folder.prepare(mine)
    assert [text(mine / name) for name in ("01_first.ipynb", "02_second.ipynb")] == ["# second version", "# new"]
    assert prepared.notes == ()


def test_results_saved_by_jupyter_are_no_change_of_the_learners(course: Path, mine: Path) -> None:
    folder.prepare(mine)
    run = nbformat.read(mine / "01_first.ipynb", as_version=4)
    run.cells[1].outputs = [nbformat.v4.new_output("stream", text="old result")]
    run.cells[1].execution_count = 7
    run.metadata["language_info"] = {"name": "python", "version": "3.12"}
    nbformat.write(run, mine / "01_first.ipynb")
    write(course / "modules" / "01_first.ipynb", "# second version")
    assert folder.prepare(mine).notes == ()
    assert text(mine / "01_first.ipynb") == "# second version"


def test_old_results_do_not_greet_the_learner_again(course: Path, mine: Path) -> None:
    folder.prepare(mine)
    run = nbformat.read(mine / "01_first.ipynb", as_version=4)
    run.cells[1].outputs = [nbformat.v4.new_output("stream", text="old result")]
    nbformat.write(run, mine / "01_first.ipynb")
    folder.prepare(mine)
    assert (mine / "01_first.ipynb").read_bytes() == (course / "modules" / "01_first.ipynb").read_bytes()


def test_a_notebook_with_the_learners_own_words_stays_and_a_note_says_so(course: Path, mine: Path) -> None:
    folder.prepare(mine)
    write(mine / "01_first.ipynb", "# first version, and my own notes")
    for version in ("# second version", "# third version"):
        write(course / "modules" / "01_first.ipynb", version)
        prepared = folder.prepare(mine)
        assert text(mine / "01_first.ipynb") == "# first version, and my own notes"
        assert len(prepared.notes) == 1
        assert "01_first.ipynb holds changes of your own" in prepared.notes[0]


def test_a_learner_who_takes_the_changes_back_gets_new_versions_again(course: Path, mine: Path) -> None:
    folder.prepare(mine)
    original = (mine / "01_first.ipynb").read_bytes()
    write(mine / "01_first.ipynb", "# mine")
    folder.prepare(mine)
    (mine / "01_first.ipynb").write_bytes(original)
    write(course / "modules" / "01_first.ipynb", "# second version")
    folder.prepare(mine)
    assert text(mine / "01_first.ipynb") == "# second version"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"cells": [{}]}', b"\xff\xfe\x00"])
def test_a_damaged_notebook_is_set_aside_and_replaced(course: Path, mine: Path, damage: bytes) -> None:
    folder.prepare(mine)
    for number in (1, 2):
        (mine / "01_first.ipynb").write_bytes(damage)
        prepared = folder.prepare(mine)
        assert (mine / f"01_first (damaged {number}).ipynb").read_bytes() == damage
        assert text(mine / "01_first.ipynb") == "# 01_first.ipynb, first version"
        assert f"01_first (damaged {number}).ipynb" in prepared.notes[0]


@pytest.mark.parametrize("damage", [b"", b"{", b"[1, 2]", b'{"notebooks": 3}', b"\xff\xfe\x00"])
def test_a_damaged_record_loses_nothing(course: Path, mine: Path, damage: bytes) -> None:
    folder.prepare(mine)
    write(mine / "01_first.ipynb", "# mine")
    (mine / folder.RECORD).write_bytes(damage)
    folder.prepare(mine)
    assert text(mine / "01_first.ipynb") == "# mine"
    assert json.loads((mine / folder.RECORD).read_bytes())["notebooks"].keys() == {"00_start_here.ipynb"}


def test_a_file_in_the_folders_place_is_named(course: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    for place in (tmp_path / "taken", tmp_path / "taken" / "deeper"):
        with pytest.raises(CourseError, match="is a file, not a folder"):
            folder.prepare(place)


def test_the_courses_own_folder_is_refused(course: Path) -> None:
    with pytest.raises(CourseError, match="belongs to the course itself"):
        folder.prepare(course / "modules")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_folder_that_cannot_be_written_is_named(course: Path, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.mkdir(parents=True)
    mine.chmod(0o500)
    if os.access(mine, os.W_OK):  # as root, permissions forbid nothing
        monkeypatch.setattr(folder, "_write", raising(errno.EACCES))
    with pytest.raises(CourseError, match="Nothing can be saved in"):
        folder.prepare(mine)


def test_a_full_disk_leaves_every_notebook_whole(course: Path, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.prepare(mine)
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    write(course / "modules" / "01_first.ipynb", "# second version")
    monkeypatch.setattr(folder.os, "fsync", raising(errno.ENOSPC))
    with pytest.raises(CourseError, match=r"No space left .*Free some space"):
        folder.prepare(mine)
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == before


def raising(number: int):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    return fail

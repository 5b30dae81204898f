"""Start asks no question in an assignment as it was released, and asks in anything that somebody added to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from iep_training import content
from iep_training.learn import trust

SOURCE = content.course_folder().parent / "exercises" / "source"
NAME = "01_first_look"
CALL = 'from iep_training import practice\npractice("g02-1")'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch) -> Path:
    """A working folder that holds one assignment as it was released; trust given here stays here."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    folder = tmp_path / "iep-training"
    shutil.copytree(SOURCE / NAME, folder / NAME)
    return folder


def _is_trusted(desk: Path, name: str = NAME) -> bool:
    trust.sign_assignments(desk)
    path = next((desk / name).rglob("*.ipynb"))
    with NotebookNotary() as notary:
        return bool(notary.check_signature(nbformat.read(path, as_version=4)))


def _change(desk: Path, change: Callable[[list[dict[str, Any]]], Any]) -> None:
    path = desk / NAME / f"{NAME}.ipynb"
    tree = json.loads(path.read_text(encoding="utf-8"))
    change(tree["cells"])
    path.write_text(json.dumps(tree), encoding="utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in SOURCE.iterdir()))
def test_every_released_assignment_is_trusted(desk: Path, name: str) -> None:
    shutil.copytree(SOURCE / name, desk / "download" / name)
    assert _is_trusted(desk, f"download/{name}")


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        f"{CALL}\nimport os",
        f"import os\n{CALL}",
        f"# a comment\rimport os\n{CALL}",
        'from iep_training import practice; practice("g02-1"); import os',
        'from iep_training import practice\npractice("g02-1\rimport os")',
        "%run other.py",
        "!date",
    ],
)
def test_code_of_anybody_elses_is_not_trusted(desk: Path, source: str) -> None:
    code = {"cell_type": "code", "id": "x", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
    _change(desk, lambda cells: cells.append(code))
    assert not _is_trusted(desk)


@pytest.mark.parametrize(
    "source",
    ["<script>alert(1)</script>", '<button data-commandlinker-command="filebrowser:delete">Start</button>', "<!-- -->"],
)
def test_words_that_are_more_than_words_are_not_trusted(desk: Path, source: str) -> None:
    _change(desk, lambda cells: cells.append({"cell_type": "markdown", "id": "x", "metadata": {}, "source": source}))
    assert not _is_trusted(desk)


def test_saved_results_are_not_trusted(desk: Path) -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>alert(1)</script>"}}
    _change(desk, lambda cells: [cell["outputs"].append(output) for cell in cells if cell["cell_type"] == "code"])
    assert not _is_trusted(desk)


def test_saved_widgets_are_not_trusted(desk: Path) -> None:
    path = desk / NAME / f"{NAME}.ipynb"
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2}}
    path.write_text(json.dumps(tree), encoding="utf-8")
    assert not _is_trusted(desk)


@pytest.mark.parametrize("name", ["iep_training.py", "ipywidgets/__init__.py", "json.pyc"])
def test_a_program_beside_the_page_keeps_it_from_being_trusted(desk: Path, name: str) -> None:
    path = desk / NAME / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    assert not _is_trusted(desk)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"cells": [1]}', b"\xff", b"[" * 100_000])
def test_what_is_no_notebook_is_left_alone(desk: Path, data: bytes) -> None:
    (desk / NAME / "other.ipynb").write_bytes(data)
    trust.sign_assignments(desk)
    assert not trust.is_ours(data)


def test_a_notebook_that_cannot_be_read_stops_nothing(desk: Path, monkeypatch) -> None:
    (desk / "aa").mkdir()
    shutil.copy(desk / NAME / f"{NAME}.ipynb", desk / "aa" / "locked.ipynb")
    read = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "locked.ipynb":
            raise PermissionError(13, "locked")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert _is_trusted(desk)


def test_the_learners_own_notebook_is_left_to_the_learner(desk: Path) -> None:
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    (desk / "mine").mkdir()
    nbformat.write(own, desk / "mine" / "own.ipynb")
    assert not _is_trusted(desk, "mine")

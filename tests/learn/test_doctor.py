"""`iep-training doctor`: one line for each thing the course needs, and what to do where something is amiss."""

from __future__ import annotations

import errno
import importlib
import json
import os
import shutil
import socket
import sys
import webbrowser
from collections import namedtuple
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import jupyter_client.manager
import jupyter_core.paths
import pytest

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.cli import main
from iep_training.learn import doctor

Break = Callable[[pytest.MonkeyPatch, Path], None]
NAMES = [
    "Python",
    "Packages",
    "The course",
    "Working folder",
    "Your answers",
    "Pages",
    "Practice",
    "Address",
    "Browser",
]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder on a machine where nothing is amiss; the kernel is only pretended."""
    installed = tmp_path / "labextensions" / "iep-training" / "static"
    shutil.copytree(doctor.OWN_PAGE, installed)
    monkeypatch.setattr(jupyter_core.paths, "jupyter_path", lambda *_: [str(tmp_path / "labextensions")])
    monkeypatch.setattr(webbrowser, "get", lambda: None)
    monkeypatch.setattr(doctor, "running", lambda _: None)
    monkeypatch.setattr(jupyter_client.manager, "start_new_kernel", lambda **_: (Kernel(), Kernel()))
    return tmp_path / "iep-training"


class Kernel:
    """A kernel that runs whatever it is asked to, at once."""

    def execute_interactive(self, *_, **__):
        return {"content": {"status": "ok"}}

    def stop_channels(self) -> None: ...

    def shutdown_kernel(self, now: bool) -> None: ...


def raising(error: Exception):
    def fail(*_, **__):
        raise error

    return fail


def looks(folder: Path) -> dict[str, doctor.Look]:
    return {look.name: look for look in doctor.look_over(folder)}


def test_where_nothing_is_amiss_every_line_says_fine(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    AnswerStore(mine.parent).save("a", "x")
    assert main(["doctor", "--folder", str(mine.parent), "--format", "json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["name"] for row in rows] == NAMES
    assert all(row["fine"] for row in rows)
    assert next(row["words"] for row in rows if row["name"] == "Your answers") == "1 saved"


def test_looking_leaves_nothing_behind(mine: Path) -> None:
    before = sorted(mine.parent.iterdir())
    looks(mine)
    assert sorted(mine.parent.iterdir()) == before


def test_a_table_says_what_to_do(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "get", raising(webbrowser.Error()))
    assert main(["doctor", "--folder", str(mine)]) == 1
    out = capsys.readouterr().out
    assert out.count("fine") == len(NAMES) - 1
    assert "look here" in out
    assert "--no-browser" in out


@pytest.mark.server
def test_a_real_kernel_starts() -> None:
    assert doctor._practice() == "The practice starts"


# --- what may be amiss ----------------------------------------------------------------------------------


def old_python(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))


def package_missing(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(metadata, "version", raising(metadata.PackageNotFoundError("anywidget")))


def package_old(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "0.1" if name == "nbgrader" else "99")


def package_broken(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    known = importlib.import_module
    broken = raising(ImportError("DLL load failed"))
    monkeypatch.setattr(importlib, "import_module", lambda name: (broken if name == "pandas" else known)(name))


def module_missing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    course = folder.parent / "course"
    shutil.copytree(content.course_folder(), course)
    (course / "modules" / "05_recognizing_growth.ipynb").unlink()
    monkeypatch.setattr(content, "course_folder", lambda: course)


def read_only(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(os, "fsync", raising(OSError(errno.EROFS, os.strerror(errno.EROFS))))


def a_file_in_its_place(_: pytest.MonkeyPatch, folder: Path) -> None:
    folder.write_text("mine", encoding="utf-8")


def disk_full(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 12_000_000))


def answers_damaged(_: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir()
    AnswerStore(folder).save("a", "one")
    AnswerStore(folder).save("a", "two")
    (folder / "answers.json").write_bytes(b'{"version": 1, "ans')


def answers_damaged_without_a_copy(_: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir()
    (folder / "answers.json").write_bytes(b"")


def answers_of_a_newer_course(_: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir()
    (folder / "answers.json").write_text('{"version": 9, "answers": {}}', encoding="utf-8")


def page_missing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(jupyter_core.paths, "jupyter_path", lambda *_: [str(folder / "nowhere")])


def page_old(_: pytest.MonkeyPatch, folder: Path) -> None:
    (folder.parent / "labextensions" / "iep-training" / "static" / "page.css").write_text("", encoding="utf-8")


def kernel_dead(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(jupyter_client.manager, "start_new_kernel", raising(RuntimeError("Kernel died")))


def kernel_of_another_python(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    reply = {"content": {"status": "error", "evalue": "No module named 'iep_training'"}}
    monkeypatch.setattr(Kernel, "execute_interactive", lambda *_, **__: reply)


def no_browser(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(webbrowser, "get", raising(webbrowser.Error("could not locate runnable browser")))


@pytest.mark.parametrize(
    ("amiss", "name", "words"),
    [
        (old_python, "Python", "This is Python 3.9.2, and the course needs"),
        (package_missing, "Packages", "anywidget is missing"),
        (package_old, "Packages", "nbgrader is 0.1, and >=0.9.6 is needed"),
        (package_broken, "Packages", "pandas does not start (DLL load failed)"),
        (module_missing, "The course", "05_recognizing_growth.ipynb can't be found"),
        (read_only, "Working folder", "Choose another place with --folder"),
        (a_file_in_its_place, "Working folder", "is a file, not a folder"),
        (disk_full, "Working folder", "Only 12 MB are free"),
        (answers_damaged, "Your answers", "your answers from before the last save are shown"),
        (answers_damaged_without_a_copy, "Your answers", "an empty page is shown"),
        (answers_of_a_newer_course, "Your answers", "Update the course"),
        (page_missing, "Pages", "is not in place"),
        (page_old, "Pages", "is of another version (page.css in"),
        (kernel_dead, "Practice", "could not be looked at (RuntimeError: Kernel died)"),
        (kernel_of_another_python, "Practice", "with another Python"),
        (no_browser, "Browser", "--no-browser"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_amiss_is_said_on_one_line_and_the_rest_is_still_looked_at(
    mine: Path, monkeypatch: pytest.MonkeyPatch, amiss: Break, name: str, words: str
) -> None:
    amiss(monkeypatch, mine)
    found = looks(mine)
    assert list(found) == NAMES
    assert {one for one, look in found.items() if not look.fine} == {name}
    assert words in found[name].words


def test_when_no_port_is_free_it_says_so(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(doctor, "USUAL_PORT", taken.getsockname()[1])
        monkeypatch.setattr(doctor, "PORTS_TO_TRY", 1)
        assert "is free. Restart" in looks(mine)["Address"].words


def test_a_course_that_is_open_needs_no_port(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "running", lambda _: {"url": "http://127.0.0.1:8888/"})
    assert looks(mine)["Address"] == doctor.Look(
        "Address", True, "The course is open already, at http://127.0.0.1:8888/"
    )

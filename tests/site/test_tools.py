"""Bringing the tools: what is missing is said in one line, and nothing but the pinned thing is ever used."""

import hashlib
import sys

import pytest

from iep_training.cli import main
from iep_training.model import CourseError
from iep_training.site import build, tools

PINS = {"version": "1.2.3", "sha256": hashlib.sha256(b"the right file").hexdigest()}


def test_without_npm_one_line_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(tools.shutil, "which", lambda name: None)
    with pytest.raises(CourseError, match=r"npm is not installed.*--pyodide pyodide-1\.2\.3\.tgz") as caught:
        tools._pyodide(tmp_path, PINS, None)
    assert "\n" not in str(caught.value)


def test_a_file_with_other_content_is_refused_and_a_downloaded_one_removed(tmp_path):
    given = tmp_path / "mine.tgz"
    given.write_bytes(b"something else")
    with pytest.raises(CourseError, match=r"is not Pyodide 1\.2\.3 as pinned"):
        tools._pyodide(tmp_path, PINS, given)
    assert given.exists()
    kept = tmp_path / "pyodide-1.2.3.tgz"
    kept.write_bytes(b"cut off")
    with pytest.raises(CourseError, match="Bring it anew"):
        tools._pyodide(tmp_path, PINS, None)
    assert not kept.exists()


def test_the_right_file_is_taken_from_the_cache(tmp_path):
    kept = tmp_path / "pyodide-1.2.3.tgz"
    kept.write_bytes(b"the right file")
    assert tools._pyodide(tmp_path, PINS, None) == kept


def test_a_failing_program_is_quoted_in_one_line_and_recorded(tmp_path):
    record = tmp_path / "record.log"
    program = "print('a'); print('ERROR: no such version'); print('bye'); raise SystemExit(1)"
    with pytest.raises(CourseError) as caught:
        tools.run([sys.executable, "-c", program], "It could not be built", record)
    assert str(caught.value) == f"It could not be built: ERROR: no such version. All that was said is in {record}"
    assert "bye" in record.read_text()
    assert tools.last_word("a\n error: two\n   belong to it\n no more\n") == "error: two belong to it"
    assert tools.last_word("first\nlast.\n") == "last"
    with pytest.raises(CourseError, match="nowhere does not start"):
        tools.run(["/nowhere"], "It could not be built")


@pytest.mark.parametrize(
    ("folder", "said"), [("a_file", "is a file"), ("someones", "holds other files"), ("mine", "There is no file")]
)
def test_the_command_leaves_other_peoples_folders_alone(tmp_path, capsys, folder, said):
    (tmp_path / "a_file").write_text("x")
    (tmp_path / "someones").mkdir()
    (tmp_path / "someones" / "photo.jpg").write_text("x")
    (tmp_path / "mine").mkdir()
    code = main(["site", str(tmp_path / folder), "--pyodide", str(tmp_path / "none.tgz"), "--python", "/nowhere"])
    said_on_error = capsys.readouterr().err
    assert code == 2
    assert said_on_error.count("\n") == 1
    assert said in said_on_error
    assert (tmp_path / "someones" / "photo.jpg").exists()


def test_a_site_that_fails_leaves_the_last_good_one_in_place(tmp_path, monkeypatch):
    good = tmp_path / "site"
    good.mkdir()
    (good / build.__globals__["MARK"]).write_text("x")
    (good / "index.html").write_text("good")

    def fail(*_):
        raise CourseError("no")

    monkeypatch.setattr(tools, "bring", fail)
    with pytest.raises(CourseError):
        build(good, tell=lambda _: None)
    assert (good / "index.html").read_text() == "good"

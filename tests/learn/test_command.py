"""The command itself: trouble a person can mend is one plain line, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_training.cli import main


@pytest.fixture(autouse=True)
def jupyter_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


def test_a_folder_that_is_a_file_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    assert main(["learn", "--no-browser", "--folder", str(tmp_path / "taken")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "is a file, not a folder" in said.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_debug_shows_the_details(tmp_path: Path) -> None:
    from iep_training.model import CourseError

    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(CourseError):
        main(["learn", "--debug", "--no-browser", "--folder", str(tmp_path / "taken")])

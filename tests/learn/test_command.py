"""The command itself: trouble a person can mend is one plain line, never a traceback."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest
from sitting import COMMAND, environment

from iep_training.cli import main, parser

COMMANDS = next(action.choices for action in parser()._actions if action.dest == "command")


@pytest.fixture(autouse=True)
def jupyter_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


def test_a_folder_that_is_a_file_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    assert main(["learn", "--no-browser", "--folder", str(tmp_path / "taken")]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("Opening the course.")
    assert said.err.count("\n") == 1
    assert "is a file, not a folder" in said.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("port", ["0", "99999"])
def test_what_is_no_port_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    assert main(["learn", "--no-browser", "--folder", str(tmp_path / "mine"), "--port", port]) == 2
    assert capsys.readouterr().err == f"iep-training: {port} is no port: a port is a number from 1 to 65535\n"


@pytest.mark.server
def test_a_port_that_another_program_holds_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [COMMAND, "learn", "--no-browser", "--port", port]
        done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"Port {port} can't be used: most likely another program holds it" in done.stderr
    assert "http://" not in done.stdout


def test_debug_shows_the_details(tmp_path: Path) -> None:
    from iep_training.model import CourseError

    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(CourseError):
        main(["learn", "--debug", "--no-browser", "--folder", str(tmp_path / "taken")])


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_takes_debug(command: str) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--debug", "--help"])
    assert end.value.code == 0


def test_what_nobody_foresaw_is_one_line_and_debug_shows_the_details(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("iep_training.check.look_over", fail)
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "something unexpected happened (ZeroDivisionError: division by zero)" in said.err
    assert "iep-training check --debug" in said.err
    with pytest.raises(ZeroDivisionError):
        main(["check", "--debug"])

"""Nothing leaves the machine: the whole course runs where no program of it may reach any other computer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect
from sitting import Sitting, learn

pytestmark = [pytest.mark.browser, pytest.mark.server]

READY = "Practice is ready."
HERE = {"127.0.0.1", "::1"}

# Python runs this file in every program that is started, the server and each kernel. A name is never looked up, and
# whoever tries to reach another computer is refused and written down.
GUARD = f"""
import os, sys

HERE = {HERE | {"localhost", "", None}!r}
NOTES = os.environ["GUARD_NOTES"]

def note(words):
    with open(NOTES, "a", encoding="utf-8") as file:
        print(words, file=file)

def guard(event, details):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        place = details[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        place = details[:1]
    else:
        return
    if isinstance(place, tuple) and place and place[0] not in HERE:
        note(f"refused {{event}} {{place}}")
        raise OSError(101, "no way out")

note(f"guarded {{os.getpid()}}")
sys.addaudithook(guard)
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Guards every Python started from here; returns the file in which it notes what it guards and refuses."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "guard"))
    monkeypatch.setenv("GUARD_NOTES", str(tmp_path / "notes.txt"))
    return tmp_path / "notes.txt"


@pytest.fixture
def guarded(notes: Path, tmp_path: Path) -> Iterator[Sitting]:
    with learn(tmp_path / "home") as sitting:
        yield sitting


def test_the_guard_stops_whoever_tries(notes: Path) -> None:
    attempts = "import socket\nfor reach in (lambda: socket.create_connection(('192.0.2.1', 80), 1),"
    attempts += " lambda: socket.gethostbyname('example.org')):\n try: reach()\n except OSError as e: print(e.errno)"
    run = subprocess.run([sys.executable, "-c", attempts], capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout.split() == ["101", "101"]
    assert notes.read_text(encoding="utf-8").count("refused") == 2


def test_a_sitting_asks_no_other_computer(guarded: Sitting, notes: Path, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.on("websocket", lambda socket: asked.add(socket.url))

    def module(name: str) -> None:
        page.goto(guarded.page(name))
        expect(page.get_by_text(READY)).to_be_visible(timeout=60_000)

    module("00_start_here")
    module("02_no_cant_in_ieps")
    practice = page.get_by_role("region", name="First turns")
    practice.get_by_label("Your version").fill("With a card, Maya Johnson shares her ideas in a small group.")
    expect(practice.get_by_text("“Maya Johnson” looks like a full name.")).to_be_visible()
    practice.get_by_role("button", name="Check").click()
    expect(practice.locator(".practice-feedback")).to_be_visible()

    module("05_recognizing_growth")
    page.get_by_text("What should the data look like?", exact=True).click()
    page.get_by_role("button", name="Try it with an example class").click()
    page.get_by_role("button", name="Save the summary").click()
    expect(page.get_by_role("link", name="Download the table")).to_be_visible()

    module("10_capstone")
    expect(page.get_by_role("region", name="My IEP draft")).to_be_visible()

    programs = [psutil.Process(guarded.process.pid), *psutil.Process(guarded.process.pid).children(recursive=True)]
    ends = [end for one in programs for line in one.net_connections() for end in (line.laddr, line.raddr) if end]
    assert {end.ip for end in ends} <= HERE
    said = notes.read_text(encoding="utf-8").splitlines()
    assert {f"guarded {one.pid}" for one in programs} <= set(said), "the server and every kernel were guarded"
    assert len(programs) >= 4
    assert [line for line in said if line.startswith("refused")] == []
    assert {address for address in asked if f"//{guarded.server}/" not in address} <= {"data:", "blob:"}

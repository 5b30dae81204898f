"""Look over an installation before a learner has to: each look says in plain words what is fine or what to do."""

from __future__ import annotations

import importlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from iep_training import content
from iep_training.answers import AnswerStore, parse
from iep_training.learn.server import PORTS_TO_TRY, USUAL_PORT, prefer_own_jupyter, running
from iep_training.model import CourseError

PROJECT = "iep-training"
# The course, its answers and what Jupyter keeps beside them stay far below this.
ROOM_NEEDED = 100_000_000  # bytes
KERNEL_SECONDS = 60
INSTALL_AGAIN = "Install the course again, the way you did before (the README has each way)"
OWN_PAGE = Path(__file__).parents[1] / "labextension" / "static"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at: whether it is `fine`, and `words` on what was found or what to do."""

    name: str
    fine: bool
    words: str


def look_over(folder: Path) -> Iterator[Look]:
    """Look at everything that `iep-training learn` needs in order to open the course in this working folder."""
    folder = folder.expanduser().resolve()
    looks: dict[str, Callable[[], str]] = {
        "Python": _python,
        "Packages": _packages,
        "The course": _course,
        "Working folder": lambda: _working_folder(folder),
        "Your answers": lambda: _answers(folder),
        "Pages": _pages,
        "Practice": _practice,
        "Address": lambda: _address(folder),
        "Browser": _browser,
    }
    for name, look in looks.items():
        try:
            yield Look(name, True, look())
        except CourseError as error:
            yield Look(name, False, str(error))
        except Exception as error:
            words = f"This could not be looked at ({type(error).__name__}: {error}). {INSTALL_AGAIN}"
            yield Look(name, False, words)


# Each look returns what is fine, or raises CourseError with what to do.


def _python() -> str:
    from packaging.specifiers import SpecifierSet

    have = ".".join(map(str, sys.version_info[:3]))
    asked = metadata.metadata(PROJECT)["Requires-Python"]
    if not SpecifierSet(asked).contains(have):
        raise CourseError(
            f"This is Python {have}, and the course needs {asked}. Get one that fits from python.org, "
            "then install the course again with it"
        )
    return f"Python {have}"


def _packages() -> str:
    from packaging.requirements import Requirement

    asked = [Requirement(line) for line in metadata.requires(PROJECT) or ()]
    modules = {package: module for module, owners in metadata.packages_distributions().items() for package in owners}
    wrong = [words for one in asked if (words := _wrong_with(one, modules))]
    if wrong:
        raise CourseError(f"{'; '.join(wrong)}. {INSTALL_AGAIN}")
    return f"All {len(asked)} packages are there and new enough"


def _wrong_with(asked: Any, modules: dict[str, str]) -> str:
    try:
        have = metadata.version(asked.name)
    except metadata.PackageNotFoundError:
        return f"{asked.name} is missing"
    if not asked.specifier.contains(have, prereleases=True):
        return f"{asked.name} is {have}, and {asked.specifier} is needed"
    try:
        importlib.import_module(modules[asked.name])
    except Exception as error:
        return f"{asked.name} does not start ({error})"
    return ""


def _course() -> str:
    modules = content.modules()
    place = content.course_folder()
    missing = [one.notebook for one in modules if not (place / "modules" / one.notebook).is_file()]
    if missing:
        raise CourseError(f"{', '.join(missing)} can't be found in {place}. {INSTALL_AGAIN}")
    practice = sum(len(one.activities) for path in content.activity_files() for one in content.load_sets(path))
    return f"{len(modules)} modules with {practice} activities"


def _working_folder(folder: Path) -> str:
    there = folder
    while not there.exists():
        there = there.parent
    if not there.is_dir():
        raise CourseError(f"{there} is a file, not a folder. Choose another place with --folder")
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"a few words")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CourseError(
            f"Nothing can be saved in {there} ({error.strerror}). Choose another place with --folder"
        ) from None
    room = shutil.disk_usage(there).free
    if room < ROOM_NEEDED:
        raise CourseError(
            f"Only {room // 1_000_000} MB are free where {folder} lies. Make some room (empty the trash, say), "
            "or choose another place with --folder"
        )
    kept = "Your work is kept" if folder.exists() else "Your work will be kept"
    return f"{kept} in {folder}, where {room / 1e9:.1f} GB are free"


def _answers(folder: Path) -> str:
    path = folder / "answers.json"
    if not path.exists():
        return "No answers yet"
    answers = parse(path.read_bytes())
    if answers is None:
        shown = "your answers from before the last save are" if AnswerStore(folder).read() else "an empty page is"
        raise CourseError(
            f"{path} is damaged. Open the course: {shown} shown. At the next save the damaged file is set aside, "
            "and not thrown away"
        )
    return f"{len(answers)} saved"


def _pages() -> str:
    from jupyter_core.paths import jupyter_path

    installed = [Path(place) / PROJECT / "static" for place in jupyter_path("labextensions")]
    first = next((place for place in installed if place.is_dir()), None)
    if first is None:
        raise CourseError(f"What makes a module look like a page is not in place. {INSTALL_AGAIN}")
    old = [own.name for own in OWN_PAGE.iterdir() if not _same(own, first / own.name)]
    if old:
        raise CourseError(
            f"What makes a module look like a page is of another version ({', '.join(sorted(old))} in {first}). "
            f"{INSTALL_AGAIN}; in a download of the project: python3 -m uv sync --reinstall-package {PROJECT}"
        )
    return "Modules open as pages"


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _practice() -> str:
    from jupyter_client.manager import start_new_kernel

    prefer_own_jupyter()
    manager, client = start_new_kernel(startup_timeout=KERNEL_SECONDS, stderr=subprocess.DEVNULL)
    try:
        reply = client.execute_interactive(
            "from iep_training import practice; practice", timeout=KERNEL_SECONDS, output_hook=lambda _: None
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if reply["content"]["status"] != "ok":
        raise CourseError(
            f"The practice starts, but with another Python than this one ({reply['content'].get('evalue', '')}). "
            f"{INSTALL_AGAIN}"
        )
    return "The practice starts"


def _address(folder: Path) -> str:
    open_already = running(folder)
    if open_already:
        return f"The course is open already, at {open_already['url']}"
    for port in range(USUAL_PORT, USUAL_PORT + PORTS_TO_TRY):
        with socket.socket() as here:
            try:
                here.bind(("127.0.0.1", port))
            except OSError:
                continue
            return f"Port {port} of this computer is free for the course"
    raise CourseError(
        f"No port from {USUAL_PORT} to {USUAL_PORT + PORTS_TO_TRY - 1} is free. Restart the computer; if that does not "
        "help, ask whoever looks after it whether programs may open pages on this computer (127.0.0.1)"
    )


def _browser() -> str:
    try:
        webbrowser.get()
    except webbrowser.Error:
        raise CourseError(
            "No browser was found to open by itself. Type iep-training learn --no-browser, and open the address "
            "it prints in any browser of this computer"
        ) from None
    return "A browser will open by itself"

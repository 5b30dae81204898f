"""The learner's working folder: a copy of the course's modules, with answers.json beside them.

The rules, so that nothing a learner wrote is ever lost:

- The course never touches answers.json, or any file it did not put there.
- A notebook the learner has not changed is renewed at every opening. So a new course version arrives by itself, and
  what an earlier sitting left on the page never greets the learner as a broken box.
- A notebook with changes of the learner's own stays exactly as it is, and a note says so.
- A notebook that can't be read any more is set aside under another name, and a fresh copy takes its place.

"Changed" is about what a notebook says (its cells' kind and text), not about results that Jupyter saves in it. The
file `.iep-training.json` remembers the fingerprint of each notebook as the course last put it there.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iep_training import __version__, content
from iep_training.learn import trust
from iep_training.model import CourseError

RECORD = ".iep-training.json"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A working folder ready to open: where it is, its first page, and notes the learner should read."""

    folder: Path
    start_page: str
    notes: tuple[str, ...]


def prepare(folder: Path) -> Prepared:
    """Make or resume the working folder. Raises CourseError when it can't be written."""
    folder = folder.expanduser().resolve()
    course = content.course_folder().resolve()
    if folder.is_relative_to(course):
        raise CourseError(f"{folder} belongs to the course itself. Choose another folder to work in")
    notebooks = [course / "modules" / module.notebook for module in content.modules()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        notes = _renew(folder, notebooks)
        trust.sign_assignments(folder)
    except (FileExistsError, NotADirectoryError):
        raise CourseError(f"{folder} is a file, not a folder. Choose another place with --folder") from None
    except PermissionError:
        raise CourseError(f"Nothing can be saved in {folder}. Choose another place with --folder") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise CourseError(
            f"The course could not be copied to {folder} ({reason}). "
            "Free some space or choose another place with --folder, then try again. Your answers are untouched"
        ) from None
    return Prepared(folder, notebooks[0].name, tuple(notes))


def _renew(folder: Path, notebooks: list[Path]) -> list[str]:
    notes = []
    placed = _read_record(folder / RECORD)
    for original in notebooks:
        mine, fresh = folder / original.name, original.read_bytes()
        found = mine.read_bytes() if mine.exists() else None
        if found is not None and fingerprint(found) is None:
            aside = _free_name(mine)
            mine.replace(aside)
            found = None
            notes.append(f"{mine.name} could not be read. It was set aside as {aside.name}; here is a fresh copy.")
        if found is not None and fingerprint(found) not in (placed.get(mine.name), fingerprint(fresh)):
            notes.append(
                f"{mine.name} holds changes of your own, so it was left as it is. "
                "For the course's copy, rename yours and open the course again."
            )
            continue
        if found != fresh:
            _write(mine, fresh)
        trust.sign(fresh)
        placed[mine.name] = fingerprint(fresh)
    record = {"version": __version__, "notebooks": placed}
    _write(folder / RECORD, json.dumps(record, indent=1).encode())
    return notes


def fingerprint(notebook: bytes) -> str | None:
    """What tells two versions of a notebook apart: its cells' kind and text. None when it is no notebook."""
    try:
        tree: Any = json.loads(notebook)
        # Jupyter may save a cell's text as one string or as a list of lines.
        cells = [[cell["cell_type"], "".join(cell["source"])] for cell in tree["cells"]]
    except (ValueError, KeyError, TypeError):
        return None
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def _read_record(path: Path) -> dict[str, str | None]:
    # Without a readable record, a notebook that differs from the course's counts as the learner's own.
    with suppress(OSError, ValueError, KeyError, TypeError):
        return dict(json.loads(path.read_bytes())["notebooks"])
    return {}


def _free_name(path: Path) -> Path:
    number = 1
    while (free := path.with_name(f"{path.stem} (damaged {number}){path.suffix}")).exists():
        number += 1
    return free


def _write(path: Path, data: bytes) -> None:
    """Write the file whole or not at all: a full disk or a pulled plug never leaves half a notebook."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".iep-training-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise

"""Keep in a submission only what grading needs, and set the rest aside where an instructor can look at it.

Set aside means: moved to quarantine/STUDENT/ASSIGNMENT/, with a line in WHY.txt there. Links, pipes and devices are
not moved but removed, since even to look at them is a risk; their line says where they pointed.
"""

from __future__ import annotations

import json
import logging
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from iep_training.grading.course import find_course
from iep_training.grading.submission import ANSWERS, read_bounded

FOLDER = "quarantine"
WHY = "WHY.txt"
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
LARGEST = {ANSWERS: 5_000_000, TIMESTAMP: 200, SECRET: 200}
LARGEST_NOTEBOOK = 10_000_000
# What the course itself leaves in a learner's folder. It is set aside without a word.
USUAL = ("answers.backup.json", ".answers.lock", ".ipynb_checkpoints", "answers.damaged-*.json", ".DS_Store")


def before_autograde(*, notebooks: list[str], **_: Any) -> None:
    """What nbgrader calls before it grades a submission; afterwards the submitted folder is safe to copy.

    nbgrader goes on when this hook fails, so a failure here takes the notebooks away from it: this submission is
    then reported as not graded, and the others go on.
    """
    log = logging.getLogger("NbGraderApp")
    for folder in {Path(notebook).parent for notebook in notebooks}:
        try:
            for line in tidy(folder):
                log.warning("%s: %s", folder.parent.name, line)
        except Exception:
            notebooks.clear()
            raise


def tidy(folder: Path) -> list[str]:
    """Set aside everything unexpected in submitted/STUDENT/ASSIGNMENT; returns a line for whatever was odd.

    A notebook that can't be read is replaced by the released one: the answers don't depend on it.
    """
    course = find_course(folder.parent)
    if course is None or folder.is_symlink() or folder.parent.is_symlink():
        raise OSError(f"{folder} is not a folder of submitted work")
    assignment = folder.name
    source = course / "source" / assignment
    aside = course / FOLDER / folder.parent.name / assignment
    notes = []
    for path, reason in list(_unexpected(folder, source)):
        line = _set_aside(path, reason, aside, folder)
        if reason:
            notes.append(line)
    for original in source.glob("*.ipynb"):
        if not (folder / original.name).exists():
            shutil.copyfile(original, folder / original.name)
            notes.append(f"{original.name} was missing or could not be read; the released one stands in its place")
    return notes


def _unexpected(folder: Path, source: Path) -> Iterator[tuple[Path, str]]:
    """What doesn't belong in a submission, and why; "" for what the course itself leaves behind."""
    for path in sorted(folder.iterdir()):
        name = path.name
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            yield path, f"a link to {path.readlink()}"
        elif stat.S_ISDIR(mode):
            usual = any(path.match(pattern) for pattern in USUAL) or (source / name).is_dir()
            yield path, "" if usual else "a folder"
        elif not stat.S_ISREG(mode):
            yield path, "a pipe or device"
        elif (source / name).is_file() and path.suffix == ".ipynb":
            if problem := _notebook_problem(path):
                yield path, problem
        elif name in LARGEST:
            if problem := _problem(path, LARGEST[name]):
                yield path, problem
        else:
            usual = any(path.match(pattern) for pattern in USUAL) or (source / name).is_file()
            yield path, "" if usual else "not a file of this assignment"


def _problem(path: Path, largest: int) -> str:
    """Why this file can't be taken over, or ""."""
    if path.stat().st_size > largest:
        return f"far too large ({path.stat().st_size:,} bytes)"
    if path.name == TIMESTAMP:
        from dateutil.parser import parse

        try:
            parse(path.read_text(encoding="utf-8"))
        except Exception:
            return "no time that can be read"
    return ""


def _notebook_problem(path: Path) -> str:
    """Why this notebook can't be opened, or ""."""
    try:
        content = read_bounded(path, LARGEST_NOTEBOOK).decode("utf-8-sig")
        if not _is_current(json.loads(content)):
            import nbformat

            nbformat.reads(content, as_version=4)
    except OSError as error:
        return str(error)
    except Exception:
        return "a notebook that can't be opened"
    return ""


def _is_current(tree: Any) -> bool:
    """True for a notebook of today's format, which opens without nbformat's slow check of every part."""
    return (
        isinstance(tree, dict)
        and (tree.get("nbformat"), type(tree.get("nbformat_minor"))) == (4, int)
        and isinstance(tree.get("metadata"), dict)
        and isinstance(tree.get("cells"), list)
        and all(map(_is_current_cell, tree["cells"]))
    )


def _is_current_cell(cell: Any) -> bool:
    return (
        isinstance(cell, dict)
        and cell.get("cell_type") in ("markdown", "code", "raw")
        and isinstance(cell.get("metadata"), dict)
        and isinstance(cell.get("outputs", []), list)
        and all(isinstance(line, str) for line in cell.get("source", [0]))
    )


def _set_aside(path: Path, reason: str, aside: Path, folder: Path) -> str:
    """Move one thing to the quarantine, or remove it where it is no file; returns its line for the instructor."""
    aside.mkdir(parents=True, exist_ok=True)
    mode = path.lstat().st_mode
    line = f"set aside {printable(path.name)}: {printable(reason)}"
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        path.rename(_unused(aside / printable(path.name)))
    else:
        path.unlink()
    if reason:
        with (aside / WHY).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    return line


def printable(text: str) -> str:
    """A name or remark from outside, fit for a message and for a file name of ours."""
    clean = "".join(
        character if character.isprintable() and character not in '/\\:*?"<>|' else "_" for character in text
    )
    return clean.encode("utf-8", errors="replace").decode()[:120]


def _unused(path: Path) -> Path:
    if not path.exists():
        return path
    return next(other for n in range(2, 100_000) if not (other := path.with_name(f"{n}-{path.name}")).exists())

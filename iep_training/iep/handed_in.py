"""Read the answers files that a group hands in: a folder or a zip, with odd files skipped and named, never raised.

Files come from strangers: they are read within limits and as data, links are not followed, no path in a zip is used.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from iep_training.answers import LARGEST, parse
from iep_training.iep.my_progress import is_answer
from iep_training.iep.text import one_line, words
from iep_training.model import CourseError

LARGEST_ZIP = 200_000_000
MOST_FILES = 5_000
_DEEPEST = 3
# What the course itself leaves in a learner's folder beside the answers: no reason to alarm anyone.
_OURS = ("drafts.", ".", "__MACOSX")

File = tuple[PurePosixPath, bytes | str]  # a name, and the content or why it was not read


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The answers of each learner, by activity id, and the files that were skipped with the reason for each."""

    learners: tuple[Mapping[str, Any], ...]
    skipped: tuple[tuple[str, str], ...]


def read(path: Path) -> HandedIn:
    """Everything handed in. Raises CourseError only when there is no such folder or zip."""
    if not path.exists():
        raise CourseError(words()["handed_in"]["nowhere"].format(path=path))
    files = list(_files(path))
    learners: dict[str, Mapping[str, Any]] = {}
    skipped: list[tuple[str, str]] = []
    for name, content in _without_backups(files):
        answers, trouble = _answers(content)
        # The same file twice is one learner's: sent twice, or in a folder and in a zip of it.
        key = hashlib.sha256(content if isinstance(content, bytes) else b"").hexdigest()
        if answers is not None and key in learners:
            trouble = words()["handed_in"]["twice"]
        elif answers is not None:
            learners[key] = answers
        if trouble:
            skipped.append((one_line(str(name)), trouble))
    # Sorted by that fingerprint, so that the order tells nothing about who handed in.
    return HandedIn(tuple(learners[key] for key in sorted(learners)), tuple(skipped))


def _answers(content: bytes | str) -> tuple[Mapping[str, Any] | None, str]:
    """The answers in a file, or None and why not."""
    said = words()["handed_in"]
    if isinstance(content, str):
        return None, content
    try:
        entries = parse(content)
    except CourseError:
        return None, said["newer"]
    except RecursionError:
        entries = None
    if entries is None:
        return None, said["not_answers"]
    answers = {name: entry["answer"] for name, entry in entries.items() if is_answer(entry["answer"])}
    return (answers, "") if answers else (None, said["empty"])


def _without_backups(files: list[File]) -> Iterator[File]:
    """The files, each backup only where it has to stand in for a damaged original."""
    good = {name for name, content in files if _answers(content)[0] is not None}
    for name, content in files:
        if name.name == "answers.backup.json":
            if name.with_name("answers.json") not in good:
                yield name, content
        elif not name.name.startswith("answers.damaged-"):
            yield name, content


# --- files ----------------------------------------------------------------------------------------------


def _files(path: Path) -> Iterator[File]:
    """Every file in a folder, or in a zip, with its content or why that was not read."""
    if path.is_file():
        yield from _opened(PurePosixPath(path.name), _read(path, LARGEST_ZIP), 1)
        return
    inside = sorted(one for one in path.rglob("*") if one.is_symlink() or not one.is_dir())
    for one in inside[:MOST_FILES]:
        name = PurePosixPath(one.relative_to(path).as_posix())
        if not _is_ours(name):
            yield from _opened(name, _read(one, LARGEST_ZIP if one.suffix.lower() == ".zip" else LARGEST), 1)
    if len(inside) > MOST_FILES:
        yield PurePosixPath(path.name), words()["handed_in"]["too_many"].format(most=MOST_FILES)


def _is_ours(name: PurePosixPath) -> bool:
    ours = any(part.startswith(_OURS) and part != ".." for part in name.parts)
    return ours or name.suffix.lower() == ".ipynb"


def _read(path: Path, largest: int) -> bytes | str:
    said = words()["handed_in"]
    if path.is_symlink() or not path.is_file():
        return str(said["not_a_file"])
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        return str(said["unreadable"].format(reason=error.strerror))
    return content if len(content) <= largest else str(said["too_large"])


def _opened(name: PurePosixPath, content: bytes | str, depth: int) -> Iterator[File]:
    """The file itself, or what is inside it when it is a zip."""
    ending = name.suffix.lower()
    if isinstance(content, str) or ending == ".json":
        yield name, content
    elif ending == ".zip" and depth <= _DEEPEST:
        yield from _unzipped(name, content, depth)
    else:
        yield name, words()["handed_in"]["other"]


def _unzipped(name: PurePosixPath, content: bytes, depth: int) -> Iterator[File]:
    said = words()["handed_in"]
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield name, said["bad_zip"]
        return
    left = LARGEST_ZIP
    with archive:
        for entry in [one for one in archive.infolist() if not one.is_dir()][:MOST_FILES]:
            inside = name / PurePosixPath(entry.filename.replace("\\", "/").lstrip("/"))
            if _is_ours(inside):
                continue
            try:
                with archive.open(entry) as file:
                    limit = min(left, LARGEST_ZIP if inside.suffix.lower() == ".zip" else LARGEST)
                    data = file.read(limit + 1)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
                yield inside, said["bad_entry"]
                continue
            left -= min(len(data), limit)
            yield from _opened(inside, data if len(data) <= limit else said["too_large"], depth + 1)

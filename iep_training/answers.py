"""A learner's answers, kept in answers.json beside the notebook.

The file is `{"version": 1, "answers": {ID: {"answer": ..., "saved": ISO time}}}`. It is always written whole:
to a temporary file that then takes its place, so a crash leaves the old file or the new one, never half of either.
The copy before the last save is kept as answers.backup.json. A file that can't be read is never overwritten:
reading falls back to the backup, and the next save first sets the damaged file aside under another name.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from iep_training.model import CourseError

VERSION = 1
# Far above a whole course of essays; a larger file is a mistake or an attack, and is not read into memory.
LARGEST = 5_000_000
WAIT_SECONDS = 2.0

NOT_SAVED = "Your answer is NOT saved: "


class AnswerStore:
    """The answers in one folder; without one, in the folder of the running notebook.

    Other work of a learner may be kept with the same care under another `name`: "drafts" is kept in drafts.json.
    """

    def __init__(self, folder: Path | str | None = None, name: str = "answers") -> None:
        self.folder = Path(folder) if folder is not None else Path.cwd()
        self.name = name
        self.path = self.folder / f"{name}.json"

    def read(self) -> dict[str, dict[str, Any]]:
        """Every saved answer: `{id: {"answer": ..., "saved": ISO time}}`, empty where nothing was saved yet.

        Reading changes nothing on the disk. Raises CourseError for a file of a newer version of the course.
        """
        entries, _ = self._load()
        return _readable(entries)

    def get(self, activity: str) -> Any | None:
        """The saved answer to the activity with this id, or None."""
        entry = self.read().get(activity)
        return None if entry is None else entry["answer"]

    def save(self, activity: str, answer: Any) -> str:
        """Save one answer beside the others, whoever wrote them, and return the time it was saved (ISO, local).

        When this returns, the answer is on the disk. Otherwise it raises CourseError, and the message begins
        with "Your answer is NOT saved".
        """
        self._refuse_source_folder()
        try:
            with self._lock():
                return self._merge(activity, answer)
        except OSError as error:
            raise CourseError(NOT_SAVED + _plain(error, self.folder)) from error

    def _merge(self, activity: str, answer: Any) -> str:
        try:
            entries, good = self._load()
        except CourseError as error:
            raise CourseError(f"{NOT_SAVED}{error}") from None
        saved = datetime.now().astimezone().isoformat(timespec="milliseconds")
        entries[activity] = {"answer": answer, "saved": saved}
        text = json.dumps({"version": VERSION, "answers": entries}, ensure_ascii=False, indent=1)
        content = text.encode("utf-8", errors="replace")
        if len(content) > LARGEST:
            raise CourseError(f"{NOT_SAVED}it is too long. Shorten it, and it is saved by itself")
        if good is not None:
            self._write(self._backup, good)
        elif self.path.exists():
            _rename(self.path, self._unused_name())
        self._write(self.path, content)
        return saved

    @property
    def _backup(self) -> Path:
        return self.folder / f"{self.name}.backup.json"

    def _load(self) -> tuple[dict[str, Any], bytes | None]:
        """The entries, and the bytes of the file when it is there and good."""
        current = _bytes(self.path)
        entries = _parse(current)
        if entries is not None:
            return entries, current
        if current is None:
            return {}, None
        return _parse(_bytes(self._backup)) or {}, None

    def _write(self, path: Path, content: bytes) -> None:
        # Only the holder of the lock writes, so one name serves; what a crash left there is overwritten.
        temporary = self.folder / f".{self.name}.tmp"
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _rename(temporary, path)

    def _unused_name(self) -> Path:
        stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
        first = f"{self.name}.damaged-{stamp}"
        names = [f"{first}.json", *(f"{first}-{number}.json" for number in range(2, 1000))]
        return next(path for name in names if not (path := self.folder / name).exists())

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold off another window's save of the same file. The system lets go of the lock when a kernel dies."""
        with (self.folder / f".{self.name}.lock").open("a+b") as file:
            deadline = time.monotonic() + WAIT_SECONDS
            while not try_lock(file):
                if time.monotonic() > deadline:
                    raise CourseError(f"{NOT_SAVED}another window is saving just now. Try again in a moment")
                time.sleep(0.02)
            yield

    def _refuse_source_folder(self) -> None:
        # A file in source/ would be handed out to every learner, and would overwrite every submission.
        for parent in (self.folder.resolve(), *self.folder.resolve().parents):
            if parent.name == "source" and (parent.parent / "nbgrader_config.py").exists():
                raise CourseError(
                    f"{NOT_SAVED}this is the instructor's own copy of the assignment (the folder “source”). "
                    "Open the released copy to try it as a learner"
                )


def parse(content: bytes) -> dict[str, dict[str, Any]] | None:
    """The answers in the content of a file, as `AnswerStore.read` gives them, or None when it isn't such a file.

    Raises CourseError for a file of a newer version of the course.
    """
    entries = _parse(content) if len(content) <= LARGEST else None
    return None if entries is None else _readable(entries)


def _readable(entries: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        name: {"answer": entry["answer"], "saved": str(entry.get("saved", ""))}
        for name, entry in entries.items()
        if isinstance(entry, dict) and "answer" in entry
    }


def _bytes(path: Path) -> bytes | None:
    """What the file holds, or None where there is none. A file too large to be ours reads as damaged."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError:
        return b""
    return content if len(content) <= LARGEST else b""


def _parse(content: bytes | None) -> dict[str, Any] | None:
    """The entries in a file's content, or None when it isn't an answers file."""
    if content is None:
        return None
    try:
        tree = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(tree, dict) or not isinstance(tree.get("answers"), dict):
        return None
    version = tree.get("version")
    if isinstance(version, int) and version > VERSION:
        raise CourseError(
            "the answers in this folder were written by a newer version of the course, and are left as they are. "
            "Update the course, then open this page again"
        )
    return tree["answers"] if version == VERSION else None


def _rename(source: Path, target: Path) -> None:
    """`os.replace`, with patience: on Windows a virus scanner or a sync folder may hold a file for a moment."""
    for pause in (0.05, 0.1, 0.2, 0.4):
        try:
            source.replace(target)
            return
        except PermissionError:
            time.sleep(pause)
    source.replace(target)


def try_lock(file: IO[bytes]) -> bool:
    """Take the lock on an open file if it is free. Closing the file lets go of it."""
    try:
        import fcntl
    except ImportError:
        return _try_lock_windows(file)
    if not hasattr(fcntl, "flock"):  # the browser edition has no locks; one window saves at a time anyway
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        # The browser edition and some network drives have no locks; there, one window saves at a time anyway.
        if error.errno not in (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL):
            raise
    return True


def _try_lock_windows(file: IO[bytes]) -> bool:
    import msvcrt

    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def _plain(error: OSError, folder: Path) -> str:
    """What stands in the way of saving, and what to do about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full. Make some room (empty the trash, say), then press Save again"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"the course may not write in the folder {folder}. Copy the folder to your documents and open it there"
    if isinstance(error, FileNotFoundError):
        return f"the folder {folder} is no longer there. Put it back, or open the course again"
    return f"the computer could not write in {folder} ({error.strerror or error}). Open the course from another folder"

"""How learning management systems name the files in a "download all submissions" zip."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class LmsFile:
    """Whose file it is by its name. `student` is the login, or the name as the system writes it; times are UTC."""

    system: str
    student: str
    number: str
    file: str
    time: str = ""


# Blackboard: Assignment_login_attempt_2026-11-21-10-30-00_file.ipynb
# Canvas: lovelaceada_LATE_1234_56789_file-2.ipynb (the last number counts the times a file was sent again)
# Moodle: "Ada Lovelace_1234_assignsubmission_file_file.ipynb", or a folder of that name with the file in it
_NAMES = (
    (
        "Blackboard",
        r".*_(?P<student>[^_/]+)_attempt_(?P<time>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(?P<file>[^/]+)|\.txt)?",
    ),
    ("Moodle", r"(?P<student>[^/_]+)_(?P<number>\d+)_assignsubmission_file_?(?:/.*?)?(?P<file>[^/]+)?"),
    ("Canvas", r"(?P<student>[^_/]+)(?:_LATE)?_(?P<number>\d+)_\d+_(?P<file>[^/]+)"),
)
_PATTERNS = tuple((system, re.compile(pattern)) for system, pattern in _NAMES)


def whose(path: str) -> LmsFile | None:
    """Read a path inside the zip of a system; None for a name that none of them gives."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    for start in range(len(parts)):
        name = "/".join(parts[start:])
        for system, pattern in _PATTERNS:
            if found := pattern.fullmatch(name):
                groups = found.groupdict()
                return LmsFile(
                    system=system,
                    student=groups["student"].strip(),
                    number=groups.get("number") or "",
                    file=groups["file"] or "",
                    time=_utc(groups.get("time") or ""),
                )
    return None


def student_id(name: str) -> str:
    """A name as an id that is safe as the name of a folder: "Ada Lovelace" becomes "ada-lovelace"."""
    kept = re.sub(r"[^\w.@-]+", "-", name.strip().casefold()).strip("-.")
    return kept[:80] or "unnamed"


def _utc(time: str) -> str:
    date, clock = time[:10], time[11:].replace("-", ":")
    return f"{date} {clock} UTC" if time else ""

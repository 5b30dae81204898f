"""Take submissions in from the zips that a learning management system gives out.

Only the notebook and answers.json of each learner are taken over, under names of our own: no path in a zip is ever
used to write to. Whatever is odd gets a line for the instructor, and the rest goes on.
"""

from __future__ import annotations

import io
import secrets
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from iep_training.grading.course import load_assignment
from iep_training.grading.lms import LmsFile, student_id, whose
from iep_training.grading.quarantine import FOLDER, SECRET, TIMESTAMP, printable
from iep_training.grading.submission import ANSWERS
from iep_training.model import CourseError

LARGEST_FILE = 10_000_000
LARGEST_ZIP = 50_000_000
MOST_FILES = 20_000


@dataclass(slots=True)
class Report:
    """What an intake did: students taken in, students whose work was already there, and lines about odd things."""

    taken: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    """One learner's files so far."""

    files: dict[str, bytes] = field(default_factory=dict)
    time: str = ""


def take_in(course: Path, assignment: str, zips: list[Path], students: Mapping[str, str] | None = None) -> Report:
    """Read the zips and fill submitted/. `students` maps names as systems write them to ids of the gradebook."""
    load_assignment(course, assignment)
    report = Report()
    works: dict[str, _Work] = {}
    for path in zips:
        for owner, name, content in _files(path, report):
            _sort_in(works, owner, name, content, assignment, report)
    seen: set[str] = set()
    for who, work in sorted(works.items()):
        if not work.files:
            continue
        student = _match(who, students, report)
        if student in seen:
            student = student_id(who)
            report.odd.append(f"{printable(who)}: a second learner of this name, taken in as {student}")
        seen.add(student)
        (report.taken if _write(course, assignment, student, work) else report.unchanged).append(student)
    if report.odd:
        _note(course, report.odd)
    return report


def _files(path: Path, report: Report) -> Iterator[tuple[LmsFile, str, bytes]]:
    """Every file in one zip with its owner by name; a zip inside it counts as its owner's folder."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise CourseError(f"{path}: there is no such file") from None
    except (OSError, zipfile.BadZipFile):
        report.odd.append(f"{printable(path.name)}: not a zip that can be opened")
        return
    with archive:
        for name, content in _read(archive, path.name, report):
            owner = whose(name) or whose(f"{path.stem}_{PurePosixPath(name).name}")
            if owner is None:
                report.odd.append(
                    f"{printable(path.name)}: {printable(name)}: no learner's name was found in this name"
                )
            elif name.lower().endswith(".zip"):
                yield from _inner(owner, name, content, report)
            else:
                yield owner, owner.file, content


def _inner(owner: LmsFile, name: str, content: bytes, report: Report) -> Iterator[tuple[LmsFile, str, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (OSError, zipfile.BadZipFile):
        report.odd.append(f"{printable(name)}: not a zip that can be opened")
        return
    with archive:
        for inside, inner in _read(archive, name, report):
            yield owner, PurePosixPath(inside).name, inner


def _read(archive: zipfile.ZipFile, where: str, report: Report) -> Iterator[tuple[str, bytes]]:
    """The files of a zip, each within limits, whatever the zip claims of their sizes."""
    total = 0
    for number, entry in enumerate(archive.infolist()):
        name = entry.filename.replace("\\", "/")
        if entry.is_dir() or "__MACOSX/" in name or PurePosixPath(name).name.startswith("."):
            continue
        if number >= MOST_FILES or total > 20 * LARGEST_ZIP:
            report.odd.append(f"{printable(where)}: more files than a class hands in; the rest was left out")
            return
        largest = LARGEST_ZIP if name.lower().endswith(".zip") else LARGEST_FILE
        try:
            with archive.open(entry) as file:
                content = file.read(largest + 1)
        except Exception as error:
            report.odd.append(f"{printable(where)}: {printable(name)}: can't be unpacked ({type(error).__name__})")
            continue
        total += len(content)
        if len(content) > largest:
            report.odd.append(f"{printable(where)}: {printable(name)}: far too large")
        elif (entry.external_attr >> 16) & 0o170000 == 0o120000:
            report.odd.append(f"{printable(where)}: {printable(name)}: a link")
        else:
            yield name, content


def _sort_in(
    works: dict[str, _Work], owner: LmsFile, name: str, content: bytes, assignment: str, report: Report
) -> None:
    """Keep the file if it is one of the two that count. A later one takes the place of an earlier one."""
    who = f"{owner.student}/{owner.number}"
    work = works.setdefault(who, _Work())
    kind = PurePosixPath(name.lower()).suffix
    if kind == ".json" and "answers" in name.lower() and "backup" not in name.lower() and "damaged" not in name.lower():
        target = ANSWERS
    elif kind == ".ipynb":
        target = f"{assignment}.ipynb"
    else:
        if name and kind not in (".txt", ".toml", ".csv"):
            report.odd.append(f"{printable(owner.student)}: {printable(name)}: not a file of this assignment")
        return
    if owner.time < work.time:
        return
    if target in work.files and owner.time == work.time and work.files[target] != content:
        report.odd.append(f"{printable(owner.student)}: sent {target} more than once; the last one counts")
    if owner.time > work.time:
        work.files.clear()
    work.files[target], work.time = content, owner.time


def _match(who: str, students: Mapping[str, str] | None, report: Report) -> str:
    """The gradebook's id for a learner; one of our own making where the gradebook knows no such name."""
    name, number = who.rsplit("/", 1)
    for key in (number, student_id(name), student_id(name).replace("-", "")):
        if students and key in students:
            return students[key]
    if students:
        report.unmatched.append(printable(name))
    return student_id(name)


def _write(course: Path, assignment: str, student: str, work: _Work) -> bool:
    """Put one learner's work into submitted/; False where it is there already. Earlier work is kept aside."""
    folder = course / "submitted" / student / assignment
    if folder.is_dir() and _same(folder, work):
        return False
    if folder.exists():
        kept = course / FOLDER / student / assignment
        kept.mkdir(parents=True, exist_ok=True)
        number = 1 + len(list(kept.glob("earlier-*")))
        folder.rename(kept / f"earlier-{number}")
        # What was made from the earlier work; nbgrader then grades this learner again.
        shutil.rmtree(course / "autograded" / student / assignment, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in work.files.items():
        (folder / name).write_bytes(content)
    if not (folder / f"{assignment}.ipynb").exists():
        shutil.copyfile(course / "source" / assignment / f"{assignment}.ipynb", folder / f"{assignment}.ipynb")
    if work.time:
        (folder / TIMESTAMP).write_text(work.time, encoding="utf-8")
    # nbgrader's release_feedback names each learner's page after this.
    (folder / SECRET).write_text(secrets.token_hex(64), encoding="utf-8")
    return True


def _same(folder: Path, work: _Work) -> bool:
    return all(
        (folder / name).is_file() and (folder / name).read_bytes() == content for name, content in work.files.items()
    )


def _note(course: Path, lines: list[str]) -> None:
    place = course / FOLDER
    place.mkdir(exist_ok=True)
    with (place / "intake.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)

"""A teacher's own data: choose or paste, see how it was read, map columns, look at each student, correct, save.

A reply holds the `state` of the whole page, a `student`, an `overview` or what was `saved`. Nothing about students is a
synced trait, because Jupyter would write it into the notebook's file: the data live in the kernel's memory alone.
"""

from __future__ import annotations

import base64
import binascii
import os
import tomllib
from collections.abc import Iterator
from copy import copy
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import traitlets

from iep_training import content, html
from iep_training.model import CourseError, Growth
from iep_training.progress import chart, summary, values, words
from iep_training.progress.names import looks_like_full_name
from iep_training.progress.own_file import CORRECTABLE, OF_THE_GOAL, Change, OwnFile
from iep_training.widgets.answering import MISFIT, STYLES, AnsweringWidget, joined

LARGEST = 5_000_000  # bytes
MOST_STUDENTS = 150  # whose charts together stay well below the size of message that Jupyter lets through
MOST_SCORES = 1_000  # of one student; more means that another column was taken for the student

_FOLDER = Path(__file__).parent


def own_data() -> Any:
    """Show the page for a teacher's own data; where there is no one to answer, a note in its place."""
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return html.Page(html.notice(_say("static")), _say("static"))
    return OwnData()


class OwnData(AnsweringWidget):
    """The page for a teacher's own data: it passes on what the page asks and what `OwnFile` says."""

    _esm = joined("base.js", "own_data.js")
    _css = joined(*STYLES, "own_data.css")

    about = traitlets.Unicode().tag(sync=True)
    private = traitlets.Unicode().tag(sync=True)
    excel = traitlets.Bool().tag(sync=True)
    """Whether Excel files can be read here."""
    largest = traitlets.Int(LARGEST).tag(sync=True)

    def __init__(self) -> None:
        self._file: OwnFile | None = None
        self.unexpected = str(_words()["unexpected"])
        super().__init__(about=_say("about"), private=_say("private"), excel=find_spec("openpyxl") is not None)

    def reply(self, message: dict[str, Any]) -> dict[str, Any]:
        """What to answer to one message of the page."""
        match message.get("type"):
            case "open":
                return self._state()
            case "file":
                self._open(_decoded(message.get("data")), str(message.get("name")))
            case "paste":
                text = str(message.get("text") or "")
                if not text.strip():
                    raise CourseError(_say("nothing_pasted"))
                self._open(text.encode("utf-8", "replace"), _say("pasted"))
            case "example":
                self._open(_example(), _say("example"))
            case "forget":
                self._file = None
            case "columns":
                self._map(message)
            case "initials":
                self._own.use_initials()
            case "undo":
                self._own.undo()
            case "correct":
                at = self._at(message)
                self._own.correct(at, _changes(message.get("changes")))
                return self._state() | self._student(at)
            case "student":
                return self._student(self._at(message))
            case "overview":
                return {"overview": chart.overview(self._own.growths, title=_say("overview"))}
            case "save":
                return self._save()
            case _:
                raise CourseError(MISFIT)
        return self._state()

    @property
    def _own(self) -> OwnFile:
        if self._file is None:
            raise CourseError(_say("no_data"))
        return self._file

    def _at(self, message: dict[str, Any]) -> int:
        at = message.get("at")
        if not isinstance(at, int) or not 0 <= at < len(self._own.growths):
            raise CourseError(MISFIT)
        return at

    def _open(self, raw: bytes, name: str) -> None:
        if len(raw) > LARGEST:
            size = f"{len(raw) / 1e6:.1f}"
            raise CourseError(_say("too_large", name=name, size=size, limit=LARGEST // 1_000_000))
        file = OwnFile(raw, name)
        if not file.complaint:
            _check_size(file)
        self._file = file

    def _map(self, message: dict[str, Any]) -> None:
        told = message.get("chosen")
        chosen = {str(role): str(column) for role, column in told.items()} if isinstance(told, dict) else {}
        roles = _roles("long" if message.get("form") == "long" else "wide")
        missing = [one["label"] for one in roles if one.get("needed") and not chosen.get(one["role"])]
        if missing:
            raise CourseError(_say("choose", labels=", ".join(missing)))
        if "when" in chosen:
            chosen["date"] = chosen.pop("when")
        file = copy(self._own)
        file.map(chosen)
        _check_size(file)
        self._file = file

    # --- what the page shows

    def _state(self) -> dict[str, Any]:
        """Everything but the one student: columns to choose from, how the file was read, and the class in rows."""
        file = self._file
        if file is None:
            return {"state": None}
        state: dict[str, Any] = {
            "name": file.name,
            "complaint": file.complaint,
            "which": _say("which"),
            "unnamed": _say("unnamed") if file.look.unnamed else "",
            "columns": [
                {"name": name, "example": example}
                for name, example in zip(file.look.header, file.look.examples, strict=True)
                if name
            ],
            "roles": {form: _roles(form) for form in CORRECTABLE},
            "form": file.look.form,
            "chosen": _chosen(file.look.guess),
        }
        if file.complaint:
            return {"state": state}
        read, growths, corrections = file.read, file.growths, file.corrections()
        named = next((id for id in file.ids() if looks_like_full_name(id)), "")
        state |= {
            "form": read.form,
            "chosen": _chosen(read.columns),
            "summary": read.summary,
            "not_used": file.not_used(),
            "remarks": [remark.text for remark in read.remarks],
            "named": _say("full_names", name=named) if named else "",
            "corrections": corrections,
            "counts": summary.counts(growths),
            "students": [_in_a_row(growth) for growth in growths],
        }
        return {"state": state}

    def _student(self, at: int) -> dict[str, Any]:
        growth = self._own.growths[at]
        student = _in_a_row(growth) | {
            "at": at,
            "why": growth.why,
            "notes": growth.notes,
            "next_step": growth.next_step,
            "chart": chart.draw(growth, title=growth.id),
            "table": chart.table(growth),
            "fields": list(self._fields(at)),
            "phases": self._phases(at),
        }
        return {"student": student}

    def _fields(self, at: int) -> Iterator[dict[str, Any]]:
        """The cells of a student that can be corrected: first what belongs to the goal, then line by line."""
        lines, form = self._own.lines_of(at), self._own.read.form
        for field in OF_THE_GOAL:
            yield _cell(0, field, next((getattr(line, field) for line in lines if getattr(line, field)), ""))
        for line in lines:
            for field in CORRECTABLE[form]:
                if field not in OF_THE_GOAL:
                    yield _cell(line.line, field, getattr(line, field))

    def _phases(self, at: int) -> str:
        """How the scores of a student were told apart into baseline and support, "" where there is one row each."""
        if self._own.read.form == "wide":
            return ""
        return _say("phases" if any(point.phase for point in self._own.read.series[at].points) else "no_phases")

    # --- keeping it

    def _save(self) -> dict[str, Any]:
        growths, day = self._own.growths, date.today()
        page = summary.to_html(
            growths, source=self._own.name, day=f"{day:%B} {day.day}, {day.year}", changes=self._own.corrections()
        )
        # The mark in front tells Excel that the file is UTF-8.
        own = [self._own.corrections_of(at) for at in range(len(growths))]
        files = {"csv": "\ufeff" + summary.to_csv(growths, own), "html": page}
        name = f"progress-summary-{day.isoformat()}"
        saved: dict[str, Any] = {"files": files, "name": name, "words": "", "trouble": ""}
        folder = Path.cwd()
        try:
            paths = _free_paths(folder, name, tuple(files))
            for path, text in zip(paths, files.values(), strict=True):
                with path.open("x", encoding="utf-8", newline="") as out:
                    out.write(text)
        except OSError as error:
            saved["trouble"] = _say("not_written", folder=folder, reason=error.strerror or error)
        else:
            saved["words"] = _say("saved", names=" and ".join(path.name for path in paths))
        return {"saved": saved}

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        return data | {"text/html": html.notice(_say("static")), "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        # Always the same words, and none about students, so that the notebook's file stays as it is.
        return "Your own data"


def _in_a_row(growth: Growth) -> dict[str, Any]:
    return {
        "id": growth.id,
        "category": growth.category,
        "words": words.say("category", growth.category),
        "share": "" if growth.attainment is None else f"{words.percent(growth.attainment)}%",
        "borderline": growth.borderline,
    }


def _chosen(columns: Any) -> dict[str, str]:
    chosen = dict(columns)
    when = chosen.pop("date", "") or chosen.get("week", "")
    return chosen | ({"when": when} if when else {})


def _cell(line: int, field: str, text: str) -> dict[str, Any]:
    label = words.sentences()["field"][field]
    return {"line": line, "field": field, "label": label, "text": text, "choices": _choices(field, text)}


def _choices(field: str, text: str) -> list[tuple[str, str]]:
    """What a cell can be set to, with the words of each; one is the file's own text. None where anything can be."""
    choices = dict(_words()["choices"].get(field, {}))
    if not choices:
        return []
    try:
        meant = values.phase(text).casefold() if field == "phase" else values.direction(text) or ""
    except values.NotReadable:
        meant = text
    if meant not in choices:
        return [*choices.items(), (text, _say(f"own_{field}", text=text))]
    return [(text if value == meant else value, words) for value, words in choices.items()]


def _changes(told: Any) -> list[Change]:
    try:
        return [Change(int(one["line"]), str(one["field"]), str(one["text"])) for one in told]
    except (TypeError, KeyError, ValueError):
        raise CourseError(MISFIT) from None


def _check_size(file: OwnFile) -> None:
    number = len(file.read.rows or file.read.series)
    if number > MOST_STUDENTS:
        raise CourseError(_say("too_many", name=file.name, count=number, limit=MOST_STUDENTS))
    for series in file.read.series:
        if len(series.points) > MOST_SCORES:
            raise CourseError(_say("too_long", name=file.name, id=series.id, count=len(series.points)))


def _decoded(data: Any) -> bytes:
    try:
        return base64.b64decode(str(data), validate=True)
    except (binascii.Error, ValueError):
        raise CourseError(_say("not_whole")) from None


def _example() -> bytes:
    return (content.course_folder() / "activities" / "data" / "05_students.csv").read_bytes()


def _free_paths(folder: Path, name: str, endings: tuple[str, ...]) -> list[Path]:
    """Paths that no file has yet, so that an earlier summary is never lost."""
    for number in count(1):
        stem = name if number == 1 else f"{name}-{number}"
        paths = [folder / f"{stem}.{ending}" for ending in endings]
        if not any(path.exists() for path in paths):
            break
    return paths


def _roles(form: str) -> list[dict[str, Any]]:
    return list(_words()[form])


def _say(name: str, /, **blanks: object) -> str:
    return str(_words()[name]).format(**blanks)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "own_data.toml").read_text(encoding="utf-8"))

"""Read the course: module order, activities and their data, all written by authors as TOML and CSV.

An author's slip becomes a `CourseError` that names the file, the entry and the fix.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from iep_training.model import Activity, ActivitySet, Classify, CourseError, Module, Reflection, Rewrite
from iep_training.progress import series_from_csv

T = TypeVar("T")

KINDS: dict[str, type[Activity]] = {kind.kind: kind for kind in (Rewrite, Classify, Reflection)}


def course_folder() -> Path:
    """The folder that holds course.toml: inside the installed package, or beside it in an editable checkout."""
    here = Path(__file__).parent
    carried = here / "_course"
    return carried if carried.is_dir() else here.parent / "course"


def read_toml(path: Path) -> dict[str, Any]:
    """Parse one TOML file; errors name the file and the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CourseError(f"{path.name}: there is no such file in {path.parent}") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path.name}: save this file as UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path.name}: {error}. Check quotation marks and brackets near there") from None


def modules() -> tuple[Module, ...]:
    """The modules in course order, from course.toml."""
    path = course_folder() / "course.toml"
    return tuple(
        _record(Module, entry, f"{path.name}, module {number}")
        for number, entry in enumerate(read_toml(path).get("module", ()), start=1)
    )


def activity_set(set_id: str) -> ActivitySet:
    """The set with this id, or a set of the one activity with this id."""
    sets = _course_sets()
    if set_id in sets:
        return sets[set_id]
    for one in sets.values():
        for activity in one.activities:
            if activity.id == set_id:
                return ActivitySet(set_id, one.kind, activity.title, "", (activity,))
    near = difflib.get_close_matches(set_id, sets, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    raise CourseError(f"There is no activity named “{set_id}” in this course.{hint}")


def load_sets(path: Path) -> tuple[ActivitySet, ...]:
    """Every set in one activities file. `data` names in it are files in the `data` folder beside it."""
    return tuple(_sets(path, read_toml(path)))


@cache
def _course_sets() -> Mapping[str, ActivitySet]:
    sets: dict[str, ActivitySet] = {}
    seen: dict[str, str] = {}
    for path in sorted((course_folder() / "activities").glob("*.toml")):
        for one in load_sets(path):
            for name in (one.id, *(activity.id for activity in one.activities)):
                if name in seen:
                    raise CourseError(
                        f"{path.name}: the id “{name}” is already used in {seen[name]}. Give one a new id"
                    )
                seen[name] = path.name
            sets[one.id] = one
    return sets


def _sets(path: Path, tree: Mapping[str, Any]) -> Iterator[ActivitySet]:
    for number, entry in enumerate(tree.get("set", ()), start=1):
        where = f"{path.name}, set “{entry.get('id', number)}”"
        kind = entry.get("kind")
        if kind not in KINDS:
            raise CourseError(f"{where}: kind is “{kind}”; use one of {', '.join(sorted(KINDS))}")
        for needed in ("id", "title", "activity"):
            if not entry.get(needed):
                raise CourseError(f"{where}: “{needed}” is missing. Add it")
        yield ActivitySet(
            id=entry["id"],
            kind=kind,
            title=entry["title"],
            intro=entry.get("intro", ""),
            activities=tuple(
                _activity(KINDS[kind], one, path, f"{where}, activity “{one.get('id', place)}”")
                for place, one in enumerate(entry["activity"], start=1)
            ),
        )


def _activity(kind: type[Activity], entry: Mapping[str, Any], path: Path, where: str) -> Activity:
    entry = dict(entry)
    if kind is Classify and "data" in entry:
        file, name = path.parent / "data" / entry.pop("data"), entry.pop("series", entry.get("student"))
        found = [series for series in series_from_csv(file) if series.id == name]
        if not found:
            raise CourseError(f"{where}: {file.name} holds no series named “{name}”")
        entry["series"] = replace(found[0], unit=entry.get("unit", ""))
    return _record(kind, entry, where)


def _record(kind: type[T], entry: Mapping[str, Any], where: str) -> T:
    """Build a record from an author's entry, or say which field is misspelled, missing or of the wrong sort."""
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for name in entry:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f". Did you mean “{near[0]}”?" if near else f"; it knows {', '.join(known)}"
            raise CourseError(f"{where}: “{name}” is not a field of this entry{hint}")
    for name, field in known.items():
        if name not in entry and field.default is MISSING and field.default_factory is MISSING:
            raise CourseError(f"{where}: “{name}” is missing. Add it")
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return kind(**values)

"""Read the course: module order, activities and their data, all written by authors as TOML and CSV.

An author's slip becomes a `CourseError` that names the file, the entry and the fix.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from iep_training.content.cases import read_case
from iep_training.content.entries import did_you_mean, filled, record, with_key
from iep_training.model import (
    Activity,
    ActivitySet,
    Build,
    Choose,
    Classify,
    CourseError,
    Module,
    Order,
    Reflection,
    Rewrite,
    Series,
    Sort,
)

KINDS: dict[str, type[Activity]] = {
    kind.kind: kind for kind in (Rewrite, Classify, Choose, Sort, Order, Build, Reflection)
}


# Kinds whose replies can wait: they show nothing of their own beside each card or step.
CAN_BE_QUIET = ("rewrite", "classify", "build", "reflection")


def course_folder() -> Path:
    """The folder that holds course.toml: inside the installed package, or beside it in an editable checkout."""
    package = Path(__file__).parents[1]
    carried = package / "_course"
    return carried if carried.is_dir() else package.parent / "course"


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
        record(Module, entry, f"{path.name}, module {number}")
        for number, entry in enumerate(_tables(read_toml(path), "module", path.name), start=1)
    )


def activity_set(set_id: str) -> ActivitySet:
    """The set with this id, or a set of the one activity with this id.

    A slip in one file leaves the activities of the other files in reach; it is raised only when the id is not there.
    """
    slip: CourseError | None = None
    known: list[str] = []
    # An id begins with its module's number, as the file it is in does: the others need not be read to find it.
    for path in sorted(activity_files(), key=lambda path: path.name[:2] != set_id[:2]):
        try:
            sets = _kept_sets(path)
        except CourseError as error:
            slip = slip or error
            continue
        found = pick(sets, set_id)
        if found is not None:
            return found
        known += [name for one in sets for name in _ids(one)]
    raise slip or CourseError(f"There is no activity named “{set_id}” in this course{did_you_mean(set_id, known)}")


def pick(sets: Iterable[ActivitySet], set_id: str) -> ActivitySet | None:
    """The set with this id among the given ones, or a set of the one activity with this id, or None."""
    for one in sets:
        if one.id == set_id:
            return one
        for activity in one.activities:
            if activity.id == set_id:
                return ActivitySet(set_id, one.kind, activity.title, "", (activity,), one.quiet)
    return None


def activity_files() -> tuple[Path, ...]:
    """The course's activity files, in order. A module's file has the module's id for its name."""
    return tuple(sorted((course_folder() / "activities").glob("*.toml")))


def load_sets(path: Path, *, keys: bool = True) -> tuple[ActivitySet, ...]:
    """Every set in one activities file. `data` names in it are files in the `data` folder beside it.

    With `keys` False, the file holds graded items as learners are handed them: it need not say what is right.
    """
    sets = tuple(_sets(path, read_toml(path), keys))
    seen: set[str] = set()
    for name in (name for one in sets for name in _ids(one)):
        if name in seen:
            raise CourseError(f"{path.name}: the id “{name}” is used twice. Give one of the two a new id")
        seen.add(name)
    return sets


@cache
def _kept_sets(path: Path) -> tuple[ActivitySet, ...]:
    return load_sets(path)


def _sets(path: Path, tree: Mapping[str, Any], keys: bool) -> Iterator[ActivitySet]:
    @cache
    def series_in(file: Path) -> tuple[Series, ...]:
        from iep_training.progress import series_from_csv  # most sets hold no scores, and need not wait for this

        return series_from_csv(file)

    for number, entry in enumerate(_tables(tree, "set", path.name), start=1):
        where = f"{path.name}, set “{entry.get('id', number)}”"
        kind = entry.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            raise CourseError(f"{where}: kind is “{kind}”; use one of {', '.join(sorted(KINDS))}")
        for needed in ("id", "title", "activity"):
            if not entry.get(needed):
                raise CourseError(f"{where}: “{needed}” is missing. Add it")
        quiet = _quiet(entry, kind, where)
        yield ActivitySet(
            id=entry["id"],
            kind=kind,
            title=entry["title"],
            intro=entry.get("intro", ""),
            activities=tuple(
                _activity(KINDS[kind], one, path, f"{where}, activity “{one.get('id', place)}”", keys, series_in)
                for place, one in enumerate(_tables(entry, "activity", where), start=1)
            ),
            quiet=quiet,
        )


def _quiet(entry: Mapping[str, Any], kind: str, where: str) -> bool:
    quiet = entry.get("quiet", False)
    if not isinstance(quiet, bool):
        raise CourseError(f"{where}: “quiet” must be true or false, without quotation marks")
    if quiet and kind not in CAN_BE_QUIET:
        raise CourseError(f"{where}: “quiet” suits sets of the kinds {', '.join(CAN_BE_QUIET)}. Take it out")
    return quiet


def _tables(tree: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    """The entries under `[[name]]`, which TOML would also let an author write in other ways."""
    entries = tree.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CourseError(f"{where}: write “{name}” in two pairs of brackets, once for each: [[...{name}]]")
    return entries


def _ids(one: ActivitySet) -> list[str]:
    """The ids in a set; a set of one activity may share the activity's."""
    ids = [activity.id for activity in one.activities]
    return ids if ids == [one.id] else [one.id, *ids]


def _activity(
    kind: type[Activity],
    entry: Mapping[str, Any],
    path: Path,
    where: str,
    keys: bool,
    series_in: Callable[[Path], tuple[Series, ...]],
) -> Activity:
    entry = dict(entry) if keys else filled(entry)
    if kind is Classify and "data" in entry:
        file, name = path.parent / "data" / entry.pop("data"), entry.pop("series", entry.get("student"))
        found = [series for series in series_in(file) if series.id == name]
        if not found:
            raise CourseError(f"{where}: {file.name} holds no series named “{name}”")
        entry["series"] = replace(found[0], unit=entry.get("unit", ""))
    cases = entry.pop("cases", []) if kind is Build else []
    if not isinstance(cases, list) or not all(isinstance(name, str) for name in cases):
        raise CourseError(f"{where}: “cases” must be a list of files in the data folder")
    files = [path.parent / "data" / name for name in cases]
    activity = record(kind, entry, where)
    if isinstance(activity, Build):
        activity = replace(activity, cases=tuple(read_case(read_toml(file), file) for file in files))
    return with_key(activity, where) if keys else activity

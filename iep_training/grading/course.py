"""The instructor's nbgrader course folder, and the assignments that authors wrote in its items/ folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iep_training.content import load_sets, read_toml
from iep_training.content.variants import dealt, versions
from iep_training.model import Activity, ActivitySet, CourseError, Reflection

CONFIG = "nbgrader_config.py"
ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One graded assignment as its author wrote it, keys included. `file` is where it stands.

    `variants` stand in the file of the same name in items/variants.
    """

    name: str
    title: str
    sets: tuple[ActivitySet, ...]
    file: Path
    variants: tuple[Activity, ...] = ()

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Every item, in the order in which learners meet it."""
        return tuple(activity for one in self.sets for activity in one.activities)

    @property
    def points(self) -> float:
        """What all items together are worth."""
        return sum(activity.points for activity in self.activities)

    def activity(self, item: str) -> Activity:
        """The item with this id."""
        for activity in self.activities:
            if activity.id == item:
                return activity
        raise CourseError(f"there is no item “{item}” in {self.file.name}")

    def versions(self, item: str) -> tuple[Activity, ...]:
        """The item with this id, and every variant that may stand in its place."""
        return versions(self.activity(item), self.variants)

    def dealt(self, item: str, seed: str) -> Activity:
        """The version of the item that falls to the learner with this seed."""
        return dealt(self.activity(item), self.variants, seed)


def find_course(start: Path | None = None) -> Path | None:
    """The instructor's course folder at or above `start` (the current folder), or None in a learner's place."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file() and (folder / ITEMS).is_dir():
            return folder
    return None


def need_course(start: Path | None = None) -> Path:
    """The instructor's course folder; where there is none, a CourseError that says what to do."""
    here = (start or Path.cwd()).resolve()
    if course := find_course(here) or find_course(here / "exercises"):
        return course
    raise CourseError(
        f"there is no grading course in {here}. Open the folder “exercises” first, or name it: --course FOLDER"
    )


def assignment_names(course: Path) -> tuple[str, ...]:
    """The names of all assignments, in order: those of the files in items/."""
    return tuple(sorted(path.stem for path in (course / ITEMS).glob("*.toml")))


def load_assignment(course: Path, name: str) -> Assignment:
    """One assignment with everything its author wrote, keys included."""
    path = course / ITEMS / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(assignment_names(course)) or "none yet"
        raise CourseError(f"there is no assignment named “{name}”. This course has: {known}")
    tree = read_toml(path)
    if not isinstance(tree.get("title"), str):
        raise CourseError(f'{path.name}: add a line title = "..." at the top')
    assignment = Assignment(name, tree["title"], load_sets(path), path, _variants(variants_file(path)))
    _check_ids(assignment)
    for variant in assignment.variants:
        _check_variant(variant, assignment)
    return assignment


def load_assignments(course: Path) -> Iterator[Assignment]:
    """Every assignment of the course."""
    for name in assignment_names(course):
        yield load_assignment(course, name)


def variants_file(items: Path) -> Path:
    """Where the variants of the items in this file stand, if there are any."""
    return items.parent / "variants" / items.name


def _variants(path: Path) -> tuple[Activity, ...]:
    return tuple(activity for one in load_sets(path) for activity in one.activities) if path.is_file() else ()


def _check_ids(assignment: Assignment) -> None:
    seen: set[str] = set()
    for activity in (*assignment.activities, *assignment.variants):
        if activity.id in seen:
            raise CourseError(f"{assignment.file.name}: the id “{activity.id}” is used twice. Give one a new id")
        seen.add(activity.id)


def _check_variant(variant: Activity, assignment: Assignment) -> None:
    """A variant has a place in the gradebook only as the item that it stands for: same kind, same points."""
    where = f"variants/{assignment.file.name}: “{variant.id}”"
    item = next((one for one in assignment.activities if one.id == variant.variant_of), None)
    if item is None:
        raise CourseError(f"{where}: set “variant_of” to the id of an item in {assignment.file.name}")
    if isinstance(item, Reflection) or variant.kind != item.kind or variant.points != item.points:
        raise CourseError(
            f"{where}: a variant of “{item.id}” must be a {item.kind} worth {item.points:g} points, "
            "and written answers have no variants"
        )

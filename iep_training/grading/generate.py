"""Write exercises/source/ from exercises/items/: one notebook an assignment, and the key-free items beside it.

The same items always give the same files, byte for byte, so that `--check` can tell when one was edited by hand.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from iep_training.content import read_toml
from iep_training.content.entries import KEYS_OF_PARTS
from iep_training.feedback import shuffled
from iep_training.grading import cells
from iep_training.grading.course import Assignment, load_assignments, variants_file
from iep_training.model import CourseError, Order, Reflection, Step

# What only the instructor may see: answers, and explanations that give them away.
KEYS = ("strong", "weak", "explain", "takeaway")
ACTIVITIES = "activities.toml"
VARIANTS = "variants.toml"
ANSWERS = "answers.json"

START = """\
# {title}

**Graded assignment** · {count} items, {points} points

Your answers are saved as you go: you can stop, close the page and come back. When you hand in, your instructor gets \
what is saved.

<button data-commandlinker-command="notebook:run-all-cells" data-commandlinker-args="{{}}">Start</button>

If a window then asks whether to run it, choose **Run Once**: your instructor made this page. If nothing happens, open \
the **Run** menu and choose **Run All Cells**."""

SECTION = """\
## {title}

{intro}"""

RUBRIC = """\
Your instructor reads this one, for {points} points, and looks for:

{rubric}"""

END = """\
## Before you hand in

Look through the page once more. Every answer should say that it is saved. Then hand in the way your instructor told \
you to; if that is by upload, send the files `{notebook}` and `answers.json` from this folder."""


def generate(course: Path) -> list[Path]:
    """Write the source of every assignment; returns the files that changed."""
    changed = []
    for path, content in _files(course):
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed.append(path)
    for path in _strays(course):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        changed.append(path)
    return changed


def drift(course: Path) -> list[Path]:
    """The files in source/ that differ from what the items give: edited, missing, or belonging to nothing."""
    stale = [path for path, content in _files(course) if not path.is_file() or path.read_bytes() != content]
    return stale + _strays(course)


def notebook(assignment: Assignment) -> dict[str, Any]:
    """The assignment's notebook, as nbformat 4.5."""
    page = [
        cells.markdown(
            "start",
            START.format(
                title=assignment.title,
                count=len(assignment.activities),
                points=_number(assignment.points),
            ),
        )
    ]
    for one in assignment.sets:
        page.append(cells.markdown(f"{one.id}-section", SECTION.format(title=one.title, intro=one.intro).strip()))
        for activity in one.activities:
            if isinstance(activity, Reflection):
                page.append(cells.markdown(f"{activity.id}-rubric", _rubric(activity)))
            # Which version of an item a learner meets isn't known before the page is started.
            title = one.title if len(assignment.versions(activity.id)) > 1 else activity.title
            page += [cells.practice(activity, title), cells.grade(activity)]
    page.append(cells.markdown("hand-in", END.format(notebook=f"{assignment.name}.ipynb")))
    return {
        "cells": [cell | {"source": cell["source"].splitlines(keepends=True)} for cell in page],
        "metadata": {
            "iep_training": {"assignment": assignment.name},
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _rubric(activity: Reflection) -> str:
    lines = "\n".join(f"- {line}" for line in activity.rubric) or "- an honest answer in your own words"
    return RUBRIC.format(points=_number(activity.points), rubric=lines)


def learners_items(tree: Mapping[str, Any]) -> str:
    """An items file without its keys, as TOML for the learner's folder."""
    lines = ["# Generated from exercises/items; edit there.", ""]
    for one in tree.get("set", ()):
        lines += ["[[set]]", *_entries(one, skip=("activity",)), ""]
        for activity in one["activity"]:
            lines += ["[[set.activity]]", *_entries(_without_keys(activity), skip=KEYS), ""]
    return "\n".join(lines)


def _without_keys(activity: Mapping[str, Any]) -> dict[str, Any]:
    """An item whose options, cards and steps no longer say which is right, by a word or by where they stand."""
    parts = {
        name: [{field: value for field, value in part.items() if field not in keys} for part in activity[name]]
        for name, keys in KEYS_OF_PARTS.items()
        if name in activity
    }
    if "steps" in parts:
        parts["steps"] = _mixed(activity["id"], parts["steps"])
    return {**activity, **parts}


def _mixed(item: str, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps by the alphabet, which gives nothing away; or backward, should the page then show the right order."""
    mixed = sorted(steps, key=lambda step: str(step["text"]))
    records = tuple(Step(step["id"], step["text"], "") for step in mixed)
    shown = shuffled(Order(id=item, title="", steps=records))
    return mixed[::-1] if [step.id for step in shown] == [step["id"] for step in steps] else mixed


def _files(course: Path) -> Iterator[tuple[Path, bytes]]:
    for assignment in load_assignments(course):
        folder = course / "source" / assignment.name
        text = json.dumps(notebook(assignment), indent=1, ensure_ascii=False, sort_keys=True)
        yield folder / f"{assignment.name}.ipynb", f"{text}\n".encode()
        yield from _handed_out(assignment.file, folder / ACTIVITIES)
        if assignment.variants:
            yield from _handed_out(variants_file(assignment.file), folder / VARIANTS)


def _handed_out(items: Path, target: Path) -> Iterator[tuple[Path, bytes]]:
    """An items file as learners get it, and the data it names."""
    tree = read_toml(items)
    yield target, learners_items(tree).encode()
    activities = [activity for one in tree["set"] for activity in one["activity"]]
    data = {activity["data"] for activity in activities if "data" in activity}
    cases = {name for activity in activities for name in activity.get("cases", ())}
    for name in sorted(data | cases):
        yield target.parent / "data" / name, (items.parent / "data" / name).read_bytes()


def _strays(course: Path) -> list[Path]:
    """What lies in source/ and belongs to no assignment. An answers.json there would go out to every learner."""
    source = course / "source"
    wanted = {path for path, _ in _files(course)}
    folders = {parent for path in wanted for parent in path.parents}
    return [
        path
        for path in sorted(source.rglob("*"))
        if path not in wanted and path not in folders and path.parent in folders and path.name != ".ipynb_checkpoints"
    ]


def _entries(table: Mapping[str, Any], skip: tuple[str, ...]) -> list[str]:
    return [f"{name} = {_toml(value, name)}" for name, value in table.items() if name not in skip]


def _toml(value: Any, name: str) -> str:
    """A value as TOML writes it. JSON's strings, numbers and booleans are also TOML's."""
    if isinstance(value, (str, bool, int, float)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(_toml(item, name) for item in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(_entries(value, skip=()))} }}"
    raise CourseError(f"“{name}” holds something that can't be handed to learners: {value!r}")


def _number(points: float) -> str:
    return f"{points:g}"

"""A small course of its own for the tests: three modules with practice, and the task before and after."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from iep_training import content

REAL = content.course_folder()
TASK = "00_before_and_after"
_MODULES = """
[[module]]
id = "00_start_here"
title = "Start here"
minutes = 5
objectives = []
[[module]]
id = "02_no_cant_in_ieps"
title = "There is no “can’t” in an IEP"
minutes = 40
objectives = []
[[module]]
id = "05_recognizing_growth"
title = "Recognizing growth"
minutes = 40
objectives = []
"""


def make_course(folder: Path) -> Path:
    """The course in this folder; the task's activities lie where the real course will have them."""
    activities = folder / "activities"
    shutil.copytree(REAL / "activities" / "data", activities / "data")
    for name in ("02_no_cant_in_ieps", "05_recognizing_growth"):
        shutil.copy(REAL / "activities" / f"{name}.toml", activities)
    home = REAL / "activities" if (REAL / "activities" / f"{TASK}.toml").exists() else REAL / "activities" / "drafts"
    shutil.copy(home / "data" / f"{TASK}.csv", activities / "data")
    shutil.copy(home / f"{TASK}.toml", activities)
    shutil.copy(REAL / "before_and_after.toml", folder)
    shutil.copytree(REAL / "iep_drafts", folder / "iep_drafts")
    (folder / "course.toml").write_text(_MODULES, encoding="utf-8")
    return folder


def answers_to(module: str, weak: bool = False) -> dict[str, Any]:
    """The first model answer to every activity of a module, or the first that has something wrong with it."""
    path = content.course_folder() / "activities" / f"{module}.toml"
    return {
        activity.id: (activity.weak if weak else activity.strong)[0]
        for one in content.load_sets(path)
        for activity in one.activities
    }


def saved(answers: dict[str, Any], day: str = "2026-11-03") -> dict[str, dict[str, Any]]:
    """Answers as the answers file holds them, one a minute."""
    return {
        name: {"answer": answer, "saved": f"{day}T{9 + number // 60:02}:{number % 60:02}:00.000-05:00"}
        for number, (name, answer) in enumerate(answers.items())
    }

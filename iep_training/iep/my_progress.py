"""My progress: which modules are done, the minutes, where the learner left off, and the best next step.

A module is done when every one of its activities has an answer. Its minutes are those the course plans for it: nobody
measures how long a learner took.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from iep_training import content
from iep_training.model import Activity, CourseError, Module

State = Literal["done", "started", "new"]


@dataclass(frozen=True)
class ModuleProgress:
    """One module with practice: its activities, those that were answered, and the days of the first and last answer."""

    module: Module
    activities: tuple[Activity, ...]
    answered: tuple[str, ...]
    first_day: date | None
    last_day: date | None

    @property
    def state(self) -> State:
        """Whether the module is done, started or new."""
        return state_of(len(self.answered), len(self.activities))


@dataclass(frozen=True)
class MyProgress:
    """Where a learner stands. `last` is the activity answered last, with its module and day; None before the first."""

    modules: tuple[ModuleProgress, ...]
    last: tuple[ModuleProgress, Activity, date | None] | None

    @cached_property
    def done(self) -> tuple[ModuleProgress, ...]:
        """The modules that are done."""
        return tuple(one for one in self.modules if one.state == "done")

    @property
    def minutes_done(self) -> int:
        """The planned minutes of the modules that are done."""
        return sum(one.module.minutes for one in self.done)

    @property
    def minutes(self) -> int:
        """The planned minutes of all modules with practice."""
        return sum(one.module.minutes for one in self.modules)

    @property
    def next(self) -> ModuleProgress | None:
        """The module to open next: the one left half way, else the first in course order that isn't done, else None."""
        if self.last is not None and self.last[0].state == "started":
            return self.last[0]
        waiting = [one for one in self.modules if one.state != "done"]
        started = [one for one in waiting if one.state == "started"]
        return next(iter([*started, *waiting]), None)


def my_progress(answers: Mapping[str, Mapping[str, Any]]) -> MyProgress:
    """Where a learner stands, from the answers as `AnswerStore.read` gives them.

    A module without practice, or whose activities can't be read, is left out: it has nothing to answer.
    """
    given = {name: entry for name, entry in answers.items() if is_answer(entry["answer"])}
    modules = tuple(_module(module, activities, given) for module in content.modules() if (activities := _of(module)))
    last: tuple[ModuleProgress, Activity, date | None] | None = None
    latest = ""
    for one in modules:
        for activity in one.activities:
            if activity.id in given and (last is None or _moment(given[activity.id]["saved"]) >= latest):
                latest = _moment(given[activity.id]["saved"])
                last = (one, activity, day_of(given[activity.id]["saved"]))
    return MyProgress(modules, last)


def state_of(answered: int, activities: int) -> State:
    """Whether practice of so many activities, so many of them answered, is done, started or new."""
    if answered == activities:
        return "done"
    return "started" if answered else "new"


def is_answer(answer: Any) -> bool:
    """Whether something was answered: a text that isn't blank, a list or table that holds one, a number."""
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    parts = answer if isinstance(answer, list) else [answer]
    return any(bool(part.strip()) if isinstance(part, str) else part not in (None, [], {}) for part in parts)


def day_of(saved: str) -> date | None:
    """The day in the time an answer was saved, or None where that was changed by hand into something else."""
    try:
        return datetime.fromisoformat(saved).date()
    except ValueError:
        return None


def in_words(day: date) -> str:
    """A day as people here write it: November 3, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def _of(module: Module) -> tuple[Activity, ...]:
    path = content.course_folder() / "activities" / f"{module.id}.toml"
    try:
        return tuple(activity for one in content.load_sets(path) for activity in one.activities)
    except CourseError:
        # The module's own page says what is wrong with it.
        return ()


def _module(module: Module, activities: tuple[Activity, ...], given: Mapping[str, Mapping[str, Any]]) -> ModuleProgress:
    answered = tuple(activity.id for activity in activities if activity.id in given)
    days = sorted(day for name in answered if (day := day_of(given[name]["saved"])))
    return ModuleProgress(module, activities, answered, days[0] if days else None, days[-1] if days else None)


def _moment(saved: str) -> str:
    """A time that can be compared, whatever the time zone it was saved in; "" for one that can't be read."""
    try:
        return f"{datetime.fromisoformat(saved).timestamp():020.3f}"
    except (ValueError, OverflowError, OSError):
        return ""

"""The course map on the start page: where the learner is, the best next step, and every module with its state."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.iep import before_after
from iep_training.iep.my_progress import ModuleProgress, MyProgress, in_words, is_answer, my_progress, state_of
from iep_training.iep.text import words
from iep_training.model import CourseError, Module

# Inline, because an output in a notebook carries no stylesheet of ours; the colors do on white and on dark paper alike.
_BUTTON = (
    "display:inline-block;padding:.6rem 1.25rem;border:2px solid transparent;border-radius:.5rem;"
    "background:#0b5c6b;color:#fff;font-weight:650;text-decoration:none;print-color-adjust:exact"
)
_ROW = "display:flex;flex-wrap:wrap;gap:0 .75rem;margin:0;padding:.6rem 0;border-top:1px solid #8a94a0"


def draw(store: AnswerStore) -> str:
    """The course map as HTML. Links are relative, so they open the modules that lie beside the notebook."""
    answers = store.read()
    progress = my_progress(answers)
    states = {one.module.id: (len(one.answered), len(one.activities)) for one in progress.modules}
    started_with = _first_task(answers)
    if started_with:
        states[content.modules()[0].id] = started_with
    sums = words()["map"]["sums"].format(
        done=len(progress.done), modules=len(progress.modules), minutes=progress.minutes_done, all=progress.minutes
    )
    rows = "".join(_row(module, states.get(module.id)) for module in content.modules())
    return (
        f'<section style="max-width:46rem;line-height:1.6">{_next(progress, started_with)}<p>{escape(sums)}</p>'
        f'<ul style="list-style:none;margin:0;padding:0">{rows}</ul></section>'
    )


def _next(progress: MyProgress, started_with: tuple[int, int] | None) -> str:
    """One button for the best next step; above it where the learner left off, or what is worth doing first."""
    said = words()["map"]
    before = ""
    if progress.last is not None:
        one, activity, day = progress.last
        when = said["left_off_day"].format(day=in_words(day)) if day else ""
        before = said["left_off"].format(activity=activity.title, module=one.module.title, when=when)
    elif started_with is not None and (state := state_of(*started_with)) != "done":
        before = said["first_task"][state].format(to_go=started_with[1] - started_with[0])
    told = f"<p>{escape(before)}</p>" if before else ""
    if progress.next is not None:
        return f"{told}<p>{_button(progress.next)}</p>"
    return f"{told}<p><strong>{escape(said['all_done'])}</strong></p>" if progress.modules else told


def _button(one: ModuleProgress) -> str:
    said = words()["map"][f"next_{one.state}"].format(
        module=_named(one.module),
        minutes=one.module.minutes,
        to_go=len(one.activities) - len(one.answered),
    )
    return f'<a href="{escape(one.module.notebook)}" style="{_BUTTON}">{escape(said)}</a>'


def _row(module: Module, answered: tuple[int, int] | None) -> str:
    """A module's line; `answered` is how many of how many answers are saved, None where that can't be told."""
    said = words()["map"]
    link = f'<a href="{escape(module.notebook)}"><strong>{escape(_named(module))}</strong></a>'
    parts = [said["minutes"].format(minutes=module.minutes)]
    if answered is not None:
        parts.append(said["state"][state_of(*answered)].format(answered=answered[0], activities=answered[1]))
    return (
        f'<li style="{_ROW}"><span style="flex:1 1 16rem">{link}</span>'
        f'<span style="flex:0 0 16rem;white-space:nowrap">{escape(" · ".join(parts))}</span></li>'
    )


def _named(module: Module) -> str:
    # The start page has no number: it is no lesson.
    return f"{module.number}. {module.title}" if module.number else module.title


def _first_task(answers: Mapping[str, Mapping[str, Any]]) -> tuple[int, int] | None:
    """How much of the start page's task is answered, of how much; None where the course has none that can be read."""
    try:
        ids = before_after.first_ids()
    except CourseError:
        return None
    return sum(name in answers and is_answer(answers[name]["answer"]) for name in ids), len(ids)

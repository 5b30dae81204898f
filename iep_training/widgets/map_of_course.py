"""The way through the course: each module with its minutes, a link, and how many of its answers are saved."""

from __future__ import annotations

from html import escape

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.model import CourseError, Module


def draw(store: AnswerStore) -> str:
    """The course map as HTML. Links are relative, so they open the modules that lie beside the notebook."""
    saved = set(store.read())
    return (
        '<ul style="max-width:46rem;line-height:1.6;list-style:none;padding:0">'
        f"{''.join(_module(one, saved) for one in content.modules())}</ul>"
    )


def _module(module: Module, saved: set[str]) -> str:
    summary = f"<br>{escape(module.summary)}" if module.summary else ""
    # The list shows each module's own number: the start page has none.
    number = f"{module.number}. " if module.number else ""
    return (
        f'<li style="margin:0 0 .75rem">{number}<a href="{escape(module.notebook)}">'
        f"<strong>{escape(module.title)}</strong></a>"
        f" · {module.minutes} minutes{_answered(module, saved)}{summary}</li>"
    )


def _answered(module: Module, saved: set[str]) -> str:
    """How much of the module's practice has an answer, or "" for a module without practice."""
    path = content.course_folder() / "activities" / f"{module.id}.toml"
    if not path.is_file():
        return ""
    try:
        ids = [activity.id for one in content.load_sets(path) for activity in one.activities]
    except CourseError:
        # The module itself says what is wrong with it; the map stays useful.
        return ""
    done = sum(one in saved for one in ids)
    return f" · {done} of {len(ids)} answers saved"

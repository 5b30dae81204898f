"""What a notebook shows: practice, the course map, what a learner has made. No learner meets a traceback here."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from iep_training import content, html
from iep_training.answers import AnswerStore
from iep_training.feedback import answer_text, check, growth_of
from iep_training.html import Page
from iep_training.model import ActivitySet, Classify, CourseError
from iep_training.widgets.deal import deal

__all__ = ["course_map", "my_draft", "my_record", "practice"]


def practice(activity: str) -> Any:
    """Show the activity, or the set of activities, with this id.

    It is looked up in `activities.toml` beside the notebook (the items of an assignment), then in the course.
    Answers are kept beside the notebook. Where there is no one to answer, as when nbgrader runs the notebook,
    the result is a page with the saved answers instead of a widget.
    """
    return _in_plain_words(lambda: _practice(activity))


def course_map() -> Any:
    """Show where the learner left off, the best next step, and every module with its minutes and state."""
    from iep_training.iep.course_map import draw

    return _in_plain_words(lambda: Page(draw(AnswerStore()), "The course map"))


def my_draft() -> Any:
    """Show the IEP draft that the builders of the modules fill, to read, change and take away."""

    def show() -> Any:
        from iep_training.widgets.draft_page import DraftPage

        return DraftPage()

    return _in_plain_words(show)


def my_record() -> Any:
    """Show the learner's own growth from before to after the course, and the record of completion to keep."""
    return _in_plain_words(_my_record)


def _my_record() -> Page:
    from iep_training.iep.before_after import compare, draw, task
    from iep_training.iep.record import record, to_html

    answers = AnswerStore().read()
    growth = draw(compare({name: entry["answer"] for name, entry in answers.items()}, task()))
    try:
        kept = html.download("record-of-completion.html", to_html(record(answers, "", date.today())))
    except CourseError as error:
        kept = html.notice(str(error))  # no module is done yet
    return Page(growth + kept, "My record")


def _practice(activity: str) -> Any:
    chosen, graded = _find(activity)
    if chosen.quiet and _may_speak():
        chosen = replace(chosen, quiet=False)
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        answers = AnswerStore().read()
        return static(chosen, {name: entry["answer"] for name, entry in answers.items()}, graded=graded)
    return _widget(chosen.kind)(chosen, AnswerStore(), graded=graded)


def _may_speak() -> bool:
    """Whether a quiet set has its replies by now: the task at the end of the course is done."""
    from iep_training.iep.before_after import finished

    try:
        return finished({name: entry["answer"] for name, entry in AnswerStore().read().items()})
    except CourseError:
        return False  # answers that can't be read; the widget says so


def static(chosen: ActivitySet, answers: dict[str, Any], *, graded: bool) -> Page:
    """The set as a page that needs no kernel: each activity with its answer, and with feedback unless graded or quiet.

    Feedback on a graded item is the instructor's to give: the grade cell shows it after marking.
    """
    parts = []
    for activity in chosen.activities:
        answer = answers.get(activity.id)
        feedback = None if answer is None or graded or chosen.quiet else check(activity, answer)
        growth = growth_of(activity) if isinstance(activity, Classify) else None
        parts.append(html.activity(activity, answer_text(activity, answer), feedback, growth))
    return Page(html.card(chosen.title, parts), f"Practice: {chosen.title}")


def _find(activity: str) -> tuple[ActivitySet, bool]:
    beside = Path("activities.toml")
    if beside.is_file():
        sets = content.load_sets(beside, keys=False)
        found = content.pick(sets, activity)
        if found is not None:
            return deal(found, sets, Path("variants.toml"), AnswerStore()), True
    return content.activity_set(activity), False


def _widget(kind: str) -> Callable[..., Any]:
    """The widget class for activities of this kind; imported here, since it brings ipywidgets along.

    A kind has a file of its own in this folder, named after it, with a class such as `ChooseWidget`.
    """
    if kind not in content.KINDS:
        raise CourseError(f"There is no widget yet for activities of the kind “{kind}”")
    module = importlib.import_module(f"{__name__}.{kind}")
    return cast(Callable[..., Any], getattr(module, f"{kind.capitalize()}Widget"))


def _in_plain_words(show: Callable[[], Any]) -> Any:
    """What `show` returns; or, where a learner is watching, a page that says in plain words what went wrong."""
    strict = os.environ.get("IEP_TRAINING_STRICT") == "1"
    try:
        return show()
    except CourseError as error:
        if strict:
            raise
        return Page(html.notice(str(error)), str(error))
    except Exception as error:
        if strict:
            raise
        words = (
            "This activity could not be shown. The rest of the page works, and saved answers are safe. "
            f"If it stays this way, pass this on to whoever gave you the course: {type(error).__name__}: {error}"
        )
        return Page(html.notice(words), words)

"""The nbgrader settings that make grading safe, fair and self-contained, in one call for nbgrader_config.py."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from iep_training.grading.cells import ANSWER
from iep_training.grading.comments import ready_comments
from iep_training.grading.course import assignment_names
from iep_training.grading.submission import ANSWERS

TEMPLATES = Path(__file__).parent / "templates"


def safe_grading(config: Any, course: Path) -> None:
    """Fill in nbgrader's settings (a traitlets Config) for the course in this folder."""
    here = "iep_training.grading"

    # Only the expected files of a submission reach the grader; the rest is set aside with a note.
    config.Autograde.pre_convert_hook = f"{here}.quarantine.before_autograde"
    # An answers file is the learner's: the source folder never overwrites it.
    config.Autograde.exclude_overwriting = {name: [ANSWERS] for name in assignment_names(course)}
    # Rebuild first, so that all further steps see the instructor's cells only. nbgrader checked those when it made
    # the release, so its costly check of every cell isn't repeated for every learner.
    config.Autograde.sanitize_preprocessors = [
        f"{here}.preprocessors.RebuildFromSource",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.DeduplicateIds",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
    ]
    config.Autograde.autograde_preprocessors = [
        f"{here}.preprocessors.MarkAnswers",
        "nbgrader.preprocessors.LimitOutput",
        f"{here}.preprocessors.SaveMarks",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
    # For notebooks with code of the instructor's own, which run in a kernel: it must not see files handed in.
    config.MarkAnswers.extra_arguments = ["--InteractiveShellApp.ignore_cwd=True"]
    config.MarkAnswers.store_widget_state = False

    # A written-answer cell goes out as the source has it; left so, nbgrader knows that nobody answered.
    config.ClearSolutions.text_stub = ANSWER

    config.GenerateFeedback.exporter_class = f"{here}.exporters.FeedbackPage"
    config.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades"]
    config.FeedbackPage.template_paths = [str(TEMPLATES / "feedback")]
    config.HTMLExporter.template_paths = _formgrader_templates()
    config.HTMLExporter.filters = {"ready_comments": partial(ready_comments, course)}


def _formgrader_templates() -> list[str]:
    """Formgrader's own page with ours in front, which loads nothing from outside and hides the code."""
    import nbgrader
    from nbconvert.exporters import HTMLExporter

    theirs = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    page = HTMLExporter(template_name="formgrade", extra_template_basedirs=[str(theirs)])
    return [str(TEMPLATES / "formgrader"), str(theirs), *page.template_paths]

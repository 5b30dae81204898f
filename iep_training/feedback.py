"""Turn (activity, answer) into Feedback: the only place where marks are decided.

What is said stands in feedback.toml. Any answer at all is taken, however strange, and never raises.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from iep_training import language, progress
from iep_training.model import (
    Activity,
    Classify,
    CourseError,
    Criterion,
    Feedback,
    Finding,
    Growth,
    Reflection,
    Rewrite,
    RewriteReading,
    Strength,
)

__all__ = ["answer_text", "categories", "check", "growth_of", "names_words", "readable", "support_line"]


def check(activity: Activity, answer: Any) -> Feedback:
    """Judge one answer: a str for a rewrite or a reflection, a category for a classify; anything else is no answer.

    Marks come in points of the activity, `earned` never above `points`.
    """
    text = readable(answer)
    if isinstance(activity, Rewrite):
        return _rewrite(activity, text)
    if isinstance(activity, Classify):
        return _classify(activity, text)
    if isinstance(activity, Reflection):
        return _reflection(activity, text)
    raise CourseError(f"There is no feedback yet for activities of the kind “{activity.kind}”")


def readable(answer: Any) -> str:
    """An answer as text that can be read, shown and saved: "" for what is no text, and no stray control characters.

    Every character keeps its place, so that the places of findings still fit what the learner sees.
    """
    if not isinstance(answer, str):
        return ""
    return answer.encode("utf-8", errors="replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")


def answer_text(activity: Activity, answer: Any) -> str:
    """An answer in the words a person would use: the label of the chosen category, or the text that was written."""
    text = readable(answer)
    if isinstance(activity, Classify):
        return next((one["label"] for one in categories() if one["id"] == text), "")
    return text


def categories() -> tuple[dict[str, str], ...]:
    """The choices of a classify activity, in order: id, label and meaning of each."""
    return tuple(_words()["classify"]["category"])


def growth_of(activity: Classify) -> Growth:
    """What the activity's own data show by the rule of `progress`."""
    if activity.series is not None:
        return progress.classify_series(activity.series)
    row = (activity.student, activity.baseline, activity.target, activity.current, activity.direction)
    return progress.classify_row(*row, unit=activity.unit)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "feedback.toml").read_text(encoding="utf-8"))


# --- rewrite --------------------------------------------------------------------------------------------


def _rewrite(activity: Rewrite, text: str) -> Feedback:
    words = _words()["rewrite"]
    if not text.strip():
        return _nothing_yet(activity, words["empty"])
    if len(text) > words["longest"]:
        return _nothing_yet(activity, words["too_long"])
    reading = _read_rewrite(activity, text)
    criteria = _rewrite_criteria(activity, reading)
    return Feedback(
        id=activity.id,
        right=reading.verdict == "accept",
        earned=_sum(criteria, activity.points),
        points=activity.points,
        good=_rewrite_good(reading, criteria),
        next_step=_rewrite_next_step(activity, reading),
        criteria=criteria,
        findings=reading.findings,
        takeaway=activity.takeaway,
    )


def _read_rewrite(activity: Rewrite, text: str) -> RewriteReading:
    """The reading of a rewrite. A fact is not invented when the line about the student holds it."""
    reading = language.read_rewrite(activity.statement, text)
    if "invents_facts" in reading.reasons and activity.student:
        known = language.read_rewrite(f"{activity.statement} {activity.student}", text)
        if "invents_facts" not in known.reasons:
            reasons = tuple(reason for reason in reading.reasons if reason != "invents_facts")
            return replace(reading, reasons=reasons, verdict="revise" if reasons else "accept")
    return reading


def _rewrite_criteria(activity: Rewrite, reading: RewriteReading) -> tuple[Criterion, ...]:
    words = _words()["rewrite"]
    failed = {name for reason in _reasons(reading) for name in reason["fails"]}
    if reading.verdict == "revise" and not support_line(reading.strengths):
        failed.add("support")
    return tuple(
        Criterion(
            name=one["label"],
            met=one["name"] not in failed,
            message=one["unmet"] if one["name"] in failed else one["met"],
            earned=0.0 if one["name"] in failed else one["share"] * activity.points,
            points=one["share"] * activity.points,
        )
        for one in words["criterion"]
    )


def _reasons(reading: RewriteReading) -> list[Mapping[str, Any]]:
    """What feedback.toml says of the reasons against this rewrite, the most pressing first."""
    return [reason for reason in _words()["rewrite"]["reason"] if reason["code"] in reading.reasons]


def names_words(finding: Finding, text: str) -> bool:
    """Whether a finding points at words in a text, rather than at the text as a whole."""
    return (finding.start, finding.end) != (0, len(text))


def support_line(strengths: Iterable[Strength]) -> str:
    """One sentence that points at what the text says of help or growth, "" when it says nothing of either."""
    words = _words()["rewrite"]
    quote = max((one.quote for one in strengths if one.kind in words["supports"]), key=len, default="")
    return str(words["support_quote"].format(quote=quote)) if quote else ""


def _rewrite_good(reading: RewriteReading, criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    good = [criterion.message for criterion in criteria if criterion.met]
    line = support_line(reading.strengths)
    return tuple([*good, line] if good and line else good)


def _rewrite_next_step(activity: Rewrite, reading: RewriteReading) -> str:
    student = _first_name(activity.student)
    for reason in _reasons(reading):
        if "{quote}" not in reason["next_step"]:
            return str(reason["next_step"].format(student=student))
        for finding in reading.findings:
            if finding.severity == "finding" and names_words(finding, reading.rewrite):
                return str(reason["next_step"].format(quote=finding.quote, instead=finding.instead))
        return str(reason["next_step_without_quote"].format(student=student))
    return ""


def _first_name(student: str) -> str:
    """The name that opens the line about a student ("Maya, grade 4, ..."), or "the student"."""
    name = student.split(",")[0].strip()
    return name if name and len(name.split()) <= 2 else "the student"


# --- classify -------------------------------------------------------------------------------------------


def _classify(activity: Classify, chosen: str) -> Feedback:
    words = _words()["classify"]
    labels = {one["id"]: one["label"] for one in words["category"]}
    if chosen not in labels:
        return _nothing_yet(activity, words["empty"])
    growth = growth_of(activity)
    right = chosen == growth.category
    verdict = words["right" if right else "wrong"].format(chosen=labels[chosen], truth=labels[growth.category])
    said = [verdict]
    if chosen in activity.explain:
        said.append(activity.explain[chosen])
    elif not right:
        said.append(words["mixed_up"][chosen][growth.category].format(student=_first_name(activity.student)))
    return Feedback(
        id=activity.id,
        right=right,
        earned=activity.points if right else 0.0,
        points=activity.points,
        good=tuple(said) if right else (),
        next_step="" if right else " ".join(said),
        criteria=(Criterion("Category", right, verdict, activity.points if right else 0.0, activity.points),),
        growth=growth,
        takeaway=activity.takeaway,
    )


# --- reflection -----------------------------------------------------------------------------------------


def _reflection(activity: Reflection, text: str) -> Feedback:
    words = _words()["reflection"]
    count = len(text.split())
    step = ""
    if count == 0:
        step = words["empty"]
    elif count < activity.least_words:
        step = words["short"]
    return Feedback(
        id=activity.id,
        right=count > 0 and not step,
        earned=0.0,
        points=activity.points,
        good=(words["thanks"],) if count else (),
        next_step=step,
        takeaway=activity.takeaway,
        needs_person=True,
    )


# --- shared ---------------------------------------------------------------------------------------------


def _nothing_yet(activity: Activity, next_step: str) -> Feedback:
    return Feedback(id=activity.id, right=False, earned=0.0, points=activity.points, next_step=next_step)


def _sum(criteria: Iterable[Criterion], points: float) -> float:
    """The points earned, free of the dust of adding fractions, so that all of the parts are all of the points."""
    return min(points, round(sum(criterion.earned for criterion in criteria), 6))

"""A statement turned around: the verdict and reasons of the language reader, as criteria with partial credit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from iep_training import language
from iep_training.feedback.shared import first_name, nothing_yet, total, words
from iep_training.model import Criterion, Feedback, Finding, Rewrite, RewriteReading, Strength


def judge(activity: Rewrite, text: str) -> Feedback:
    """Judge a rewrite; `text` is the learner's version."""
    said = words()["rewrite"]
    if not text.strip():
        return nothing_yet(activity, said["empty"])
    if len(text) > said["longest"]:
        return nothing_yet(activity, said["too_long"])
    # A fact is not invented when the line about the student holds it.
    reading = language.read_rewrite(activity.statement, text, activity.student)
    criteria = _rewrite_criteria(activity, reading)
    return Feedback(
        id=activity.id,
        right=reading.verdict == "accept",
        earned=total(criteria, activity.points),
        points=activity.points,
        good=_rewrite_good(reading, criteria),
        next_step=_rewrite_next_step(activity, reading),
        criteria=criteria,
        findings=reading.findings,
        takeaway=activity.takeaway,
    )


def _rewrite_criteria(activity: Rewrite, reading: RewriteReading) -> tuple[Criterion, ...]:
    said = words()["rewrite"]
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
        for one in said["criterion"]
    )


def _reasons(reading: RewriteReading) -> list[Mapping[str, Any]]:
    """What feedback.toml says of the reasons against this rewrite, the most pressing first."""
    return [reason for reason in words()["rewrite"]["reason"] if reason["code"] in reading.reasons]


def names_words(finding: Finding, text: str) -> bool:
    """Whether a finding points at words in a text, rather than at the text as a whole."""
    return (finding.start, finding.end) != (0, len(text))


def support_line(strengths: Iterable[Strength]) -> str:
    """One sentence that points at what the text says of help or growth, "" when it says nothing of either."""
    said = words()["rewrite"]
    quote = max((one.quote for one in strengths if one.kind in said["supports"]), key=len, default="")
    return str(said["support_quote"].format(quote=quote)) if quote else ""


def _rewrite_good(reading: RewriteReading, criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    good = [criterion.message for criterion in criteria if criterion.met]
    line = support_line(reading.strengths)
    return tuple([*good, line] if good and line else good)


def _rewrite_next_step(activity: Rewrite, reading: RewriteReading) -> str:
    student = first_name(activity.student)
    for reason in _reasons(reading):
        if "{quote}" not in reason["next_step"]:
            return str(reason["next_step"].format(student=student))
        for finding in reading.findings:
            if finding.severity == "finding" and names_words(finding, reading.rewrite):
                return str(reason["next_step"].format(quote=finding.quote, instead=finding.instead))
        return str(reason["next_step_without_quote"].format(student=student))
    return ""

"""Something written out of several boxes: each box is filled, and reads well in the way that suits it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from iep_training import language
from iep_training.feedback.rewrite import names_words, support_line
from iep_training.feedback.shared import nothing_yet, readable, total, words
from iep_training.language.reading_grade import reading_grade
from iep_training.language.tone import WEIGHED
from iep_training.model import Build, Criterion, Feedback, Field, Finding

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# The rule that finds praise tied to no skill.
VAGUE_PRAISE = "vague-praise"

# Far beyond any box of an IEP; a pasted report is kept whole, and only its beginning is read.
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class GoalPart:
    """A part of a goal by the name a teacher knows, and the words that were found for it, "" for none."""

    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What is read in one box: findings, a line on what is there already, the parts of a goal, words on the grade."""

    findings: tuple[Finding, ...] = ()
    good: str = ""
    parts: tuple[GoalPart, ...] = ()
    grade: str = ""
    problem: str = ""


def clean(activity: Build, answer: Any) -> dict[str, str]:
    """{field: text} with the fields of this activity that hold something.

    With cases, "case" is the file that was chosen and "name" the student in it, under which the IEP draft is kept.
    """
    if not isinstance(answer, dict):
        return {}
    case = next((case for case in activity.cases if case.id == answer.get("case")), None)
    chosen = {"case": case.id, "name": case.name} if case else {}
    texts = {field.id: readable(answer.get(field.id)) for field in activity.fields}
    return chosen | {name: text for name, text in texts.items() if text}


def in_words(activity: Build, answer: Mapping[str, str]) -> str:
    """What was written: the label of each box that holds something, and its text."""
    parts = [answer["name"]] if "case" in answer else []
    parts += [f"{field.label}\n{answer[field.id].strip()}" for field in activity.fields if _filled(field, answer)]
    return "\n\n".join(parts)


def product(activity: Build) -> str:
    """The name of what is built, such as "Your goal"."""
    return str(words()["build"]["product"].get(activity.produces, activity.title))


def read_field(activity: Build, field: Field, answer: Mapping[str, str]) -> FieldReading:
    """Read one box of an answer, as its `reads` asks. `problem` is the one thing to look at again, "" for nothing."""
    text = answer.get(field.id, "")[:LONGEST]
    if not text.strip():
        return FieldReading()
    match field.reads:
        case "statement" | "original":
            return _statement(text, judged=field.reads == "statement")
        case "goal":
            return _goal(text)
        case "family_note":
            return _note(activity, answer)
    return FieldReading()


def judge(activity: Build, answer: Mapping[str, str]) -> Feedback:
    """Each box that is asked for earns an equal share; a goal by its four parts, the rest when it reads well.

    A box that may stay empty is worth no points, and is still read when something is written in it. A criterion a
    box, in their order; one more for the choice of a case, at the end.
    """
    said = words()["build"]
    if not any(_filled(field, answer) for field in activity.fields):
        return nothing_yet(activity, said["empty"])
    worth = activity.points / sum(not field.optional for field in activity.fields)
    criteria = [_criterion(activity, field, answer, worth) for field in activity.fields]
    if activity.cases:
        chosen = "case" in answer
        criteria.append(Criterion(said["case"], chosen, said["filled" if chosen else "no_case"], 0.0, 0.0))
    there, count = sum(one.met for one in criteria), len(criteria)
    first = next((one for one in criteria if not one.met), None)
    return Feedback(
        id=activity.id,
        right=first is None,
        earned=total(criteria, activity.points),
        points=activity.points,
        good=(said["right"] if first is None else said["there"].format(there=there, count=count),) if there else (),
        next_step=said["next_step"].format(label=first.name, message=first.message) if first else "",
        criteria=tuple(criteria),
        takeaway=activity.takeaway,
    )


def _criterion(activity: Build, field: Field, answer: Mapping[str, str], worth: float) -> Criterion:
    said = words()["build"]
    points = 0.0 if field.optional else worth
    if not _filled(field, answer):
        message = said["may_be_empty" if field.optional else "missing"]
        return Criterion(field.label, field.optional, message, 0.0, points)
    reading = read_field(activity, field, answer)
    problem = reading.problem or _says_too_little(field, answer[field.id][:LONGEST])
    if not problem:
        return Criterion(field.label, True, said["filled"], points, points)
    share = sum(bool(part.quote) for part in reading.parts) / len(reading.parts) if reading.parts else 0.0
    return Criterion(field.label, False, problem, share * points, points)


def _says_too_little(field: Field, text: str) -> str:
    """What to say of a box that must be filled and holds the example, words of any plan, or next to nothing; or ""."""
    if field.optional or field.reads in ("goal", "original"):
        return ""
    said = words()["build"]
    written = _WORD.findall(text.casefold())
    # Where a word is enough, such as a skill area, many will rightly write the word of the example.
    if field.least_words > 1 and written == _WORD.findall(field.example.casefold()):
        return str(said["copied"])
    found = max(_stock().findall(text), key=len, default="")
    praise = _praise(text) if field.reads == "statement" else ()
    rest = _stock().sub(" ", text.casefold())
    for quote in praise:
        rest = rest.replace(quote.casefold(), " ")
    if len(set(_WORD.findall(rest))) >= field.least_words:
        return ""
    if praise:
        return str(said["praise"]).format(quote=praise[0])
    return str(said["stock_phrase"]).format(quote=found) if found else str(said["too_little"])


def _praise(text: str) -> tuple[str, ...]:
    """Warm words that are tied to no skill."""
    return tuple(one.quote for one in language.read_statement(text).findings if one.rule == VAGUE_PRAISE)


@cache
def _stock() -> re.Pattern[str]:
    """Phrases that stand in any plan and so say nothing of this student."""
    return re.compile(rf"\b(?:{'|'.join(words()['build']['stock'])})\b", re.IGNORECASE)


def _filled(field: Field, answer: Mapping[str, str]) -> bool:
    return bool(answer.get(field.id, "").strip())


def _statement(text: str, *, judged: bool) -> FieldReading:
    said = words()["build"]
    reading = language.read_statement(text)
    # A box often holds half sentences and lists, too little to weigh: only words that a rule can point at count here.
    found = tuple(one for one in reading.findings if names_words(one, text) and one.rule != WEIGHED)
    first = next((one for one in found if one.severity == "finding"), None)
    problem = said["deficit"].format(quote=first.quote, instead=first.instead).strip() if first else ""
    judged = judged and reading.framing == "deficit"
    return FieldReading(found, support_line(reading.strengths), problem=problem if judged else "")


def _goal(text: str) -> FieldReading:
    said = words()["build"]
    goal = language.read_goal(text)
    spans = [(one["label"], getattr(goal, one["part"])) for one in said["goal_part"]]
    parts = tuple(GoalPart(label, span.quote if span else "") for label, span in spans)
    missing = [part.label for part in parts if not part.quote]
    problem = said["goal"].format(parts=", ".join(missing)) if missing else ""
    return FieldReading(parts=parts, problem=problem)


def _note(activity: Build, answer: Mapping[str, str]) -> FieldReading:
    """The grade of all boxes of the note together: a sentence alone is too little to tell."""
    said = words()["build"]
    note = " ".join(answer.get(field.id, "")[:LONGEST] for field in activity.fields if field.reads == "family_note")
    if len(note.split()) < said["grade_least_words"]:
        return FieldReading(grade=said["grade_soon"])
    grade = round(reading_grade(note))
    high = grade > said["grade_highest"]
    told = said["grade"].format(grade=max(grade, 1))
    return FieldReading(grade=told, problem=said["grade_high"].format(grade=grade) if high else "")

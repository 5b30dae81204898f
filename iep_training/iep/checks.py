"""Look over a draft as a kind colleague would: what is missing, what is worth a second look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from iep_training import content, feedback, language
from iep_training.iep.draft import Draft, Part, Section
from iep_training.iep.text import paragraphs, words
from iep_training.language.reading_grade import reading_grade
from iep_training.model import CourseError

Kind = Literal["name", "missing", "outdated", "deficit", "goal", "reading_grade"]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at: its kind, the section and part it is about ("" for the whole section), and the words."""

    kind: Kind
    section: str
    part: str
    message: str


def check(draft: Draft) -> tuple[Note, ...]:
    """Everything worth a second look in a draft, in its order; empty when there is nothing to say."""
    return tuple(_notes(draft))


def _notes(draft: Draft) -> Iterator[Note]:
    said = words()["checks"]
    if not draft.student:
        yield Note("name", "", "", said["name"])
    for section in draft.sections:
        yield from _missing(section)
        for part in section.parts:
            if part.outdated:
                yield Note("outdated", section.id, part.id, said["outdated"].format(part=part.title))
            if part.reads == "goal":
                yield from _goal(section, part)
            elif part.reads:
                yield from _deficit(section, part)
        yield from _grade(section)


def _missing(section: Section) -> Iterator[Note]:
    missing = [part for part in section.parts if part.needed and not part.text.strip()]
    if not missing:
        return
    said = words()["checks"]
    everything = len(missing) == len([part for part in section.parts if part.needed])
    places = {part.source.activity for part in missing if part.source}
    yield Note(
        "missing",
        section.id,
        missing[0].id if len(missing) == 1 else "",
        said["missing_all" if everything else "missing"]
        .format(
            section=section.title,
            parts=_list(f"“{part.title}”" for part in missing),
            where=" ".join(filter(None, map(_where, sorted(places)))),
        )
        .strip(),
    )


def _where(activity: str) -> str:
    """Where in the course a part is written: the module whose number the activity's id begins with."""
    try:
        modules = content.modules()
    except CourseError:
        return ""
    number = activity.partition("-")[0]
    title = next((one.title for one in modules if one.id.partition("_")[0] == number), "")
    return str(words()["checks"]["where"].format(number=int(number), title=title)) if title else ""


def _deficit(section: Section, part: Part) -> Iterator[Note]:
    """The first finding of each part that still has one: a list of twenty would help nobody."""
    for line in paragraphs(part.text):
        reading = language.read_statement(line)
        named = [one for one in reading.findings if one.severity == "finding" and feedback.names_words(one, line)]
        if reading.framing == "deficit" and named:
            found = named[0]
            message = words()["checks"]["deficit"].format(
                part=part.title, quote=found.quote, why=found.why, instead=found.instead
            )
            yield Note("deficit", section.id, part.id, message)
            return


def _goal(section: Section, part: Part) -> Iterator[Note]:
    said = words()["checks"]
    for line in paragraphs(part.text):
        goal = language.read_goal(line)
        missing = [said["goal_parts"][name] for name in said["goal_parts"] if getattr(goal, name) is None]
        if missing:
            key = "goal_incomplete" if goal.measurable else "goal_not_measurable"
            yield Note("goal", section.id, part.id, said[key].format(missing=_list(missing)))


def _grade(section: Section) -> Iterator[Note]:
    said = words()["checks"]
    note = "\n".join(part.text for part in section.parts if part.reads == "family_note")
    if len(note.split()) < said["reading_grade_least_words"]:
        return
    grade = round(reading_grade(note))
    if grade > said["reading_grade_aim"]:
        yield Note("reading_grade", section.id, "", said["reading_grade"].format(grade=grade))


def _list(items: Iterator[str] | list[str]) -> str:
    """A list in a sentence: "a", "a and b", "a, b and c"."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last

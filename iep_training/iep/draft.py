"""The IEP draft of one student: what the learner wrote in the modules, laid out by a template, with later edits.

An answer belongs to the student it names. So the drafts are as many as the names that the learner has used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from iep_training.iep.template import Layout, PartTemplate, Reads, Source, Template
from iep_training.iep.text import one_line, plain

_LONGEST_NAME = 80
NO_NAME = "no name"


@dataclass(frozen=True, slots=True)
class Edit:
    """A part as the learner changed it in the draft, and the module's text that it stands in for."""

    text: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a draft. `text` is what the draft says: the edit where there is one, else what was `written`.

    `source` is the answer it came from, or may come from: None for a part that is written in the draft alone.
    `outdated` is True when the module's text has changed since the edit.
    """

    id: str
    title: str
    text: str
    written: str
    source: Source | None
    reads: Reads
    needed: bool
    edited: bool = False
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a draft with its parts, in order."""

    id: str
    title: str
    about: str
    layout: Layout
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft for one student. `id` stays the same however the grade after the name changes."""

    id: str
    student: str
    title: str
    note: str
    closing: str
    sections: tuple[Section, ...]

    def part(self, part_id: str) -> Part | None:
        """The part with this id, such as "goals.baseline", or None."""
        return next((part for section in self.sections for part in section.parts if part.id == part_id), None)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the drafts file holds of one student: the name, texts once written in the modules, and edits, by part id."""

    student: str = ""
    written: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, Edit] = field(default_factory=dict)


def draft_id(student: str) -> str:
    """The id of the draft for a student, from the name before the first comma: "June, grade 4" and "june" are one."""
    name = one_line(one_line(student).split(",")[0].casefold().replace("/", " "))
    return name[:_LONGEST_NAME].strip() or NO_NAME


def gather(templates: Sequence[Template], answers: Mapping[str, Any], kept: Mapping[str, Kept]) -> tuple[Draft, ...]:
    """Every student's draft, in the order of their names, each by the template that the student's answers fill best.

    `answers` maps activity ids to answers, of which those that feed a template and are texts by field are used;
    `kept` maps draft ids to what the drafts file holds.
    """
    drafts = [_drafts(template, answers, kept) for template in templates]
    names = sorted({name for one in drafts for name in one})
    # `max` takes the first of equals: the first file by name.
    return tuple(max((one[name] for one in drafts if name in one), key=_filled) for name in names)


def _filled(draft: Draft) -> int:
    return sum(bool(part.text.strip()) for section in draft.sections for part in section.parts)


def _drafts(template: Template, answers: Mapping[str, Any], kept: Mapping[str, Kept]) -> dict[str, Draft]:
    fields = {
        activity: {str(name): plain(text) for name, text in answer.items()}
        for activity in sorted({one.activity for part in _parts(template) for one in part.sources})
        if isinstance(answer := answers.get(activity), Mapping) and any(map(plain, answer.values()))
    }
    owners = {activity: draft_id(texts.get(template.name_field, "")) for activity, texts in fields.items()}
    drafts = {}
    for name in {*owners.values(), *kept}:
        own = {activity: texts for activity, texts in fields.items() if owners[activity] == name}
        drafts[name] = _draft(template, name, own, kept.get(name, Kept()))
    return drafts


def _parts(template: Template) -> list[PartTemplate]:
    return [part for section in template.sections for part in section.parts]


def _draft(template: Template, name: str, answers: Mapping[str, Mapping[str, str]], kept: Kept) -> Draft:
    names = [one_line(texts.get(template.name_field, ""))[:_LONGEST_NAME] for texts in answers.values()]
    sections = tuple(
        Section(one.id, one.title, one.about, one.layout, tuple(_part(part, answers, kept) for part in one.parts))
        for one in template.sections
    )
    # "June, grade 4" tells more than "June".
    student = max([kept.student, *names], key=len)
    return Draft(name, student, template.title, template.note, template.closing, sections)


def _part(part: PartTemplate, answers: Mapping[str, Mapping[str, str]], kept: Kept) -> Part:
    own = [source for source in part.sources if source.activity in answers]
    full = next((source for source in own if answers[source.activity].get(source.field)), None)
    source = full or next(iter(own or part.sources), None)
    # The answer may be about another student by now; what it once said of this one is kept.
    written = answers[full.activity][full.field] if full else "" if own else kept.written.get(part.id, "")
    edit = kept.edits.get(part.id)
    return Part(
        part.id,
        part.title,
        text=written if edit is None else edit.text,
        written=written,
        source=source,
        reads=part.reads,
        needed=part.needed,
        edited=edit is not None,
        outdated=edit is not None and bool(written) and edit.over != written,
    )

"""The layouts of a draft: the sections in course/iep_drafts/*.toml, and which answers feed each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from iep_training import content
from iep_training.model import CourseError

Reads = Literal["", "statement", "goal", "family_note"]
Layout = Literal["text", "table", "letter"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part comes from: a field of the answer to a build activity."""

    activity: str
    field: str


@dataclass(frozen=True, slots=True)
class PartTemplate:
    """One part of the draft. `id` holds its section's id too, as in "goals.baseline", and is permanent."""

    id: str
    title: str
    sources: tuple[Source, ...] = ()
    reads: Reads = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """One section of the draft, with a line on what it is for."""

    id: str
    title: str
    about: str
    layout: Layout
    parts: tuple[PartTemplate, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The draft as the curriculum lays it out. In every answer, the field `name_field` names the student."""

    title: str
    note: str
    closing: str
    name_field: str
    sections: tuple[SectionTemplate, ...]


def templates() -> tuple[Template, ...]:
    """The course's templates, in the order of their files' names."""
    return tuple(map(read_template, sorted((content.course_folder() / "iep_drafts").glob("*.toml"))))


def read_template(path: Path) -> Template:
    """The template in one file. An author's slip is a CourseError that names the file, the entry and the fix."""
    tree = content.read_toml(path)
    sections = tuple(_section(entry, path.name) for entry in _entries(tree, "section", path.name))
    ids = [part.id for section in sections for part in section.parts]
    for name in ids:
        if ids.count(name) > 1:
            raise CourseError(f"{path.name}: the part “{name}” is there twice. Give one of the two a new id")
    top = {name: _text(tree, name, path.name) for name in ("title", "note", "closing", "name_field")}
    return Template(**top, sections=sections)


def _section(entry: Mapping[str, Any], file: str) -> SectionTemplate:
    where = f"{file}, section “{entry.get('id', '?')}”"
    _only(entry, ("id", "title", "about", "layout", "part"), where)
    name = _text(entry, "id", where)
    parts = tuple(_part(one, name, where) for one in _entries(entry, "part", where))
    layout = _one_of(entry.get("layout", "text"), get_args(Layout), "layout", where)
    return SectionTemplate(name, _text(entry, "title", where), _text(entry, "about", where), layout, parts)


def _part(entry: Mapping[str, Any], section: str, where: str) -> PartTemplate:
    where = f"{where}, part “{entry.get('id', '?')}”"
    _only(entry, ("id", "title", "from", "reads", "needed"), where)
    sources = entry.get("from", [])
    if not isinstance(sources, list) or not all(isinstance(one, str) and one.count(".") == 1 for one in sources):
        raise CourseError(f'{where}: write “from” as a list of activity.field, such as ["06-goal.whole"]')
    needed = entry.get("needed", True)
    if not isinstance(needed, bool):
        raise CourseError(f"{where}: “needed” must be true or false, without quotation marks")
    return PartTemplate(
        f"{section}.{_text(entry, 'id', where)}",
        _text(entry, "title", where),
        tuple(Source(*one.split(".")) for one in sources),
        _one_of(entry.get("reads", ""), get_args(Reads), "reads", where),
        needed,
    )


def _entries(tree: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    entries = tree.get(name)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CourseError(f"{where}: “{name}” is missing. Write each in two pairs of brackets: [[...{name}]]")
    return entries


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise CourseError(f"{where}: “{name}” is missing. Add it, as text in quotation marks")
    return value


def _one_of(value: Any, known: tuple[Any, ...], name: str, where: str) -> Any:
    if value not in known:
        raise CourseError(f"{where}: “{name}” is “{value}”; use one of {', '.join(filter(None, known))}")
    return value


def _only(entry: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in entry:
        if name not in known:
            raise CourseError(f"{where}: “{name}” is not a field of this entry. It may hold {', '.join(known)}")

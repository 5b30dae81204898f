"""The draft as Markdown: plain text that other tools take in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iep_training.iep.draft import Draft, Section
from iep_training.iep.export import heading, letter, shown
from iep_training.iep.text import paragraphs, words

# What Markdown, or HTML inside it, takes for a mark of its own anywhere in a line.
_MARKS = re.compile(r"([\\`*_\[\]<>|~$&^])")
# What makes a list, a heading, a rule or a note when a line opens with it.
_OPENER = re.compile(r"^(\d*)([#+\-=:.)])")


def to_markdown(draft: Draft) -> str:
    """The draft as the text of a Markdown file."""
    said = words()["draft"]
    lines = [f"# {_escaped(heading(draft))}", "", f"> {_escaped(draft.note)}", ""]
    for section in draft.sections:
        lines += [f"## {_escaped(section.title)}", "", f"*{_escaped(section.about)}*", ""]
        match section.layout:
            case "table":
                lines += _table(section)
            case "letter":
                lines += [*_text(letter(section)), ""]
            case _:
                lines += _parts(section)
    lines += [f"## {_escaped(said['before_you_use'])}", "", _escaped(draft.closing)]
    return "\n".join(lines) + "\n"


def _parts(section: Section) -> Iterator[str]:
    for part in shown(section):
        yield f"### {_escaped(part.title)}"
        yield ""
        for paragraph in _text(part.text):
            yield paragraph
            yield ""


def _table(section: Section) -> Iterator[str]:
    said = words()["draft"]
    yield f"| {said['table_part']} | {said['table_text']} |"
    yield "| --- | --- |"
    for part in shown(section):
        yield f"| {_escaped(part.title)} | {'<br>'.join(_text(part.text))} |"
    yield ""


def _text(text: str) -> list[str]:
    return [_escaped(line) for line in paragraphs(text)] or [f"*{words()['draft']['empty']}*"]


def _escaped(text: str) -> str:
    """Text that shows as it was written: no list, link, heading, table or HTML comes of it."""
    return _OPENER.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))

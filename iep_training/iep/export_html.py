"""The draft as one HTML file: to read on a screen, to print, or to save as PDF."""

from __future__ import annotations

from html import escape

from iep_training.iep.draft import Draft, Part, Section
from iep_training.iep.export import heading, letter, shown
from iep_training.iep.page import document, prose
from iep_training.iep.text import words


def to_html(draft: Draft) -> str:
    """The draft as the text of an HTML file."""
    said = words()["draft"]
    links = "".join(f'<li><a href="#{escape(one.id)}">{escape(one.title)}</a></li>' for one in draft.sections)
    contents = f'<nav aria-label="{escape(said["contents"])}"><ul>{links}</ul></nav>'
    header = f'<h1><bdi>{escape(heading(draft))}</bdi></h1><p class="note">{escape(draft.note)}</p>{contents}'
    footer = f"<h2>{escape(said['before_you_use'])}</h2><p>{escape(draft.closing)}</p>"
    return document(heading(draft), header, "".join(map(_section, draft.sections)), footer)


def _section(section: Section) -> str:
    name = escape(section.id)
    match section.layout:
        case "table":
            body = _table(section, shown(section))
        case "letter":
            body = _text(letter(section))
        case _:
            body = "".join(map(_part, shown(section)))
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(section.title)}</h2>'
        f'<p class="about">{escape(section.about)}</p>{body}</section>'
    )


def _part(part: Part) -> str:
    return f"<h3>{escape(part.title)}</h3>{_text(part.text)}"


def _table(section: Section, parts: list[Part]) -> str:
    said = words()["draft"]
    rows = "".join(f'<tr><th scope="row">{escape(part.title)}</th><td>{_text(part.text)}</td></tr>' for part in parts)
    return (
        f'<table class="parts" aria-labelledby="{escape(section.id)}"><thead><tr>'
        f'<th scope="col">{escape(said["table_part"])}</th><th scope="col">{escape(said["table_text"])}</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _text(text: str) -> str:
    return prose(text) or f'<p class="empty">{escape(words()["draft"]["empty"])}</p>'

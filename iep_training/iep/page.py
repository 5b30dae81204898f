"""The shell of every page that is taken away: a file of its own that opens offline, prints, and suits every screen."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from iep_training.iep.text import paragraphs

# Nothing that a page holds may run or be fetched, whatever a person wrote into it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def document(title: str, header: str, main: str, footer: str = "") -> str:
    """A whole HTML file. `title` is plain text; the other parts are HTML whose words were escaped already."""
    return (
        '<!doctype html>\n<html lang="en-US"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_style()}</style></head>\n<body><header>{header}</header>\n<main>{main}</main>\n"
        f"<footer>{footer}</footer></body></html>\n"
    )


def prose(text: str) -> str:
    """A person's text as HTML paragraphs, each in its own direction."""
    return "".join(f'<p dir="auto">{escape(line)}</p>' for line in paragraphs(text))


def scroll(label: str, table: str) -> str:
    """A table that may be wider than a phone, in a frame that scrolls by keyboard too."""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">{table}</div>'


@cache
def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8")

"""The record of completion: one page to print, for professional-development hours.

Its check code is a fingerprint of the words on the page. It shows an accidental change; it is no seal, and the page
says so.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from html.parser import HTMLParser
from typing import Any

from iep_training import feedback
from iep_training.iep.my_progress import ModuleProgress, in_words, my_progress
from iep_training.iep.page import document, scroll
from iep_training.iep.text import one_line, plain, words
from iep_training.model import Activity, CourseError, Rewrite

_LONGEST_NAME = 120
_LONGEST_EVIDENCE = 2_000
_CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something the learner wrote in an activity (its id), and the statement it answers ("" where there is none)."""

    activity: str
    title: str
    statement: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One module on the record."""

    progress: ModuleProgress
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What the record says: who, on which day, and the modules that are done with their evidence."""

    name: str
    day: date
    entries: tuple[Entry, ...]

    @property
    def minutes(self) -> int:
        """The planned minutes of the modules on the record."""
        return sum(entry.progress.module.minutes for entry in self.entries)


def record(answers: Mapping[str, Mapping[str, Any]], name: str, day: date, leave_out: Collection[str] = ()) -> Record:
    """The record of the modules that are done, for a person of this name, from `AnswerStore.read`'s answers.

    `leave_out` names activities whose words the learner does not want to show. Raises CourseError when no module is
    done yet.
    """
    done = my_progress(answers).done
    if not done:
        raise CourseError(words()["record"]["nothing_yet"])
    texts = {key: entry["answer"] for key, entry in answers.items()}
    entries = tuple(Entry(one, _evidence(one, texts, leave_out)) for one in done)
    return Record(one_line(name)[:_LONGEST_NAME], day, entries)


def to_html(record: Record) -> str:
    """The record as the text of an HTML file, with its check code."""
    said = words()["record"]
    name = record.name or said["no_name"]
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in said["columns"])
    rows = "".join(map(_row, record.entries))
    total = said["total"].format(
        modules=len(record.entries), minutes=record.minutes, hours=f"{record.minutes / 60:.1f}"
    )
    caption = f"<caption>{escape(said['caption'])}</caption>"
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    main = (
        f"<h1>{escape(said['title'])}</h1><p>{escape(said['course'])}</p>"
        f'<p><strong><bdi dir="auto">{escape(name)}</bdi></strong><br>{escape(in_words(record.day))}</p>'
        f"<p><strong>{escape(total)}</strong></p>"
        f"{scroll(said['caption'], table)}"
        f"<h2>{escape(said['evidence'])}</h2>{''.join(map(_evidence_html, record.entries))}"
        f'<div class="together"><h2>{escape(said["proves_title"])}</h2>'
        + "".join(f"<p>{escape(line)}</p>" for line in said["proves"])
        + "</div>"
    )
    code = check_code(main)
    footer = (
        f'<p>{escape(said["code"])} <span class="code">{code}</span></p><p class="about">{escape(said["check"])}</p>'
    )
    return document(f"{said['title']}: {name}", "", main, footer)


def check_code(html: str) -> str:
    """The check code of the words in a piece of HTML: eight letters and digits in two groups."""
    letters = _Words(html).text
    digest = hashlib.sha256(unicodedata.normalize("NFC", " ".join(letters.split())).encode("utf-8")).digest()
    code = base64.b32encode(digest).decode("ascii")[:_CODE_LENGTH]
    return f"{code[:4]}-{code[4:]}"


def is_unchanged(page: str) -> bool:
    """Whether the words of a record still fit its check code. Raises CourseError for a page that is no record."""
    start, end = page.find("<main>"), page.rfind("</main>")
    code = page.partition('<span class="code">')[2].partition("</span>")[0]
    if start < 0 or end < start or not code:
        raise CourseError(words()["record"]["not_a_record"])
    return hmac.compare_digest(check_code(page[start + len("<main>") : end]).encode(), code.strip().encode())


class _Words(HTMLParser):
    """The words of a piece of HTML, without its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data


def _evidence(one: ModuleProgress, answers: Mapping[str, Any], leave_out: Collection[str]) -> tuple[Evidence, ...]:
    """From each sort of activity that words.toml names, the last the learner wrote well: at most one of a sort."""
    found = []
    for kind in words()["record"]["evidence_kinds"]:
        shown = set(one.answered).difference(leave_out)
        own = [activity for activity in one.activities if activity.kind == kind and activity.id in shown]
        right = [activity for activity in own if feedback.check(activity, answers[activity.id]).right]
        best = [*own, *right][-1:]
        found += [_piece(activity, answers[activity.id]) for activity in best]
    return tuple(piece for piece in found if piece.text)


def _piece(activity: Activity, answer: Any) -> Evidence:
    text = plain(feedback.answer_text(activity, answer))
    short = text if len(text) <= _LONGEST_EVIDENCE else f"{text[:_LONGEST_EVIDENCE].rstrip()} …"
    return Evidence(activity.id, activity.title, activity.statement if isinstance(activity, Rewrite) else "", short)


def _row(entry: Entry) -> str:
    said = words()["record"]
    one = entry.progress
    days = ""
    if one.first_day and one.last_day:
        key = "one_day" if one.first_day == one.last_day else "days"
        days = said[key].format(first=in_words(one.first_day), last=in_words(one.last_day))
    cells = (str(one.module.minutes), str(len(one.answered)))
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(one.module.title)}</th>{numbers}<td>{escape(days)}</td></tr>'


def _evidence_html(entry: Entry) -> str:
    said = words()["record"]
    pieces = "".join(
        f"<p><strong>{escape(piece.title)}.</strong>"
        + (f" {escape(said['instead_of'].format(statement=piece.statement))}" if piece.statement else "")
        + f'</p><blockquote dir="auto">{escape(piece.text)}</blockquote>'
        for piece in entry.evidence
    )
    return f"<h3>{escape(entry.progress.module.title)}</h3>{pieces or '<p>' + escape(said['no_text']) + '</p>'}"

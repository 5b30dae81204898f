"""A summary of a class to keep: each student's category, numbers, reasons and next step, as CSV and as a page to print.

The sentences stand in words.toml; everything that came out of a file is escaped, and no cell can run as a formula.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from iep_training import spreadsheet
from iep_training.model import CANNOT_CLASSIFY, CATEGORIES, Growth
from iep_training.progress import chart, words


def rows(growths: Sequence[Growth], changes: Sequence[Sequence[str]] = ()) -> list[dict[str, str]]:
    """One row a student, by the headings of words.toml, every value as a teacher reads it.

    `changes` are what was corrected by hand for each student, in words.
    """
    told = [" ".join(own) for own in changes] or [""] * len(growths)
    return [
        {_head(name): value for name, value in (_cells(growth) | {"changes": own}).items()}
        for growth, own in zip(growths, told, strict=True)
    ]


def counts(growths: Sequence[Growth]) -> str:
    """How many students are in each category, in words: "Big growth: 2. Continue to grow: 5."."""
    found = Counter(growth.category for growth in growths)
    return " ".join(
        f"{words.say('category', one)}: {found[one]}." for one in (*CATEGORIES, CANNOT_CLASSIFY) if found[one]
    )


def to_csv(growths: Sequence[Growth], changes: Sequence[Sequence[str]] = ()) -> str:
    """The rows as CSV. Save it as UTF-8 with a byte-order mark, which Excel needs."""
    text = io.StringIO()
    heads = [_head(name) for name in words.sentences()["summary"]["heads"]]
    spreadsheet.write([heads, *(row.values() for row in rows(growths, changes))], text, line_end="\r\n")
    return text.getvalue()


def to_html(growths: Sequence[Growth], *, source: str, day: str, changes: Sequence[str] = ()) -> str:
    """A page that stands alone: a table of the class, then each student with chart, reasons and next step.

    `source` names the file the data came from, `day` the day of the summary, `changes` what was corrected by hand.
    """
    title = _say("title")
    head = "".join(f'<th scope="col">{escape(_head(name))}</th>' for name in _IN_TABLE)
    body = "".join(map(_table_row, growths))
    notes = "".join(f"<li>{escape(one)}</li>" for one in changes)
    changed = f"<h2>{escape(_say('changes'))}</h2><ul>{notes}</ul>" if changes else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_style()}</style>'
        f"</head><body><main><h1>{escape(title)}</h1>"
        f"<p>{escape(_say('made', source=source, day=day))}</p><p>{escape(counts(growths))}</p>"
        f'<p class="care">{escape(_say("care"))}</p>'
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(_say("table"))}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{''.join(map(_student, growths))}{changed}</main></body></html>\n"
    )


_IN_TABLE = ("student", "category", "baseline", "now", "target", "share")


def _table_row(growth: Growth) -> str:
    cells = _cells(growth)
    again = f" ({cells['look_again']})" if growth.borderline else ""
    first, *rest = (cells[name] for name in _IN_TABLE)
    rest[0] += again
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'


def _student(growth: Growth) -> str:
    category = words.say("category", growth.category)
    notes = "".join(f"<p>{escape(note)}</p>" for note in growth.notes)
    drawing = "" if growth.category == CANNOT_CLASSIFY and not growth.points else chart.draw(growth, title=growth.id)
    return (
        f'<section class="{growth.category}"><h2>{escape(growth.id)}</h2>'
        f'<p class="category">{escape(category)}</p><div class="student">{drawing}<div><p>{escape(growth.why)}</p>'
        f"{notes}<h3>{escape(_say('next_step'))}</h3><p>{escape(growth.next_step)}</p></div></div></section>"
    )


def _cells(growth: Growth) -> dict[str, str]:
    numbers = {"baseline": growth.baseline, "now": growth.current, "target": growth.target}
    return {
        "student": growth.id,
        "category": words.say("category", growth.category),
        **{name: "" if value is None else words.figure(value) for name, value in numbers.items()},
        "unit": growth.unit,
        "share": "" if growth.attainment is None else f"{words.percent(growth.attainment)}%",
        "look_again": _say("look_again") if growth.borderline else "",
        "why": growth.why,
        "notes": " ".join(growth.notes),
        "next_step": growth.next_step,
    }


def _head(name: str) -> str:
    return str(words.sentences()["summary"]["heads"][name])


def _say(name: str, **values: object) -> str:
    return words.say("summary", name, **values)


def _style() -> str:
    return Path(__file__).with_name("summary.css").read_text(encoding="utf-8")

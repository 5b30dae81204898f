"""The IEP draft that the modules fill: read it whole, change a part, look at what is worth a second look, take it away.

To "open", "edit" and "undo" the reply is the `drafts`; to "file", a `file` to take away; to "typing", what to say of a
text that could tell who a student is.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import traitlets

from iep_training.iep.checks import check
from iep_training.iep.draft import Draft
from iep_training.iep.export import file_name, heading
from iep_training.iep.export_html import to_html
from iep_training.iep.export_markdown import to_markdown
from iep_training.iep.export_word import to_word
from iep_training.iep.store import DraftStore
from iep_training.model import CourseError, to_json
from iep_training.widgets.answering import MISFIT, STYLES, AnsweringWidget, joined
from iep_training.widgets.cautions import cautions

_FILES: dict[str, Callable[[Draft], bytes]] = {
    "docx": to_word,
    "html": lambda draft: to_html(draft).encode("utf-8"),
    "md": lambda draft: to_markdown(draft).encode("utf-8"),
}


class DraftPage(AnsweringWidget):
    """The page for the drafts: it passes on what the learner does, and shows what `DraftStore` holds."""

    _esm = joined("base.js", "box.js", "draft_page.js")
    _css = joined(*STYLES)

    word = traitlets.Bool().tag(sync=True)
    """Whether Word files can be made here."""

    def __init__(self, folder: Path | None = None) -> None:
        self._store = DraftStore(folder)
        super().__init__(word=find_spec("docx") is not None)

    def reply(self, message: dict[str, Any]) -> dict[str, Any]:
        """What to answer to one message of the page."""
        student, part = str(message.get("student")), str(message.get("part"))
        match message.get("type"):
            case "open":
                self._store.keep()
            case "typing":
                return {"private": cautions({"": str(message.get("text") or "")}, self._store.draft(student).student)}
            case "edit":
                self._store.edit(student, part, str(message.get("text") or ""))
            case "undo":
                self._store.undo(student, part)
            case "file":
                return {"file": _file(self._store.draft(student), str(message.get("ending")))}
            case _:
                raise CourseError(MISFIT)
        return {"drafts": [_shown(draft) for draft in self._store.drafts()]}

    def __repr__(self) -> str:
        return "My IEP draft"


def _shown(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "heading": heading(draft),
        "note": draft.note,
        "notes": [note.message for note in check(draft)],
        "sections": to_json(draft.sections),
    }


def _file(draft: Draft, ending: str) -> dict[str, str]:
    if ending not in _FILES:
        raise CourseError("A draft can be taken away as docx, html or md")
    content = _FILES[ending](draft)
    return {"name": file_name(draft, ending), "content": base64.b64encode(content).decode("ascii")}

"""The IEP draft that the modules fill: read it whole, change a part, look at what is worth a second look, take it away.

The page sends `{seq, type, ...}` and gets one reply with the same `seq`: the `drafts`, a `file` to take away, or
`trouble` in plain words.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget

from iep_training.answers import NOT_SAVED
from iep_training.iep.checks import check
from iep_training.iep.draft import Draft
from iep_training.iep.export import file_name, heading
from iep_training.iep.export_html import to_html
from iep_training.iep.export_markdown import to_markdown
from iep_training.iep.export_word import to_word
from iep_training.iep.store import DraftStore
from iep_training.model import CourseError, to_json

_FOLDER = Path(__file__).parent
_FILES: dict[str, Callable[[Draft], bytes]] = {
    "docx": to_word,
    "html": lambda draft: to_html(draft).encode("utf-8"),
    "md": lambda draft: to_markdown(draft).encode("utf-8"),
}


class DraftPage(anywidget.AnyWidget):
    """The page for the drafts: it passes on what the learner does, and shows what `DraftStore` holds."""

    _esm = "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in ("base.js", "box.js", "draft_page.js"))
    _css = (_FOLDER / "base.css").read_text(encoding="utf-8")

    def __init__(self, folder: Path | None = None) -> None:
        self._store = DraftStore(folder)
        super().__init__()
        self.on_msg(lambda _widget, message, _buffers: self.send(self.handle(message)))

    def handle(self, message: Any) -> dict[str, Any]:
        """Answer one message of the page. Any message at all gets a reply; only `seq` ties the two together."""
        message = message if isinstance(message, dict) else {}
        reply = {"seq": message.get("seq"), "type": message.get("type")}
        try:
            return reply | self._reply(message)
        except CourseError as error:
            return reply | {"trouble": str(error)}
        except Exception as error:
            if os.environ.get("IEP_TRAINING_STRICT") == "1":
                raise
            return reply | {"trouble": f"{NOT_SAVED}something unexpected happened ({type(error).__name__}: {error})"}

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        student, part = str(message.get("student")), str(message.get("part"))
        match message.get("type"):
            case "open":
                self._store.keep()
            case "edit":
                self._store.edit(student, part, str(message.get("text") or ""))
            case "undo":
                self._store.undo(student, part)
            case "file":
                return {"file": _file(self._store.draft(student), str(message.get("ending")))}
            case _:
                raise CourseError("The page and the course do not fit together. Open the page again")
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

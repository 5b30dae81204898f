"""How a page and its Python side talk: the page sends a message, and gets exactly one reply to each.

A message is `{seq, type, ...}`; the reply has the same `seq` and holds what was asked for, or `trouble` in plain words.
`seq` grows from message to message of a page. A kernel may still hand them over out of order and to several threads:
the first may wait for its main thread while another takes those that follow. So they are answered one at a time, and
whatever is kept must heed `seq`.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import anywidget

from iep_training.answers import NOT_SAVED
from iep_training.model import CourseError

MISFIT = "The page and the course do not fit together. Open the page again"

# The look of every page, in the order in which the later rules stand above the earlier.
STYLES = (
    "base.css",
    "task.css",
    "choices.css",
    "sort_and_order.css",
    "build.css",
    "chart.css",
    "replies.css",
)

_FOLDER = Path(__file__).parent


def joined(*names: str) -> str:
    """Files of this folder as one: the scripts that make up a page's module, or its styles."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)


class AnsweringWidget(anywidget.AnyWidget):
    """A widget that answers its page's messages; `reply` says what to answer to each."""

    unexpected = NOT_SAVED + "something unexpected happened ({error})"
    """What is said when something goes wrong that nobody foresaw."""

    def __init__(self, **traits: Any) -> None:
        self._turn = threading.RLock()
        super().__init__(**traits)
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        with self._turn:
            self.send(self.handle(message))

    def reply(self, message: dict[str, Any]) -> dict[str, Any]:
        """What to answer to one message. A CourseError becomes `trouble`."""
        raise NotImplementedError

    def handle(self, message: Any) -> dict[str, Any]:
        """Answer one message of the page. Any message at all gets a reply; only `seq` ties the two together."""
        message = message if isinstance(message, dict) else {}
        told = {name: message.get(name) for name in ("seq", "type", "id")}
        try:
            return told | self.reply(message)
        except CourseError as error:
            return told | {"trouble": str(error)}
        except Exception as error:
            if os.environ.get("IEP_TRAINING_STRICT") == "1":
                raise
            return told | {"trouble": self.unexpected.format(error=f"{type(error).__name__}: {error}")}

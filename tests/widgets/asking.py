"""Ask a widget as its page does."""

from __future__ import annotations

import json
from typing import Any


def ask(widget: Any, type: str, answer: Any = "", id: str = "t-refused") -> dict[str, Any]:
    """The reply to one message. It must be one that can be sent."""
    reply = widget.handle({"seq": 7, "type": type, "id": id, "answer": answer})
    assert reply["seq"] == 7
    json.dumps(reply, allow_nan=False).encode("utf-8")
    return reply

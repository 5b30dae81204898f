"""Text as people wrote it, made safe to put on paper: no control characters, one kind of line end."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

# Beyond this, a single box holds no text that a person wrote.
LONGEST = 500_000


def plain(answer: Any) -> str:
    """An answer as text for paper: "" for what is no text; tabs and line ends stay, other control characters go."""
    if not isinstance(answer, str):
        return ""
    text = answer[:LONGEST].encode("utf-8", errors="ignore").decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(mark for mark in text if mark in "\n\t" or not _unprintable(mark)).strip()


def one_line(answer: Any) -> str:
    """The same on one line, for a name or a title."""
    return " ".join(plain(answer).split())


def paragraphs(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is of a script written from right to left."""
    for mark in text:
        direction = unicodedata.bidirectional(mark)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


@cache
def words() -> Mapping[str, Any]:
    """Every sentence that this part of the kit says, from words.toml."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def _unprintable(mark: str) -> bool:
    return unicodedata.category(mark) in ("Cc", "Cs") or ord(mark) & 0xFFFE == 0xFFFE

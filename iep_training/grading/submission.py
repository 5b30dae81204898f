"""Read what a learner handed in, as data from a stranger: bounded, checked, and never run.

Nothing here raises. What can't be read is described in plain words for the instructor, and never counts as a
silent zero.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ANSWERS = "answers.json"

# Words, a list of ids, or ids (or boxes) with what was put there: the shapes that the records in `model` name.
Answer = str | list[str] | dict[str, str]
STRANGE = "The saved answer is not one that this page writes."

LARGEST_FILE = 1_000_000
# A long paragraph is 1,000 characters. Beyond this, what stands in one box isn't what a person would write or read.
LONGEST_ANSWER = 10_000
MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class Submission:
    """A learner's answers by item id. `trouble` says in plain words why there are none, or is empty."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    trouble: str = ""
    odd: Mapping[str, str] = field(default_factory=dict)

    def trouble_with(self, item: str, sort: type = str) -> str:
        """Why the answer to this item could not be read as this sort, or "" when it was read or was never given."""
        strange = item in self.answers and not isinstance(self.answers[item], sort)
        return self.trouble or self.odd.get(item, "") or (STRANGE if strange else "")

    def text(self, item: str) -> str:
        """What was written for this item, or ""."""
        answer = self.answers.get(item, "")
        return answer if isinstance(answer, str) else ""


def read_submission(folder: Path) -> Submission:
    """The answers in a submitted folder."""
    try:
        content = read_bounded(folder / ANSWERS, LARGEST_FILE)
    except FileNotFoundError:
        return Submission(trouble="No file answers.json came with this work.")
    except OSError as error:
        return Submission(trouble=f"The file answers.json was not opened: {error}.")
    return parse_answers(content)


def read_bounded(path: Path, largest: int) -> bytes:
    """A regular file's content. Raises OSError for a link, a device, a pipe, or a file above `largest` bytes."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        raise OSError("it is a link to another place")
    handle = os.open(path, flags)
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise OSError("it is not an ordinary file")
        if state.st_size > largest:
            raise OSError(f"it is far too large ({state.st_size:,} bytes)")
        return file.read(largest)


def parse_answers(content: bytes) -> Submission:
    """The answers in the content of an answers.json."""
    try:
        tree = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Submission(trouble="The file answers.json is not text.")
    except (ValueError, RecursionError):
        return Submission(trouble="The file answers.json is damaged.")
    if not isinstance(tree, dict) or tree.get("version") != 1 or not isinstance(tree.get("answers"), dict):
        return Submission(trouble="The file answers.json does not come from this course.")
    answers: dict[str, Answer] = {}
    odd: dict[str, str] = {}
    for item, entry in tree["answers"].items():
        answer = entry.get("answer") if isinstance(entry, dict) else None
        if odd_one := _odd(answer):
            odd[item] = odd_one
        else:
            answers[item] = _plain(answer)
    return Submission(answers, odd=odd)


def _odd(answer: Any) -> str:
    """What is wrong with a saved answer, or ""."""
    if isinstance(answer, (list, dict)):
        if len(answer) > MOST_PARTS:
            return f"The saved answer has far too many parts ({len(answer):,})."
        parts = list(answer.values()) if isinstance(answer, dict) else answer
    else:
        parts = [answer]
    if not all(isinstance(part, str) for part in parts):
        return STRANGE
    longest = max(map(len, parts), default=0)
    return f"The saved answer is far too long ({longest:,} characters)." if longest > LONGEST_ANSWER else ""


def _plain(answer: Any) -> Answer:
    if isinstance(answer, dict):
        return {plain_text(name): plain_text(value) for name, value in answer.items()}
    return [plain_text(part) for part in answer] if isinstance(answer, list) else plain_text(answer)


def plain_text(text: str) -> str:
    """The text without control characters and halves of characters, which no keyboard writes."""
    text = text.encode("utf-8", errors="ignore").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in text if character in "\n\t" or ord(character) >= 32).replace("\x7f", "")

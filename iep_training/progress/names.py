"""Keep students' names out of files: notice what looks like a full name, and offer initials."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 2  # letters of a part of a name; "Maya J" gives nobody away


def looks_like_full_name(id: str) -> bool:
    """True for two or more words of letters, such as "Maya Johnson"; false for "MJ", "Maya J." or "Student 12"."""
    words = re.split(r"[\s,.]+", id.strip(" ,."))
    return len([word for word in words if _PART.fullmatch(word) and len(word) >= _SHORTEST]) >= 2 and not any(
        letter.isdigit() for letter in id
    )


def initials(ids: Iterable[str]) -> dict[str, str]:
    """A short name for each id that looks like a full name, no two alike: "MJ", then "MJ 2"; other ids keep theirs."""
    ids = list(dict.fromkeys(ids))
    short = {id: id for id in ids if not looks_like_full_name(id)}
    for id in ids:
        if id in short:
            continue
        last, comma, first = id.partition(",")
        letters = "".join(part[0].upper() for part in _PART.findall(f"{first} {last}" if comma else id))
        taken = {one.casefold() for one in short.values()}
        names = (letters if number == 1 else f"{letters} {number}" for number in range(1, len(ids) + 2))
        short[id] = next(name for name in names if name.casefold() not in taken)
    return short

"""The one call that each code cell of a graded assignment holds, and nothing besides."""

from __future__ import annotations

import re

# A carriage return ends a line for Python, so a comment must not hold one.
_CALL = re.compile(
    r'(?:#[^\r\n]*\n)?from iep_training(?:\.grading)? import (practice|score)(?:; |\n+)\1\("([^"\\\r\n]+)"\)'
)


def call_in(source: str) -> tuple[str, str] | None:
    """`("practice" or "score", item id)` for a generated cell; None for any cell somebody else wrote."""
    found = _CALL.fullmatch(source.strip())
    return (found[1], found[2]) if found else None

"""A goal's own mastery criterion, such as "4 of 5 trials" or "3 in a row": where there is one, it decides "reached"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from iep_training.model import Growth, Point
from iep_training.progress import words
from iep_training.progress.measures import TOLERANCE

_OF = re.compile(r"\b(\d{1,3})\s*(?:of|out of|/)\s*(?:the\s+)?(?:last\s+)?(\d{1,3})\b", re.IGNORECASE)
_IN_A_ROW = re.compile(r"\b(\d{1,3})\b[\w\s]*?\b(?:in a row|consecutive|straight|running)\b", re.IGNORECASE)


def read(criterion: str) -> tuple[int, int] | None:
    """The (hits, window) a criterion asks for: "4 of 5 trials" is (4, 5), "3 in a row" (3, 3); None if unread."""
    if found := _OF.search(criterion):
        hits, window = int(found[1]), int(found[2])
    elif found := _IN_A_ROW.search(criterion):
        hits = window = int(found[1])
    else:
        return None
    return (hits, window) if 0 < hits <= window else None


def decide(growth: Growth, criterion: str, after: Sequence[Point]) -> Growth:
    """Let `criterion` decide whether the goal is reached, looking at the last scores after the baseline.

    Met is big growth. Not met is at most continue to grow, whatever the median says.
    """
    asked = read(criterion)
    if asked is None or growth.target is None or growth.baseline is None:
        return growth
    hits_asked, window = asked
    sign = 1 if growth.target > growth.baseline else -1
    allowed = TOLERANCE * abs(growth.target - growth.baseline)
    hits = sum(sign * (point.score - growth.target) >= -allowed for point in after[-window:] if point.score is not None)
    blanks = {
        "hits": hits,
        "window": window,
        "target": words.figure(growth.target),
        "criterion": criterion.strip(),
        "unit": f" {growth.unit}" if growth.unit else "",
    }
    if hits >= hits_asked:
        return replace(growth, category="big_growth", why=words.say("mastery", "met", **blanks))
    category = "continue_to_grow" if growth.category == "big_growth" else growth.category
    return replace(growth, category=category, why=words.say("mastery", "not_met", why=growth.why, **blanks))

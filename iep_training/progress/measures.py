"""The arithmetic behind the rule: medians, trends and lines. Plain numbers in and out, standard library alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import median

# 0.7 down to 0.1, now 0.4, is exactly half way, and naive floats say 0.4999...: every comparison allows this much.
TOLERANCE = 1e-9

LONG = 1_000  # scores; from here on the slopes between all of them are too many to hold


def attainment(baseline: float, target: float, current: float) -> float | None:
    """The share of the way from baseline to target, 1.0 at the target; None when it can't be told.

    The percent-of-goal-obtained form (Ferron et al. 2020): its sign cancels for falling goals.
    """
    span = target - baseline
    if abs(span) <= TOLERANCE * abs(target) or not math.isfinite(span):
        return None
    share = (current - baseline) / span
    return share if math.isfinite(share) else None


def theil_sen(whens: Sequence[float], scores: Sequence[float]) -> tuple[float, float] | None:
    """The median of all pairwise slopes, and the height of that line at the last point; None without a spread in time.

    One odd score barely moves it. Half of the scores lie above the line and half below (the "joint" line of SciPy).
    """
    slope = _median_slope(whens, scores)
    if slope is None:
        return None
    last = max(whens)
    return slope, median(score + slope * (last - when) for when, score in zip(whens, scores, strict=True))


def _median_slope(whens: Sequence[float], scores: Sequence[float]) -> float | None:
    if len(scores) > LONG:
        try:
            from iep_training.progress import long_series

            return long_series.median_slope(whens, scores)
        except ImportError:  # without NumPy, as in the browser, all slopes are held
            pass
    slopes = [
        (later - earlier) / (end - start)
        for (start, earlier), (end, later) in combinations(zip(whens, scores, strict=True), 2)
        if end > start
    ]
    return median(slopes) if slopes else None


def line_at(when: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    """The height at `when` of the line from `start` to `end`, each a (week, score); level beyond its ends."""
    if when <= start[0] or end[0] <= start[0]:
        return start[1]
    if when >= end[0]:
        return end[1]
    return start[1] + (end[1] - start[1]) * (when - start[0]) / (end[0] - start[0])

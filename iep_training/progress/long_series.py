"""The median slope of a series too long to hold all of its slopes: 20,000 scores have 200 million. Needs NumPy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HELD = 2_000_000  # slopes in memory at a time
_MARGIN = 4  # a sample's median lies within half the root of its size from the middle, nearly always within four times


class _Found(NamedTuple):
    """How many slopes are below `low`, at it, between, and at `high`; and those between (or a sample) in order."""

    below: int
    at_low: int
    between: int
    at_high: int
    held: NDArray[np.float64]


def median_slope(whens: Sequence[float], scores: Sequence[float]) -> float | None:
    """The median of all slopes between two scores, exactly; None without a spread in time. `whens` must not fall.

    All slopes are gone through a few times, and only those between two bounds are held. A sample of them brings the
    bounds closer until all that are left fit into memory.
    """
    import numpy as np

    x, y = np.asarray(whens, float), np.asarray(scores, float)
    total = int((len(x) - np.searchsorted(x, x, side="right")).sum())
    if not total:
        return None
    middle = ((total - 1) // 2, total // 2)
    dice = np.random.default_rng(1)
    low, high, step = -math.inf, math.inf, math.ceil(total / _HELD)
    while True:
        found = _between(x, y, low, high, step, dice)
        first, second = (place - found.below for place in middle)
        if first < 0 or second >= found.at_low + found.between + found.at_high:
            # The sample misled: start again with another one.
            low, high, step = -math.inf, math.inf, math.ceil(total / _HELD)
        elif _known(first, second, found):
            return (_at(first, found, low, high) + _at(second, found, low, high)) / 2
        else:
            low, high, inside = _closer(first, found, low, high, step)
            step = max(math.ceil(inside * step / _HELD), 1)


def _between(
    x: NDArray[np.float64], y: NDArray[np.float64], low: float, high: float, step: int, dice: np.random.Generator
) -> _Found:
    """Go through all slopes; of those between `low` and `high` every `step`-th is held, from a random one on."""
    import numpy as np

    below = at_low = inside = at_high = 0
    held = []
    firsts = np.searchsorted(x, x, side="right")
    starts = dice.integers(step, size=len(x))
    with np.errstate(all="ignore"):
        for place, first in enumerate(firsts):
            slopes = (y[first:] - y[place]) / (x[first:] - x[place])
            above_low = slopes > low
            between = slopes[above_low & (slopes < high)]
            less = int(np.count_nonzero(slopes < low))
            below += less
            at_low += len(slopes) - less - int(np.count_nonzero(above_low))
            inside += len(between)
            at_high += int(np.count_nonzero(slopes == high)) if high > low else 0
            held.append(between[starts[place] :: step].copy())
    return _Found(below, at_low, inside, at_high, np.sort(np.concatenate(held)))


def _closer(place: int, found: _Found, low: float, high: float, step: int) -> tuple[float, float, int]:
    """Closer bounds around a place between them, and how many of the sample lie within."""
    sample = found.held
    middle = min((place - found.at_low) // step, len(sample) - 1)
    reach = min(_MARGIN * math.isqrt(len(sample)), len(sample) // 4)
    first, last = max(middle, 0) - reach, max(middle, 0) + reach
    low = float(sample[first]) if 0 <= first < len(sample) else low
    high = float(sample[last]) if last < len(sample) else high
    inside = int(sample.searchsorted(high, "left") - sample.searchsorted(low, "right"))
    return low, high, max(inside, 0)


def _known(first: int, second: int, found: _Found) -> bool:
    """Whether the slopes at both places are held, or lie at a bound."""
    whole = found.between == len(found.held)
    return whole or second < found.at_low or first >= found.at_low + found.between


def _at(place: int, found: _Found, low: float, high: float) -> float:
    if place < found.at_low:
        return low
    place -= found.at_low
    return float(found.held[place]) if place < found.between else high

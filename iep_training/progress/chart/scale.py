"""From scores and weeks to places on the paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high`, drawn from `start` to `end` (in the units of the drawing)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value, to a tenth of a unit."""
        return round(self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low), 1)


def ticks(low: float, high: float, about: int) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) from `low` to `high`, `about` so many of them."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def score_range(scores: Sequence[float]) -> tuple[float, float]:
    """A range that shows every score with room around, from zero where that leaves the scores room to move."""
    low, high = min(scores, default=0.0), max(scores, default=1.0)
    if low == high:
        low, high = low - 1, high + 1
    from_zero = low >= 0 and high - low >= 0.35 * high
    room = 0.08 * (high - low)
    return (0.0 if from_zero or 0 <= low < room else low - room), high + room

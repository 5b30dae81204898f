"""The growth rule for NumPy arrays: millions of rows or series in memory, a slice at a time so that it stays in cache.

Same answers as `rule`; tests hold the two together. Needs NumPy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from iep_training.model import CATEGORIES, CourseError
from iep_training.progress import words
from iep_training.progress.goal_line import POINTS
from iep_training.progress.measures import TOLERANCE
from iep_training.progress.rule import BORDER, CUT, TREND_FROM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

_ROWS_AT_ONCE = 24576
_SERIES_AT_ONCE = 512
_HUGE = 1e100  # a finite number less one below this can't overflow

# What the codes of `classify_rows` stand for.
CODES = ("cannot_classify", *reversed(CATEGORIES))


class Trends(NamedTuple):
    """For each series: gain a week by least squares and by Theil-Sen, and the Theil-Sen line's value at the last score.

    `four_point` is the four-point prompt: -1 all short of the goal line, 1 all better, 0 neither. NaN: can't be told.
    """

    slope: NDArray[np.float64]
    theil_sen: NDArray[np.float64]
    end: NDArray[np.float64]
    four_point: NDArray[np.int8]


def classify_rows(
    baseline: NDArray[np.float64], target: NDArray[np.float64], current: NDArray[np.float64], cut: float = CUT
) -> NDArray[np.int8]:
    """The category of each row as a place in CODES. NaN is a missing number."""
    import numpy as np

    _check_cut(cut)
    codes = np.empty(len(baseline), np.int8)
    work = np.empty(min(_ROWS_AT_ONCE, len(baseline)), np.bool_)
    for part, share, usable in _shares(baseline, target, current):
        code, some = codes[part], work[: len(share)]
        ones, more = usable.view(np.int8), some.view(np.int8)
        np.greater_equal(share, cut - TOLERANCE, some)
        np.add(ones, more, code)
        np.greater_equal(share, 1 - TOLERANCE, some)
        np.add(code, more, code)
        np.multiply(code, ones, code)
    return codes


def borderline_rows(
    baseline: NDArray[np.float64], target: NDArray[np.float64], current: NDArray[np.float64], cut: float = CUT
) -> NDArray[np.bool_]:
    """Whether each row lies within 10 points of a cut."""
    import numpy as np

    _check_cut(cut)
    borderline = np.empty(len(baseline), np.bool_)
    for part, share, usable in _shares(baseline, target, current):
        # Distance from the middle between the two cuts, less half of what lies between: near 0 at either cut.
        share -= (1 + cut) / 2
        np.abs(share, out=share)
        share -= (1 - cut) / 2
        np.abs(share, out=share)
        np.less_equal(share, BORDER + TOLERANCE, out=borderline[part])
        borderline[part] &= usable
    return borderline


def _shares(
    baseline: NDArray[np.float64], target: NDArray[np.float64], current: NDArray[np.float64]
) -> Iterator[tuple[slice, NDArray[np.float64], NDArray[np.bool_]]]:
    """Slice by slice: the share of the way, and whether it can be told. The arrays serve again in the next slice."""
    import numpy as np

    size = min(_ROWS_AT_ONCE, len(baseline))
    span, share, usable = np.empty(size), np.empty(size), np.empty(size, np.bool_)
    with np.errstate(all="ignore"):
        for start in range(0, len(baseline), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            before, goal = baseline[part], target[part]
            if len(before) < len(span):  # the last slice
                span, share, usable = span[: len(before)], share[: len(before)], usable[: len(before)]
            np.subtract(goal, before, span)
            np.subtract(current[part], before, share)
            np.divide(share, span, share)
            np.isfinite(share, usable)
            _leave_out_same(goal, span, usable)
            yield part, share, usable


def _leave_out_same(target: NDArray[np.float64], span: NDArray[np.float64], usable: NDArray[np.bool_]) -> None:
    """Take away from `usable` the rows whose baseline is the target, or so far from it that the span overflows.

    The largest target of the slice shows at once that most rows are neither, and only the others are looked at one by
    one. NaN is passed over: its share is NaN too. May leave `span` without its signs.
    """
    import numpy as np

    largest = max(np.fmax.reduce(target), -np.fmin.reduce(target))
    if np.fmin.reduce(span) <= TOLERANCE * largest:
        np.abs(span, span)
        (near,) = np.nonzero(span <= TOLERANCE * largest)
        usable[near] &= span[near] > TOLERANCE * np.abs(target[near])
    if not largest < _HUGE:
        usable &= np.isfinite(span)


def _check_cut(cut: float) -> None:
    if not 0 < cut < 1:
        raise CourseError(words.say("cannot", "cut"))


def trends(
    whens: NDArray[np.float64],
    scores: NDArray[np.float64],
    *,
    baseline: ArrayLike,
    target: ArrayLike,
    start: ArrayLike,
    due: ArrayLike,
) -> Trends:
    """Trends of many series at once: one row of `whens` (weeks, rising) and `scores` (after the baseline) for each.

    NaN is an absence, and fills up shorter series. The goal line leads from `baseline` in week `start` to `target` in
    week `due`, each a number or one for each series. Trends need at least six scores, the prompt four.
    """
    import numpy as np

    count = len(scores)
    sides = [np.broadcast_to(np.asarray(side, float), count) for side in (baseline, target, start, due)]
    found = Trends(np.empty(count), np.empty(count), np.empty(count), np.empty(count, np.int8))
    whens = np.atleast_2d(whens)
    with np.errstate(all="ignore"):
        for first in range(0, count, _SERIES_AT_ONCE):
            part = slice(first, first + _SERIES_AT_ONCE)
            x, y = whens if len(whens) == 1 else whens[part], scores[part]
            known = ~np.isnan(y)
            number = known.sum(axis=1)
            last = np.where(known, x, -np.inf).max(axis=1)
            found.slope[part] = _least_squares(x, y, known, number)
            found.theil_sen[part] = slope = _median(_slopes(x, y))
            found.end[part] = _median(y + slope[:, None] * (last[:, None] - x))
            for trend in found[:3]:
                trend[part][number < TREND_FROM] = np.nan
            found.four_point[part] = _four_point(x, y, known, *(side[part, None] for side in sides))
    return found


def _slopes(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """The slope between each two scores of a series, NaN where one is missing or both are of one time."""
    import numpy as np

    earlier, later = np.triu_indices(x.shape[1], 1)
    gap = x[:, later] - x[:, earlier]
    slopes: NDArray[np.float64] = (y[:, later] - y[:, earlier]) * (1 / np.where(gap > 0, gap, np.nan))
    return slopes


def _median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of each row, NaN left out; NaN for a row that holds nothing else."""
    import numpy as np

    ordered = np.sort(values, axis=1)  # NaN comes last; sorting all is faster here than partitioning at two places
    width = values.shape[1]
    missing = np.isnan(ordered[:, -1])
    if not missing.any():
        return (ordered[:, (width - 1) // 2] + ordered[:, width // 2]) / 2
    known = (~np.isnan(ordered)).sum(axis=1)
    places = np.stack([np.maximum(known - 1, 0) // 2, np.minimum(known // 2, width - 1)], axis=1)
    middle: NDArray[np.float64] = np.take_along_axis(ordered, places, axis=1).mean(axis=1)
    return middle


def _least_squares(
    x: NDArray[np.float64], y: NDArray[np.float64], known: NDArray[np.bool_], number: NDArray[np.int64]
) -> NDArray[np.float64]:
    import numpy as np

    middle = (x * known).sum(axis=1) / number
    away = (x - middle[:, None]) * known
    slope: NDArray[np.float64] = (away * np.where(known, y, 0)).sum(axis=1) / (away * away).sum(axis=1)
    return slope


def _four_point(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    known: NDArray[np.bool_],
    baseline: NDArray[np.float64],
    target: NDArray[np.float64],
    start: NDArray[np.float64],
    due: NDArray[np.float64],
) -> NDArray[np.int8]:
    import numpy as np

    way = target - baseline
    ahead = (y - baseline - way * np.clip((x - start) / (due - start), 0, 1)) * np.sign(way)
    last = known & (known[:, ::-1].cumsum(axis=1)[:, ::-1] <= POINTS)
    allowed = TOLERANCE * np.abs(way)
    above = ((ahead > allowed) & last).sum(axis=1) == POINTS
    below = ((ahead < -allowed) & last).sum(axis=1) == POINTS
    verdict: NDArray[np.int8] = above.astype(np.int8) - below.astype(np.int8)
    return verdict

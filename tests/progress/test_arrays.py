"""The NumPy kernels give the answers of the rule."""

import math
import random

import numpy as np
import pytest

from iep_training.model import CourseError, Point, Series
from iep_training.progress import arrays, classify_row, classify_series

ODD = [None, math.nan, math.inf, -1e308, 1e308, 0.0]


def value(dice):
    if dice.random() < 0.15:
        return dice.choice(ODD)
    return dice.choice([dice.randint(0, 60), round(dice.random(), 1), dice.uniform(-5, 5)])


def test_rows_are_classified_as_one_by_one():
    dice = random.Random(7)
    rows = [(value(dice), value(dice), value(dice)) for _ in range(20_000)]
    check_rows(rows)


# Each stands alone among ordinary rows of its slice, which are seen to at a glance when nothing of the kind is there.
APART = {
    "none": (20.0, 68.0, 44.0),
    "nearly the same": (1.0, 1.0 + 5e-10, 1.0),
    "just not the same": (1.0, 1.0 + 3e-9, 1.0 + 2e-9),
    "the same": (9.0, 9.0, 12.0),
    "both zero": (0.0, 0.0, 0.0),
    "large": (1e12, 1e12 + 500.0, 1e12 + 900.0),
    "a huge target, no change": (5.0, 1.7e308, 5.0),
    "too far": (-1e308, 1e308, -1e308),
    "no end": (5.0, math.inf, 5.0),
    "a target that is missing": (5.0, math.nan, 5.0),
    "a score without end": (5.0, 9.0, math.inf),
}


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("one", APART.values(), ids=APART)
def test_one_odd_row_among_ordinary_ones(one, falling, monkeypatch):
    monkeypatch.setattr(arrays, "_ROWS_AT_ONCE", 64)
    dice = random.Random(8)
    rows = [(before := dice.randint(0, 50), before + dice.randint(1, 60), dice.randint(0, 120)) for _ in range(150)]
    rows[70] = one
    check_rows([tuple(-number for number in row) for row in rows] if falling else rows)


def check_rows(rows):
    columns = [
        np.array([math.nan if one is None else one for one in column], float) for column in zip(*rows, strict=True)
    ]
    codes, borderline = arrays.classify_rows(*columns), arrays.borderline_rows(*columns)
    for row, code, edge in zip(rows, codes, borderline, strict=True):
        finite = [None if one is None or not math.isfinite(one) else one for one in row]
        growth = classify_row("", *finite)
        assert (arrays.CODES[code], bool(edge)) == (growth.category, growth.borderline), row


def test_no_rows():
    nothing = np.empty(0)
    assert len(arrays.classify_rows(nothing, nothing, nothing)) == 0
    assert len(arrays.borderline_rows(nothing, nothing, nothing)) == 0


def test_the_cut_is_checked():
    for work in (arrays.classify_rows, arrays.borderline_rows):
        with pytest.raises(CourseError):
            work(np.ones(1), np.ones(1), np.ones(1), cut=2)


@pytest.mark.parametrize("absences", [False, True])
@pytest.mark.parametrize("falling", [False, True])
def test_trends_are_those_of_the_rule(absences, falling):
    dice = np.random.default_rng(5)
    start, end = (60.0, 20.0) if falling else (20.0, 60.0)
    weeks = np.arange(4.0, 16.0)
    scores = start + (end - start) / 20 * (weeks - 3) * dice.normal(1, 0.5, (1200, 1)) + dice.normal(0, 3, (1200, 12))
    if absences:
        scores[dice.random(scores.shape) < 0.3] = np.nan
    found = arrays.trends(weeks, scores, baseline=start, target=end, start=3, due=23)
    for place, row in enumerate(scores):
        after = [(week, score) for week, score in zip(weeks, row, strict=True) if not math.isnan(score)]
        points = [Point(week, start, "baseline") for week in (1, 2, 3)]
        points += [Point(week, float(score), "B") for week, score in after]
        growth = classify_series(Series("", tuple(points), end, goal_when=23))
        prompt = {"below": -1, "above": 1}.get(growth.four_point or "", 0)
        if len(after) >= 3:
            assert found.four_point[place] == prompt
        if len(after) < 6:
            assert np.isnan([found.slope[place], found.theil_sen[place], found.end[place]]).all()
        else:
            assert found.theil_sen[place] == pytest.approx(growth.rate)
            assert found.end[place] == pytest.approx(growth.trend_end)
            assert found.slope[place] == pytest.approx(np.polyfit(*zip(*after, strict=True), 1)[0])

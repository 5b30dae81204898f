"""Theil-Sen for series too long to hold all of their slopes: to the last digit what SciPy says, in little memory."""

import random
import tracemalloc

import numpy as np
import pytest
from scipy.stats import theilslopes

from iep_training.model import Point, Series
from iep_training.progress import classify_series, long_series, measures

WAYS = {
    "noisy": lambda dice, n: (range(n), [round(week * 0.01 + dice.gauss(0, 20), 1) for week in range(n)]),
    "falling": lambda dice, n: (range(n), [90 - week * 0.3 + dice.gauss(0, 5) for week in range(n)]),
    "flat": lambda dice, n: (range(n), [dice.randint(0, 2) / 10 for _ in range(n)]),
    "all the same": lambda dice, n: (range(n), [3.0] * n),
    "few weeks": lambda dice, n: (
        sorted(dice.randint(1, 36) for _ in range(n)),
        [dice.randint(0, 60) for _ in range(n)],
    ),
    "two weeks": lambda dice, n: (sorted(dice.randint(1, 2) for _ in range(n)), [dice.gauss(0, 9) for _ in range(n)]),
    "wide": lambda dice, n: (range(n), [dice.choice([-1, 1]) * 10 ** dice.uniform(-300, 300) for _ in range(n)]),
    "without end": lambda dice, n: (range(n), [dice.choice([-1.7e308, 1.7e308, 5.0]) for _ in range(n)]),
}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@ways
@pytest.mark.parametrize("held", [1, 7, 60, 2_000, 1_000_000])
def test_the_slope_is_scipys_to_the_last_digit(way, held, monkeypatch):
    monkeypatch.setattr(long_series, "_HELD", held)
    for number in (2, 3, 4, 9, 50, 151):
        whens, scores = way(random.Random(number), number)
        with np.errstate(all="ignore"):
            theirs = theilslopes(scores, whens).slope if len(set(whens)) > 1 else None
        assert long_series.median_slope(whens, scores) == theirs


@ways
def test_short_and_long_series_are_read_alike(way, monkeypatch):
    whens, scores = way(random.Random(1), 300)
    short = measures.theil_sen(whens, scores)
    monkeypatch.setattr(measures, "LONG", 100)
    assert measures.theil_sen(whens, scores) == short


def test_a_series_of_thousands_takes_little_memory():
    scores = np.random.default_rng(1).normal(0, 9, 3_000)
    tracemalloc.start()
    measures.theil_sen(range(3_000), scores)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6, "all slopes in a list take 140 MB"


def test_the_rule_reads_a_long_series_whole():
    dice = random.Random(2)
    points = [Point(week, 20.0, "baseline") for week in range(3)]
    points += [Point(week, 20 + week * 0.01 + dice.gauss(0, 2), "support") for week in range(3, 1_500)]
    growth = classify_series(Series("Ana", tuple(points), 40.0))
    after = points[3:]
    assert growth.rate == theilslopes([one.score for one in after], [one.when for one in after]).slope

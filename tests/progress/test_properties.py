"""What must hold for any scores, and what SciPy says of the same lines."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import theilslopes

from iep_training.model import CATEGORIES, Point, Series
from iep_training.progress import classify_row, classify_series
from iep_training.progress.measures import theil_sen

scores = st.integers(-1000, 1000).map(lambda number: number / 10)
shifts = st.integers(-500, 500)
factors = st.sampled_from([0.1, 0.5, 2, 3, 10, 100])
steps = ("need_more_support", "continue_to_grow", "big_growth")


def verdict(growth):
    return growth.category, growth.borderline


@given(scores, scores, scores, shifts)
def test_adding_to_all_scores_changes_nothing(baseline, target, current, shift):
    moved = classify_row("", baseline + shift, target + shift, current + shift)
    assert verdict(moved) == verdict(classify_row("", baseline, target, current))


@given(scores, scores, scores, factors)
def test_another_unit_changes_nothing(baseline, target, current, factor):
    scaled = classify_row("", baseline * factor, target * factor, current * factor)
    assert verdict(scaled) == verdict(classify_row("", baseline, target, current))


@given(scores, scores, scores)
def test_turning_the_scale_around_changes_nothing(baseline, target, current):
    assert verdict(classify_row("", -baseline, -target, -current)) == verdict(
        classify_row("", baseline, target, current)
    )


@given(scores, scores, scores, scores)
def test_a_better_score_is_never_a_lower_category(baseline, target, one, other):
    assume(target != baseline)
    worse, better = sorted((one, other), reverse=target < baseline)
    low, high = (classify_row("", baseline, target, score).category for score in (worse, better))
    assert steps.index(low) <= steps.index(high)


@given(scores, scores, scores)
def test_the_category_follows_from_the_attainment(baseline, target, current):
    growth = classify_row("", baseline, target, current)
    if growth.category in CATEGORIES:
        assert growth.attainment == pytest.approx((current - baseline) / (target - baseline))
        assert growth.why
        assert growth.next_step
    else:
        assert math.isclose(baseline, target)


series = st.builds(
    lambda whole, target, phases: Series(
        "x",
        tuple(
            Point(week, score, ("baseline" if place < 3 else "B") if phases else "")
            for place, (week, score) in enumerate(sorted(whole.items()))
        ),
        target,
    ),
    st.dictionaries(st.integers(0, 60), st.one_of(st.none(), scores), min_size=4, max_size=20),
    scores,
    st.booleans(),
)


@given(series, shifts, factors)
def test_a_series_keeps_its_category_in_another_unit(one, shift, factor):
    points = tuple(Point(p.when, None if p.score is None else (p.score + shift) * factor, p.phase) for p in one.points)
    moved = Series(one.id, points, (one.target + shift) * factor)
    assert verdict(classify_series(moved)) == verdict(classify_series(one))


@given(series, st.randoms())
def test_the_order_of_the_points_never_matters(one, dice):
    points = list(one.points)
    dice.shuffle(points)
    assert classify_series(Series(one.id, tuple(points), one.target)) == classify_series(one)


@given(series)
def test_absences_never_matter(one):
    present = tuple(point for point in one.points if point.score is not None)
    assert verdict(classify_series(Series(one.id, present, one.target))) == verdict(classify_series(one))


@given(st.dictionaries(st.integers(0, 60), scores, min_size=2, max_size=20))
def test_theil_sen_is_what_scipy_says(whole):
    whens, heights = zip(*sorted(whole.items()), strict=True)
    slope, end = theil_sen(whens, heights)
    theirs = theilslopes(heights, whens, method="joint")
    assert slope == pytest.approx(theirs.slope, abs=1e-9)
    assert end == pytest.approx(theirs.intercept + theirs.slope * whens[-1], abs=1e-6)


def test_theil_sen_needs_a_spread_in_time():
    assert theil_sen([3, 3], [1, 2]) is None

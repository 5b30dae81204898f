"""Practice cases: the same for the same number, realistic, and clear unless asked otherwise."""

from collections import Counter

import pytest

from iep_training.model import CATEGORIES, CourseError
from iep_training.progress import classify_series, practice


def growth_of(number, **wish):
    return classify_series(practice.case(number, **wish).series)


def test_a_number_always_gives_the_same_case():
    assert practice.case(12) == practice.case(12)
    assert practice.case(12).series != practice.case(13).series


def test_cases_are_clear_and_of_every_category():
    growths = [growth_of(number) for number in range(150)]
    assert not any(growth.borderline for growth in growths)
    counts = Counter(growth.category for growth in growths)
    assert all(counts[category] >= 15 for category in CATEGORIES)
    assert {growth.direction for growth in growths} >= {"increase", "decrease"}


def test_cases_near_a_cut_on_request():
    assert all(growth_of(number, near_cut=True).borderline for number in range(30))


@pytest.mark.parametrize("shape", practice.shapes())
def test_every_story_can_be_asked_for(shape):
    found = {growth_of(number, shape=shape).category for number in range(12)}
    assert found == {"cannot_classify"} if shape == "too_few" else len(found) > 1


def test_an_unknown_story():
    with pytest.raises(CourseError, match="plateau"):
        practice.case(1, shape="spiral")


def test_scores_stay_on_their_scale():
    for number in range(150):
        assert all(point.score is None or point.score >= 0 for point in practice.case(number).series.points)


def test_weekly_gains_are_computed_from_the_norms():
    # Grade 5, 10th percentile: (102 - 64) / 32 weeks; the report prints 1.9.
    assert practice.reading_gains(5)[1] == pytest.approx(38 / 32)
    assert practice.reading_gains(1)[1] == (91 - 59) / 16  # grade 1 has no fall scores


def test_reading_goals_stay_within_the_norms():
    for number in range(150):
        case = practice.case(number)
        if case.unit == "words a minute":
            growth = classify_series(case.series)
            most = max(practice.reading_gains(grade)[1] for grade in range(1, 7))
            assert growth.rate_needed is None or 0 < growth.rate_needed <= most * 1.2

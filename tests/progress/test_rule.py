"""What a growth says beside its category: reasons, next steps, trend, goal line, mastery."""

import pytest

from iep_training.model import CourseError, Point, Series
from iep_training.progress import classify_row, classify_series


def series(before, after, target, **more):
    scores = [*((score, "baseline") for score in before), *((score, "support") for score in after)]
    points = tuple(Point(week, score, phase, str(week)) for week, (score, phase) in enumerate(scores, start=1))
    return Series("Ana", points, target, **more)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((20, 68, 44), "Gained 24 of the 48 needed (words a minute): half way."),
        ((10, 2, 4), "Came down 6 of the 8 needed (words a minute): three quarters of the way."),
        ((0, 1000, 996), "Gained 996 of the 1,000 needed (words a minute): 99% of the way."),
        ((0, 10000, 4999), "Gained 4,999 of the 10,000 needed (words a minute): 49% of the way."),
        ((20, 68, 70), "Gained 50, and 48 were needed (words a minute): the goal of 68 is reached."),
        ((20, 68, 20), "No change yet from the baseline of 20 words a minute; the goal is 68."),
        ((0.7, 0.1, 0.4), "Came down 0.3 of the 0.6 needed (words a minute): half way."),
    ],
)
def test_the_reason_is_a_plain_sentence_with_the_numbers(row, why):
    assert classify_row("Ana", *row, unit="words a minute").why == why


def test_moving_away_from_the_goal_blames_the_support_and_not_the_student():
    assert classify_row("Ana", 20, 68, 15).why == (
        "Went from 20 to 15, away from the goal of 68: what is in place does not help yet."
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ((None, 68, 44), "The baseline is missing. Add it"),
        ((20, None, 44), "The target is missing. Add it"),
        ((20, 68, "n/a"), "The current score is missing. Add it"),
        ((20, 68, "2O"), "The current score is “2O”, which is not a number. Write it in digits"),
        ((20, 20, 30), "The target and the baseline are both 20"),
        ((20, 68, 44, "decrease"), "The direction says decrease, but the target of 68 lies above the baseline of 20"),
        ((20, 68, 44, "sideways"), "The direction is “sideways”. Write increase or decrease"),
        (("40%", 0.8, 0.6), "it could be 0.8% or a share of one"),
        ((-1e308, 1e308, 0), "too large"),
    ],
)
def test_a_row_that_cannot_be_classified_says_which_value_and_what_to_do(row, says):
    growth = classify_row("Ana", *row)
    assert growth.category == "cannot_classify"
    assert says in growth.why
    assert growth.attainment is None


def test_every_missing_value_is_named():
    why = classify_row("Ana", None, None, None).why
    assert all(name in why for name in ("baseline", "target", "current score"))


@pytest.mark.parametrize("current", [20, 15, 24, 43])
def test_need_more_support_always_prompts_the_team_to_act(current):
    growth = classify_row("Ana", 20, 68, current)
    assert growth.category == "need_more_support"
    assert "IEP team" in growth.next_step
    assert "change something" in growth.next_step
    assert "34 CFR 300.324(b)" in growth.next_step


def test_need_more_support_prompts_the_team_even_on_the_goal_line():
    growth = classify_series(series([20] * 3, [22, 24, 26, 28], 68, goal_when=40))
    assert growth.on_goal_line is True
    assert growth.category == "need_more_support"
    assert "IEP team" in growth.next_step


def test_the_cut_is_a_parameter():
    assert classify_row("Ana", 0, 10, 5, cut=0.6).category == "need_more_support"
    assert classify_row("Ana", 0, 10, 6, cut=0.6).category == "continue_to_grow"


@pytest.mark.parametrize("cut", [0, 1, -1, float("nan"), 2])
def test_a_cut_outside_zero_to_one_is_refused(cut):
    with pytest.raises(CourseError, match="cut"):
        classify_row("Ana", 0, 10, 5, cut=cut)


def test_no_trend_before_six_scores():
    assert classify_series(series([20] * 3, [22, 24, 26, 28, 30], 60)).rate is None
    growth = classify_series(series([20] * 3, [22, 24, 26, 28, 30, 32], 60))
    assert (growth.rate, growth.trend_end) == (2, 32)


def test_a_trend_that_tells_another_story_marks_the_case_borderline_and_says_so():
    growth = classify_series(series([42] * 3, [40, 44, 48, 52, 56, 60], 78))
    assert growth.category == "need_more_support"
    assert growth.borderline
    assert any("Continue to grow" in note for note in growth.notes)


def test_few_baseline_scores_are_mentioned():
    assert any("rests on 1 score" in note for note in classify_series(series([20], [30, 30, 30], 60)).notes)
    assert not any("rests on" in note for note in classify_series(series([20] * 3, [30, 30, 30], 60)).notes)


# --- the goal line: baseline 20 in week 3 to 60 in week 23, two a week ------------------------------------


def on_the_way(after, **more):
    return classify_series(series([20, 20, 20], after, 60, goal_when=23, **more))


def test_rates_needed_and_actual():
    growth = on_the_way([22, 23, 24, 25, 26, 27])
    assert (growth.rate_needed, growth.rate) == (2, 1)
    assert any("asks for 2 a week; the trend so far is 1 a week" in note for note in growth.notes)


def test_sufficient_so_far_is_told_apart_from_the_category():
    growth = on_the_way([22, 24, 26, 28])  # exactly on the line
    assert growth.on_goal_line is True
    assert growth.category == "need_more_support"  # 6 of 40 so far, against the annual goal
    assert on_the_way([21, 22, 23, 24]).on_goal_line is False


def test_a_falling_goal_is_on_its_line_when_below_it():
    falling = series([20, 20, 20], [18, 16, 14, 12], 0, goal_when=13)
    assert classify_series(falling).on_goal_line is True


def test_after_the_due_date_only_the_category_counts():
    assert classify_series(series([20] * 3, [30, 40, 50], 60, goal_when=6)).on_goal_line is None


def test_without_a_due_date_nothing_is_said_of_the_goal_line():
    growth = classify_series(series([20] * 3, [30, 40, 50, 55], 60))
    assert (growth.rate_needed, growth.on_goal_line, growth.four_point) == (None, None, None)


@pytest.mark.parametrize(
    ("after", "four_point"),
    [
        ([21, 22, 23, 24], "below"),
        ([23, 25, 27, 29], "above"),
        ([21, 25, 23, 29], "mixed"),
        ([22, 24, 26, 28], "mixed"),  # on the line is neither
        ([40, 21, 22, 23, 24], "below"),  # the last four decide
        ([21, 22, 23], None),
    ],
)
def test_the_four_point_prompt(after, four_point):
    growth = on_the_way(after)
    assert growth.four_point == four_point


def test_the_four_point_prompt_never_changes_the_category():
    growth = on_the_way([22] * 15 + [50, 51, 52, 53])
    assert growth.four_point == "below"
    assert any("prompt to talk" in note for note in growth.notes)
    assert growth.category == "continue_to_grow"  # 32 of 40


# --- mastery ----------------------------------------------------------------------------------------------


def test_a_mastery_criterion_decides_reached():
    met = classify_series(series([2, 3, 2], [8, 8, 8, 5, 8], 8, mastery="4 of 5 trials"))
    assert met.category == "big_growth"
    assert met.why == "4 of the last 5 scores reached 8: the goal's own criterion, “4 of 5 trials”, is met."
    not_met = classify_series(series([2, 3, 2], [5, 5, 8, 8, 8], 8, mastery="4 of 5 trials"))
    assert not_met.attainment == 1
    assert not_met.category == "continue_to_grow"
    assert "is not met yet: 3 of the last 5" in not_met.why


@pytest.mark.parametrize(
    "criterion", ["3 in a row", "3 consecutive sessions", "3 out of 3", "3/3", "last 3 of the last 3"]
)
def test_ways_to_write_a_criterion(criterion):
    assert classify_series(series([2, 3, 2], [8, 8, 8], 8, mastery=criterion)).category == "big_growth"
    assert classify_series(series([2, 3, 2], [8, 7, 8], 8, mastery=criterion)).category == "continue_to_grow"


def test_a_criterion_on_a_falling_goal():
    assert classify_series(series([9, 9, 9], [2, 1, 2], 2, mastery="3 in a row")).category == "big_growth"


def test_a_criterion_that_cannot_be_read_is_not_guessed():
    growth = classify_series(series([2, 3, 2], [8, 8, 8], 8, mastery="most days"))
    assert growth.category == "cannot_classify"
    assert "most days" in growth.why


# --- order and phases -------------------------------------------------------------------------------------


def test_scores_count_in_time_order_whatever_the_order_of_the_file():
    right = series([20, 22, 24], [30, 40, 50, 60], 70)
    shuffled = Series("Ana", tuple(reversed(right.points)), 70)
    assert classify_series(shuffled) == classify_series(right)


def test_every_baseline_phase_counts_in_an_a_b_a_b_design():
    points = [(1, 10, "A"), (2, 10, "A"), (3, 18, "B"), (4, 20, "A"), (5, 20, "A"), (6, 30, "B"), (7, 30, "B")]
    growth = classify_series(Series("Ana", tuple(Point(*point) for point in points), 35))
    assert growth.baseline == 15
    assert growth.current == 30


def test_phases_without_a_baseline_cannot_be_classified():
    points = tuple(Point(week, week, "intervention") for week in range(8))
    growth = classify_series(Series("Ana", points, 20))
    assert growth.category == "cannot_classify"
    assert "baseline" in growth.why

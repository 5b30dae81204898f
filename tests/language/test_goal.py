"""The parts of an annual goal, each with its place in the text."""

import pytest

from iep_training.language import read_goal

WHOLE = (
    "Building on her love of maps, given a world map, Meilin will write the names of 6 of 7 continents "
    "by May 2027. Baseline: 2 of 7."
)


def parts(text):
    reading = read_goal(text)
    return {
        name
        for name in ("condition", "behavior", "criterion", "timeframe", "baseline", "strength")
        if getattr(reading, name)
    }


def test_a_whole_goal_and_its_spans():
    reading = read_goal(WHOLE)
    assert parts(WHOLE) == {"condition", "behavior", "criterion", "timeframe", "baseline", "strength"}
    assert reading.measurable
    assert reading.condition.quote.startswith("given a world map")
    assert reading.behavior.quote.startswith("write the names")
    assert reading.criterion.quote == "6 of 7"
    assert reading.timeframe.quote == "by May 2027"
    for span in (reading.condition, reading.behavior, reading.criterion, reading.timeframe, reading.baseline):
        assert WHOLE[span.start : span.end] == span.quote
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("Improve reading by 25%.", {"criterion"}),
        ("Multiply two-digit numbers.", {"behavior"}),
        ("By June 2027, Ana will understand fractions with 80% accuracy.", {"timeframe", "criterion"}),
        ("With a word bank, Teo will write sentences.", {"condition", "behavior"}),
        ("Uri will stack 10 blocks in 1 minute.", {"behavior", "criterion"}),
        ("I will be kind.", set()),
        ("Fluency.", set()),
        ("", set()),
        ("Will say /k/ words, starting the week of September 8.", {"behavior"}),
        ("Lev will solve problems, as measured by his teacher.", {"behavior"}),
    ],
)
def test_parts(goal, expected):
    assert parts(goal) == expected


@pytest.mark.parametrize(
    ("goal", "rule"),
    [
        ("Ana will understand fractions.", "goal-vague-verb"),
        ("Ana will name 8 coins.", "goal-no-timeframe"),
        ("Ana will name coins.", "goal-no-criterion"),
        ("By May, Ana will reduce outbursts to 2 a week.", "goal-falling-behavior"),
    ],
)
def test_what_to_mend(goal, rule):
    assert rule in {finding.rule for finding in read_goal(goal).findings}


@pytest.mark.parametrize(
    ("goal", "quote"),
    [
        ("Kofi, who now solves 2 of 10, will solve 8 of 10 problems.", "who now solves 2 of 10"),
        ("Ana will tie 9 of 10 knots by May 2027. In October: 3 of 10.", "In October: 3 of 10"),
        ("Ana will read 90 words; she reads 62 today.", "she reads 62 today"),
        ("Ana will write 3 sentences (she wrote 1 last spring).", "she wrote 1 last spring"),
        ("Ana will pack her bag. She packs two of six items now.", "She packs two of six items now"),
        ("Ana will go from 55% to 80% of the words.", "from 55%"),
        ("Ana will clock in on 18 of 20 days, compared with 9 of 20 now.", "compared with 9 of 20 now"),
    ],
)
def test_a_baseline_is_found_whole(goal, quote):
    assert read_goal(goal).baseline.quote == quote


def test_a_present_level_is_no_criterion():
    reading = read_goal("Ana will answer questions about stories. She answers 3 of 10 at this time.")
    assert reading.baseline
    assert not reading.measurable


def test_a_condition_ends_where_the_plan_begins():
    reading = read_goal("During carpet time Mia will point to 4 of 5 pictures.")
    assert reading.condition.quote == "During carpet time Mia"
    assert reading.criterion.quote == "4 of 5"


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("On the pretest he had 3 of 10 right.", True),
        ("His most recent score was 98 words per minute.", True),
        ("Haley says /s/ blends correctly 55% of the time.", True),
        ("Data are collected in 4 trials.", False),
        ("He loves maps and knows all 50 states.", False),
        ("The district average is 70%.", False),
    ],
)
def test_a_sentence_beside_the_goal_that_counts_is_a_baseline(beside, told):
    reading = read_goal(f"By May 2027, given a word bank, Haley will write 8 of 10 words. {beside}")
    assert (reading.baseline is not None) == told
    assert reading.criterion is not None
    if told:
        assert reading.baseline.quote == beside.rstrip(".")

"""What the reader of rewrites sees: how near words are in meaning, two halves, and what is said to have happened."""

import time

import pytest

from iep_training.language.events import events
from iep_training.language.halves import halves
from iep_training.language.rewrite import read_rewrite
from iep_training.language.rewrite_words import names, topical
from iep_training.language.topics import nearness
from iep_training.language.words import split


def stems(text: str) -> list[str]:
    return topical(split(text).words)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("spelling", "letters and sounds", "shoes and coat"),
        ("temper", "calm and angry feelings", "decimals on graph paper"),
        ("subtract", "counters and number line", "bus route"),
        ("toilet", "bathroom schedule", "essay outline"),
    ],
)
def test_words_of_one_topic_are_nearer_than_others(text, near, far):
    assert nearness(stems(text), stems(near)).before > nearness(stems(text), stems(far)).before + 0.1


def test_a_word_that_nobody_knows_meets_only_itself():
    assert nearness(["zorvex"], ["zorvex"]).before == 1
    assert not nearness(["zorvex"], ["spel"]).told
    assert not nearness([], []).told


@pytest.mark.parametrize(
    ("text", "good", "failing"),
    [
        ("Reads words but can't spell them.", "reads words", "can't spell them ."),
        ("Can't sit in class, yet listens outside.", "listens outside .", "can't sit in class ,"),
        ("Talks at home, though not at school.", "talks at home ,", "not at school ."),
    ],
)
def test_two_halves(text, good, failing):
    assert halves(split(text).words) == (good.split(), failing.split())


@pytest.mark.parametrize("text", ["", "but", "Can't read.", "Can't sit but won't stand, yet never runs."])
def test_no_two_halves(text):
    assert halves(split(text).words) is None


def told(rewrite: str, given: str = "Can't read.") -> bool:
    return events(split(given), split(rewrite)).told


@pytest.mark.parametrize(
    "rewrite",
    [
        "Reads alone since the new tutor came.",
        "Maya finished the whole book.",
        "Raised his score to the top.",
        "He has stopped hitting.",
        "Last week he asked a friend to play.",
        "Can now read a page.",
    ],
)
def test_an_event_is_told(rewrite):
    assert told(rewrite)


@pytest.mark.parametrize(
    "rewrite",
    [
        "",
        "Reads a book he picked, paired with audio.",
        "Given a card, he reads the line aloud.",
        "Will read a page by June, starting last row first.",
        "Tells time to the quarter hour.",
    ],
)
def test_no_event_is_told(rewrite):
    assert not told(rewrite)


def test_what_was_given_is_no_event():
    assert not told("Last week she shared with a friend.", "Last week she shared once.")
    assert not told("Got 3 of 25 right.", "Only 3 of 25 right.")


def test_a_word_written_small_elsewhere_is_no_name():
    found = names(split("Doesn't get proverbs."), split("Proverbs come with Anna."))
    assert "anna" in found
    assert "proverb" not in found
    assert not names(split("Checks out in ELA."))


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Can't.", " ".join(f"since w{number} he raised now" for number in range(20_000))),
        (" ".join(f"can but w{number} can't" for number in range(20_000)), "x " * 20_000),
        ("a", "raised " + "already quickly " * 30_000),
    ],
    ids=["events", "halves", "adverbs"],
)
def test_long_texts_are_read_in_time_that_grows_with_them(original, rewrite):
    start = time.process_time()
    read_rewrite(original, rewrite)
    assert time.process_time() - start < 5

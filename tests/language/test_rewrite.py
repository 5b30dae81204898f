"""The verdict on a rewrite, reason by reason, and the tolerance for good wording."""

import pytest

from iep_training.language import read_rewrite

ORIGINAL = "Refused to participate in group work."


@pytest.mark.parametrize(
    "rewrite",
    [
        "Needs more support to participate in group work.",
        "With sentence starters, he takes part in group work.",
        "Is learning to join group work with a partner he knows.",
        "Joins group work when he has a clear role, like timekeeper.",
        "We will give him a job in his group so that he can take part.",
    ],
)
def test_many_wordings_are_right(rewrite):
    reading = read_rewrite(ORIGINAL, rewrite)
    assert (reading.verdict, reading.reasons) == ("accept", ())


@pytest.mark.parametrize(
    ("rewrite", "reason"),
    [
        (ORIGINAL, "copy"),
        ("He refused to participate in the group work.", "copy"),
        ("Still refuses to participate and lacks motivation in groups.", "still_deficit"),
        ("Needs help.", "too_short"),
        ("", "too_short"),
        ("Needs larger print to read the storybook.", "off_topic"),
        ("Continues to grow with support!", "magic_phrase"),
        ("What a sweet, wonderful boy, a joy to have.", "vague_praise"),
        ("He is a thoughtful member of his group.", "hides_need"),
        ("With sentence starters, participated in group work 17 times.", "invents_facts"),
    ],
)
def test_each_reason(rewrite, reason):
    reading = read_rewrite(ORIGINAL, rewrite)
    assert reading.verdict == "revise"
    assert reason in reading.reasons


def test_a_figure_of_the_original_and_a_planned_support_are_no_inventions():
    original = "Only 3 of 25 problems correct."
    for rewrite in (
        "Got 3 of 25 problems correct; reteaching with tiles is planned.",
        "Will have 2 short breaks during math so that more problems get done.",
    ):
        assert "invents_facts" not in read_rewrite(original, rewrite).reasons


@pytest.mark.parametrize(
    "rewrite", ["Keisha is growing as a reader!", "The sky is the limit for Keisha after graduation!"]
)
def test_growth_claimed_without_a_support_is_a_magic_phrase(rewrite):
    assert "magic_phrase" in read_rewrite("Is basically a nonreader.", rewrite).reasons


def test_a_duty_laid_on_the_student_is_no_support():
    assert read_rewrite("Melts down in assemblies.", "Kofi should learn to cope in assemblies.").verdict == "revise"

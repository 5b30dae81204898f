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


def reasons(original: str, rewrite: str) -> tuple[str, ...]:
    return read_rewrite(original, rewrite).reasons


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Loses his temper over nothing.", "With a timer and a checklist he will practice his spelling list."),
        pytest.param(
            "Interrupts in group talks.",
            "Benefits from a mirror and picture cues to say the sound r.",
            marks=pytest.mark.xfail(strict=True, reason="to say a sound is taken for a way to talk"),
        ),
        ("Interrupts in group talks.", "Benefits from a picture strip to wash her hands."),
        ("Can't find his bus after school.", "Needs a grip and raised lines to form his letters."),
        ("Will not wear a helmet on the bike.", "Uses sentence frames and a word bank to write a paragraph."),
    ],
)
def test_a_support_for_another_skill_is_off_topic(original, rewrite):
    assert reasons(original, rewrite) == ("off_topic",)


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Has no sense of numbers.", "Is learning to compare amounts, using cubes and a number line."),
        pytest.param(
            "Wets his pants.",
            "A trip to the bathroom each hour helps him stay dry.",
            marks=pytest.mark.xfail(strict=True, reason="taken for another topic since the tone was fitted anew"),
        ),
        ("Has toileting accidents.", "A trip to the bathroom each hour helps him stay dry."),
        pytest.param(
            "Can't be understood.",
            "A pacing board helps listeners follow his speech.",
            marks=pytest.mark.xfail(strict=True, reason="“understood” alone does not tell that it is about speech"),
        ),
        ("Speech is unintelligible.", "A pacing board helps listeners follow his speech."),
        ("Has terrible penmanship.", "Letters come out clear when she uses a slant board and raised lines."),
        ("Has a terrible temper.", "Is learning to name how angry he is and to breathe before he answers."),
        ("Always loses her temper.", "A breathing card and a calm corner help her when she feels angry."),
        ("Doesn't get proverbs.", "Proverbs will be taught two at a time, with drawings."),
        ("Doesn't get proverbs.", "Is learning what proverbs mean, two at a time, with drawings."),
        ("Checks out in ELA.", "Needs a short first task and a break card to stay with ELA."),
        ("Abstract thinking is out of reach for her.", "Uses models and examples to think through abstract ideas."),
    ],
)
def test_other_words_for_the_same_skill_keep_the_topic(original, rewrite):
    assert reasons(original, rewrite) == ()


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Adds well but can't subtract.", "Adds well, which is a talent worth celebrating."),
        ("Names shapes yet can't draw them.", "Names shapes with pride and is a model for others in math."),
        ("Can hum a tune but won't sing the words.", "Hums a tune with a lovely voice and real feeling."),
    ],
)
def test_a_strength_told_again_hides_the_need_beside_it(original, rewrite):
    assert "hides_need" in reasons(original, rewrite)


def test_a_strength_that_leads_to_the_need_hides_nothing():
    original = "Adds well but can't subtract."
    for rewrite in (
        "Adds well, and uses that to find the missing part when she subtracts with counters.",
        "Adding is a strength; subtracting with a number line is what she is learning next.",
    ):
        assert reasons(original, rewrite) == ()


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Is failing science.", "Raised her grade to a B in science with a tutor."),
        ("Doesn't work with others.", "Since joining the chess club he works with others when he has a role card."),
        ("Screams in the hallway.", "With a buddy she has walked quietly in the hallway all month."),
        ("Can't swim.", "With a float vest she won a medal at the swim meet in June."),
    ],
)
def test_an_event_told_in_words_is_invented(original, rewrite):
    assert "invents_facts" in reasons(original, rewrite)


@pytest.mark.parametrize(
    ("original", "rewrite"),
    [
        ("Is failing science.", "With a tutor and video notes she will retake each science quiz in two parts by June."),
        ("Got 2 of 9 science questions.", "Got 2 of 9 science questions; we will read them aloud with him next."),
        ("Won't share his ideas.", "Shares an idea he has picked and rehearsed with a partner."),
    ],
)
def test_a_plan_and_what_was_given_are_no_inventions(original, rewrite):
    assert reasons(original, rewrite) == ()

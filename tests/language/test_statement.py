"""How a statement is read: the contract, the traps, and spans that always fit."""

import unicodedata

import pytest

from iep_training.language import read_statement


def findings(text):
    return [finding for finding in read_statement(text).findings if finding.severity == "finding"]


def test_the_seeds_own_example():
    reading = read_statement("Refused to participate in group work.")
    assert reading.framing == "deficit"
    assert [(one.start, one.end, one.quote) for one in reading.findings] == [(0, 7, "Refused")]
    assert "needs more support to participate in group work" in reading.findings[0].instead


def test_a_support_leaves_nothing_to_find():
    reading = read_statement("With sentence starters, Maya shares her ideas in a small group.")
    assert (reading.framing, reading.findings) == ("strengths", ())
    assert "support" in {strength.kind for strength in reading.strengths}


@pytest.mark.parametrize(
    "text",
    [
        "Can add but can't subtract.",
        "Even with reminders, he wanders.",
        "Suffers from dyslexia.",
        "Needs to try harder.",
        "Is the lowest in the class.",
        "His mother doesn't care about school.",
        "The only thing he does is draw.",
        "can’t read",
    ],
)
def test_deficit(text):
    assert read_statement(text).framing == "deficit"
    assert findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "Needs visual supports to follow the daily schedule.",
        "Has trouble sitting still; a wobble chair lets him move and learn.",
        "Never gives up on a puzzle.",
        "Can't wait to share his drawings.",
        "Refusals are down from eight a week to two.",
        "Loves science and asks great questions.",
        "Does not need prompting to start.",
    ],
)
def test_strengths(text):
    assert read_statement(text).framing == "strengths"
    assert not findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "Has Down syndrome and a heart condition.",
        "Is autistic.",
        "Must not be left alone near water.",
        "Scored 14 out of 20.",
        "Receives occupational therapy once a week.",
        'Mom said, "He hates school."',
        "Has oppositional defiant disorder.",
    ],
)
def test_neutral(text):
    assert read_statement(text).framing == "neutral"
    assert not findings(text)


def test_vague_praise_is_an_advisory_and_no_deficit():
    reading = read_statement("Is a joy to have in class.")
    assert reading.framing == "neutral"
    assert [(one.rule, one.severity) for one in reading.findings] == [("vague-praise", "advisory")]


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "\x00", "🙂", "“", "İ" * 50, "a" * 10_000])
def test_nothing_much_to_read(text):
    assert read_statement(text).statement == text


@pytest.mark.parametrize(
    "before", ["İİ ", "🙂🙂 ", "e\u0301 ", unicodedata.normalize("NFD", "René ") + "… ", "\u202eשלום ", "\ufeff"]
)
def test_spans_stand_in_the_text_as_typed(before):
    text = before + "Refused to write anything at all."
    (finding,) = [one for one in read_statement(text).findings if one.rule == "refuse"]
    assert text[finding.start : finding.end] == finding.quote == "Refused"


def test_every_finding_tells_why_what_instead_and_who_says_so():
    for text in ("Lazy.", "Is years behind.", "Nothing works.", "There is not a friend to be found for her at recess."):
        for finding in read_statement(text).findings:
            assert finding.why
            assert finding.instead
            assert finding.source


@pytest.mark.parametrize(
    "text",
    [
        "Wheelchair-bound, Pru takes the ramp to the gym.",
        "Afflicted with childhood apraxia of speech; seen twice weekly.",
        "Confined to a wheelchair, Ola is scheduled for adapted PE.",
        "A sweet girl afflicted with Down syndrome, Hannah sees the speech therapist twice a week.",
    ],
)
def test_medical_wording_decides_by_itself(text):
    assert read_statement(text).framing == "deficit"

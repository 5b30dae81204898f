"""What reads a statement as a whole: light to carry, quick to load, and pointing at the right sentence."""

import csv
import time
from importlib.resources import files
from pathlib import Path

import pytest

from iep_training.language import read_statement, rewrite, tone, tone_table, topics
from iep_training.language.statement import evidence
from iep_training.language.tone_words import FRAMINGS, KINDS

SEEN = Path(__file__).parents[1] / "corpus" / "seen" / "statements.csv"


@pytest.mark.parametrize(
    ("file", "bytes_at_most", "load"),
    [
        ("tone_table.json", 2_000_000, tone_table.fitted),
        ("topics.json", 650_000, topics.fitted),
        ("rewrite_wordings.json", 150_000, rewrite.wording_weights),
    ],
)
def test_the_models_are_light_and_load_quickly(file, bytes_at_most, load):
    assert len((files("iep_training.language") / file).read_bytes()) < bytes_at_most
    times = []
    for _ in range(3):
        load.cache_clear()
        start = time.process_time()
        load()
        times.append(time.process_time() - start)
    assert min(times) < 0.15


def test_odds_of_framings_add_up_to_one():
    odds = tone.odds(["reads", "well", "."], ())
    assert abs(sum(odds[framing] for framing in FRAMINGS) - 1) < 1e-9
    assert 0 <= odds["prose"] <= 1


def test_a_finding_without_a_word_points_at_its_sentence():
    text = "Maya is in grade 4. Every assignment comes back crumpled and empty."
    (finding,) = [one for one in read_statement(text).findings if one.rule == "reads-as-deficit"]
    assert finding.quote.startswith("Every assignment")
    assert text[finding.start : finding.end] == finding.quote


def test_a_long_text_does_not_overflow():
    assert read_statement("You will open the module and read this page. " * 2000).findings == ()


def seen_texts() -> list[str]:
    with SEEN.open(encoding="utf-8-sig", newline="") as lines:
        return [row["statement"] for row in csv.DictReader(lines)] + ["", '"', "…", '"Never," he said, but 9 2nd!']


def test_a_weight_can_be_asked_for_by_name():
    deficit, strengths, _, _ = tone_table.apart(tone_table.weight("=finding"))
    assert deficit > strengths
    assert tone_table.weight("no such feature") == 0


def test_sums_are_those_of_the_features_one_by_one():
    for text in seen_texts():
        words, found = evidence(text).words.words, evidence(text).shown()
        rows = [tone_table.apart(tone_table.weight(name)) for name in tone_table.features(words, found)]
        one_by_one = [sum(row[place] for row in rows) + tone_table.RAISED for place in range(len(KINDS))]
        assert list(tone_table.sums(words, found)) == one_by_one

"""The models that read a statement as a whole: light to carry, quick to load, and pointing at the right sentence."""

import csv
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from iep_training.language import read_statement, tone, tone_net, tone_table, topics
from iep_training.language.rules import reader
from iep_training.language.statement import evidence
from iep_training.language.tone_words import FRAMINGS, KINDS

SEEN = Path(__file__).parents[1] / "corpus" / "seen" / "statements.csv"


@pytest.mark.parametrize(
    ("file", "bytes_at_most", "load"),
    [
        ("tone_table.json", 1_500_000, tone_table.weights),
        ("tone_net.json", 2_500_000, tone_net.fitted),
        ("topics.json", 600_000, topics.fitted),
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


def test_sums_are_those_of_the_features_one_by_one():
    for text in seen_texts():
        words, found = evidence(text).words.words, evidence(text).shown(reader())
        rows = [tone_table.apart(tone_table.weights().get(name, 0)) for name in tone_table.features(words, found)]
        expected = [sum(row[place] for row in rows) / tone_table.SCALE for place in range(len(KINDS))]
        assert tone_table.sums(words, found) == pytest.approx(expected)


def lanes(number: int, count: int, bits: int, half: int = 0) -> np.ndarray:
    """The numbers in the lanes of a number, each of which may be as low as minus `half`."""
    above = number + sum(half << bits * lane for lane in range(count))
    packed = above.to_bytes(count * bits // 8, "little")
    return (np.frombuffer(packed, f"<u{bits // 8}") - np.uint64(half)).astype(np.int64)


def test_lanes_add_up_as_numbers_one_by_one_do():
    """The network in lanes, beside the same network filter by filter."""
    net = tone_net.fitted()
    vectors = np.frombuffer(net.vectors, np.int8).reshape(-1, len(net.rows)).astype(np.int64)
    rows = np.array([lanes(row, net.filters * 3, tone_net.WIDE, 1 << tone_net.WIDE - 1) for row in net.rows])
    biases = [lanes(bias, net.filters, tone_net.LANE) for bias in net.bias]
    told, long = net.hidden + len(KINDS), tone_net.LONG
    *onward, base = [lanes(row, told, long, 1 << long - 1) for row in (*net.onward, net.base)]
    out = np.array([tone_table.apart(row) for row in net.out])
    for text in seen_texts():
        words = evidence(text).words.words
        heard = [biases[bend].copy() for bend in tone_net.bends(words)]
        for place, word in enumerate(words):
            vector = vectors[tone_net.place_of(word, net.places, net.endings)]
            shares = (vector @ rows >> tone_net.LANE).reshape(3, net.filters)
            for distance, share in enumerate(shares):
                if 0 <= place + 1 - distance < len(words):
                    heard[place + 1 - distance] += share
        loudest = np.max([np.full(net.filters, tone_net.ZERO), *heard], axis=0)
        told_here = (loudest @ np.array(onward) + base) / net.scale
        hidden, direct = told_here[: net.hidden], told_here[net.hidden :]
        expected = direct + np.maximum(hidden, 0) @ out / net.out_scale
        assert tone_net.sums(words, ()) == pytest.approx(expected.tolist())


def test_what_is_found_often_counts_once():
    once = tone_net.sums(["reads"], ["good support"])
    assert tone_net.sums(["reads"], ["good support"] * 1_000_000) == once
    assert once != tone_net.sums(["reads"], [])

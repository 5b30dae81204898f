"""The weights that read a statement as a whole: light to carry, quick to load, and pointing at the right sentence."""

import time
from importlib.resources import files

from iep_training.language import read_statement, tone


def test_the_table_is_light_and_loads_quickly():
    assert len((files("iep_training.language") / "tone.json").read_bytes()) < 1_000_000
    times = []
    for _ in range(3):
        tone.weights.cache_clear()
        start = time.process_time()
        tone.weights()
        times.append(time.process_time() - start)
    assert min(times) < 0.15


def test_odds_of_framings_add_up_to_one():
    odds = tone.odds(["reads", "well", "."], ())
    assert abs(sum(odds[framing] for framing in tone.FRAMINGS) - 1) < 1e-9
    assert 0 <= odds["prose"] <= 1


def test_a_finding_without_a_word_points_at_its_sentence():
    text = "Maya is in grade 4. Every assignment comes back crumpled and empty."
    (finding,) = [one for one in read_statement(text).findings if one.rule == "reads-as-deficit"]
    assert finding.quote.startswith("Every assignment")
    assert text[finding.start : finding.end] == finding.quote


def test_a_long_text_does_not_overflow():
    assert read_statement("You will open the module and read this page. " * 2000).findings == ()

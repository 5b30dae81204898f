"""Reading grade, long sentences, jargon."""

from iep_training.language.plain import read_plain


def test_a_grade_where_there_are_words():
    assert read_plain("The cat sat on the mat.").grade == 0.0
    assert read_plain("Demonstrates considerable improvement in comprehension activities.").grade > 12
    assert read_plain("  ").grade is None


def test_school_words_are_found_with_plain_ones():
    text = "The IEP lists Accommodations prior to testing."
    found = {finding.quote: finding.instead for finding in read_plain(text).findings}
    assert set(found) == {"IEP", "Accommodations", "prior to"}
    assert "before" in found["prior to"]


def test_a_long_sentence_is_found():
    text = "Short one. " + "word " * 25 + "end."
    (finding,) = read_plain(text).findings
    assert text[finding.start : finding.end] == finding.quote
    assert finding.quote.startswith("word")

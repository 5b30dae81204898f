"""The reading grade of a text: a hint for notes to families."""

from __future__ import annotations

import pytest

from iep_training.language.reading_grade import reading_grade


def test_plain_words_in_short_sentences_read_at_an_early_grade() -> None:
    assert reading_grade("Today Oren read a whole page aloud. He was proud. What does he like to read at home?") < 4


def test_a_report_in_long_words_reads_far_above_school() -> None:
    assert reading_grade("She demonstrates increased frequency of communicative initiations across environments.") > 12


def test_the_formula_by_hand() -> None:
    # 6 words, 1 sentence, 6 syllables; then 4 words, 2 sentences, 8 syllables.
    assert reading_grade("The cat sat on the mat.") == pytest.approx(max(0, 0.39 * 6 + 11.8 - 15.59))
    assert reading_grade("Little pages. Boxes wanted!") == pytest.approx(0.39 * 2 + 11.8 * 2 - 15.59)


@pytest.mark.parametrize("text", ["", " \n", "😀 …", "!!!"])
def test_a_text_without_words_has_no_grade(text: str) -> None:
    assert reading_grade(text) == 0.0


def test_lines_count_as_sentences_and_decimals_do_not_end_one() -> None:
    assert reading_grade("one two\nthree four") == reading_grade("one two. three four.")
    assert reading_grade("She reads 3.5 pages") == reading_grade("She reads 3 pages")

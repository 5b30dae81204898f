"""Any text at all: no exception, spans that fit. IEP_FUZZ_EXAMPLES=200000 runs the long version."""

import os
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iep_training.language import read_goal, read_rewrite, read_statement
from iep_training.language.plain import read_plain

WORDS = (
    "refused",
    "can't",
    "“lazy”",
    "with",
    "support",
    "never",
    "İ",
    "e\u0301",
    "🙂",
    "3/5",
    "by",
    "will",
    "\x00",
    "שלום",
    "'",
    "-",
    "but",
    ".",
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
MANY = settings(
    max_examples=int(os.environ.get("IEP_FUZZ_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def fits(text, spans):
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
        assert text[span.start : span.end] == span.quote


@MANY
@given(TEXTS)
def test_any_statement(text):
    reading = read_statement(text)
    fits(text, [*reading.findings, *reading.strengths])
    assert reading.framing in ("deficit", "strengths", "neutral")


@MANY
@given(TEXTS)
def test_any_goal_and_note(text):
    reading = read_goal(text)
    parts = (reading.condition, reading.behavior, reading.criterion, reading.timeframe, reading.baseline)
    fits(text, [*reading.findings, *filter(None, parts), *read_plain(text).findings])


@MANY
@given(TEXTS, TEXTS)
def test_any_rewrite(original, rewrite):
    reading = read_rewrite(original, rewrite)
    fits(rewrite, [*reading.findings, *reading.strengths])
    assert (reading.verdict == "accept") == (not reading.reasons)


def test_time_grows_with_the_text_alone():
    unit = 'Refused, but with support "he can\'t" never lazy from 2 to 9 not even with help '
    times = []
    for many in (200, 1600):
        start = time.process_time()
        read_statement(unit * many)
        times.append(time.process_time() - start)
    assert times[1] < 8 * 3 * times[0] + 0.05

"""Which way figures go, in the order of time and not of the telling."""

import pytest

from iep_training.language.trend import trend
from iep_training.language.words import split


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Panic episodes: 6 in Nov, 2 in Jan, 0 so far in Feb.", "figures mend"),
        ("/r/ at the start of words: 40% in Sept, 75% in Dec.", "figures rise"),
        ("Reads 7 letters in May, 2 in September.", "figures rise"),
        ("Reads 90 words, up from 62.", "figures rise"),
        ("2 tardies in fall, 7 this month", "figures worsen"),
        ("Lost her temper on six days in October and on one in January.", "figures fall"),
        ("Now counts 4 blocks, counted 9 in the fall.", "figures fall"),
        ("12 signs this month against 5 last month", "figures rise"),
        ("Scored 40 of 50 in fall and 44 out of 50 now.", "figures rise"),
        ("9/12 on Monday, 11/12 on Friday", "figures rise"),
        ("8 on Monday, 3 on Tuesday, 8 on Friday", "figures vary"),
        ("3 and 3", "figures vary"),
        ("In grade 4 she reads 32 words.", ""),
        ("On October 14 and October 20 she was here.", ""),
        ("Born in 2009, enrolled in 2015.", ""),
        ("9/12 then 15/14", ""),
        ("Scored 12 of", ""),
        ("", ""),
    ],
)
def test_trend(text, way):
    assert trend(split(text)) == way

"""How a statement frames the student, taken as a whole: what its words, and the rules and signals found, add up to.

Two small models tell: tone_table.py weighs words and neighbors one by one; where that leaves doubt, tone_net.py is
asked too, which hears what words mean in a row. Both were fitted to labelled sentences and need no library.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files

from iep_training.language import tone_net, tone_table
from iep_training.language.tone_words import KINDS
from iep_training.model import Finding

# The id of the finding for a text that no rule speaks of, but that reads as deficit taken as a whole.
WEIGHED = "reads-as-deficit"
# Where the table is so sure of a framing, the network changed no reading of 1,600 labelled statements.
_SURE = 0.8
_LARGEST_EXPONENT = 500


def odds(words: Sequence[str], found: Collection[str]) -> dict[str, float]:
    """How likely each framing is, and how likely the text is mere "prose" about teaching, from 0 to 1.

    `words` are those of the text, `found` the names of what was found in it. The framings add up to 1.
    """
    *framings, prose = tone_table.sums(words, found)
    # Only the table tells prose: it knows it better.
    prose_share = 1 / (1 + sum(math.exp(min(one - prose, _LARGEST_EXPONENT)) for one in framings))
    shares = _shares(framings)
    if max(shares) < _SURE:
        by_net = tone_net.sums(words, found)
        shares = _shares([(table + net) / 2 for table, net in zip(framings, by_net, strict=False)])
    return dict(zip(KINDS, (*shares, prose_share), strict=True))


def _shares(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    powers = [math.exp(total - top) for total in sums]
    return [power / sum(powers) for power in powers]


def whole_statement(text: str, start: int, end: int) -> Finding:
    """What to say of a stretch that reads as deficit framing though no rule names a word in it."""
    advice = _advice()
    return Finding(WEIGHED, start, end, text[start:end], advice["why"], advice["instead"], source=advice["source"])


@cache
def _advice() -> Mapping[str, str]:
    tree = tomllib.loads((files("iep_training.language") / "tone.toml").read_text(encoding="utf-8"))
    advice: Mapping[str, str] = tree["advice"]
    return advice

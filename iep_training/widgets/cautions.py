"""A gentle word beside a text box that holds what could tell who a student is. It never blocks, and costs no mark."""

from __future__ import annotations

from collections.abc import Mapping

from iep_training.language.privacy import private_details

# Far beyond any box; only the beginning of a pasted report is read.
LONGEST = 20_000


def cautions(texts: Mapping[str, str], known: str = "") -> dict[str, list[str]]:
    """For each box, by its name, what to say of its text; nothing for what stands in `known` (an invented name)."""
    return {
        box: [one.words for one in private_details(text[:LONGEST]) if one.quote not in known]
        for box, text in texts.items()
    }

"""The reader stays as good as it was on sentences that no rule was written from; docs/quality.md has the figures."""

import csv
from pathlib import Path

import pytest

from iep_training.language import read_goal, read_rewrite, read_statement

CORPUS = Path(__file__).parents[1] / "corpus"
FOLDERS = "watched unseen former fresh hard plain tricky everyday catch half thorny mixed steep district panel"


def rows(kind: str) -> list[dict[str, str]]:
    found = []
    for folder in FOLDERS.split():
        with (CORPUS / folder / f"{kind}.csv").open(encoding="utf-8-sig", newline="") as lines:
            found += csv.DictReader(lines)
    return found


def share(pairs: list[tuple[str, str]]) -> float:
    return sum(label == answer for label, answer in pairs) / len(pairs)


def test_statements() -> None:
    pairs = [(row["framing"], read_statement(row["statement"]).framing) for row in rows("statements")]
    flagged = [label for label, answer in pairs if answer == "deficit"]
    assert share(pairs) > 0.93
    assert flagged.count("deficit") / len(flagged) > 0.94


def test_rewrites() -> None:
    pairs = [(row["verdict"], read_rewrite(row["original"], row["rewrite"]).verdict) for row in rows("rewrites")]
    assert share(pairs) > 0.95


@pytest.mark.parametrize("part", ["condition", "behavior", "criterion", "timeframe", "measurable", "baseline"])
def test_goals(part: str) -> None:
    pairs = [(row[part] == "true", bool(getattr(read_goal(row["goal"]), part))) for row in rows("goals")]
    assert share([(str(label), str(answer)) for label, answer in pairs]) > 0.93

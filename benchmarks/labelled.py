"""The labelled texts that fit_tone_table.py fits what words weigh to.

Statements of training/ and tests/corpus/seen, prose that is no statement, and the echoes of echoes.py; never the
sentences that quality is measured on.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iep_training.language.rules import reader
from iep_training.language.statement import evidence
from iep_training.language.tone_words import FRAMINGS, KINDS

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests" / "corpus"
SEEN = CORPUS / "seen"
MEASURED = [file for file in CORPUS.rglob("statements*.csv") if SEEN not in file.parents]
# What a better, larger model makes of sentences of which the table is unsure: written by echoes.py.
ECHOES = HERE / "training" / "echoes.csv.gz"
# Prose is rarer here than statements, and a learner reads the reasons of rules most often: they count more, so that
# the kit never flags itself; so do plain sentences with a hard word in another sense.
PROSE_WEIGHT = 7.0
PLAIN_WEIGHT = 6.0
WHY_WEIGHT = 10.0
# Short wordings of a difficulty, as they stand in clipped notes.
SKILL_WEIGHT = 0.5
# What a rule must find counts more too, also while its period is not typed yet.
FLAGS_WEIGHT = 5.0


@dataclass(frozen=True)
class Labelled:
    """One text: its words, what was found in it, its shares of KINDS, its file, and how much it counts."""

    words: tuple[str, ...]
    found: tuple[str, ...]
    shares: tuple[float, ...]
    file: str
    weight: float = 1.0


def table_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def fitted_files(kind: str) -> Iterator[Path]:
    """Every file of this kind that something is fitted to: "rewrites", "statements" or "skills"."""
    for folder in (HERE / "training", SEEN):
        yield from sorted(folder.glob(f"{kind}*.csv"))


def fitted_rows(kind: str) -> Iterator[dict[str, str]]:
    """The rows of `fitted_files`."""
    for file in fitted_files(kind):
        yield from table_rows(file)


def statements() -> Iterator[tuple[str, str, str]]:
    """Each labelled statement that no quality is measured on: the file's name, the text, its framing."""
    kept_out = {_bare(row["statement"]) for file in MEASURED for row in table_rows(file)}
    for file in fitted_files("statements"):
        for row in table_rows(file):
            if _bare(row["statement"]) not in kept_out:
                yield file.stem, row["statement"], row["framing"]


def _bare(text: str) -> str:
    """A text without what may differ by chance: capitals and marks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def texts(echo_weight: float) -> Iterator[Labelled]:
    """All labelled texts, wordings of skills, rules' examples (deficit by definition) and advice (never), and echoes.

    The shares of an echo are another model's: it counts `echo_weight`, less than a label.
    """
    for file, text, framing in statements():
        plain = file in ("statements_plain", "statements_model_answers")
        yield _labelled(text, framing, file, PLAIN_WEIGHT if plain else 1.0)
    for row in fitted_rows("skills"):
        for wording in row["deficits"].split("|"):
            yield _labelled(wording.strip(), "deficit", "skills", SKILL_WEIGHT)
    for row in table_rows(HERE / "training" / "prose.csv"):
        yield _labelled(row["statement"], "prose", "prose", PROSE_WEIGHT)
    for rule in reader().rules:
        yield _labelled(rule.why, "prose", "prose", WHY_WEIGHT)
        if rule.severity == "finding":
            typed = {*rule.flags, *(text.rstrip(".") for text in rule.flags)}
            yield from (_labelled(text, "deficit", "rules", FLAGS_WEIGHT) for text in sorted(typed))
        advice = (rule.instead, rule.instead_skill.replace("{skill}", "read"))
        yield from (_labelled(text, "strengths", "rules") for text in advice if text)
    with gzip.open(ECHOES, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            shares = (*(int(row[framing]) / 100 for framing in FRAMINGS), 0.0)
            yield _of_text(row["statement"], shares, "echoes", echo_weight)


def _labelled(text: str, kind: str, file: str, weight: float = 1.0) -> Labelled:
    return _of_text(text, tuple(float(kind == one) for one in KINDS), file, weight)


def _of_text(text: str, shares: tuple[float, ...], file: str, weight: float) -> Labelled:
    seen = evidence(text)
    return Labelled(tuple(seen.words.words), tuple(seen.shown()), shares, file, weight)

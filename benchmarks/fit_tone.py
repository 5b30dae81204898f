"""Fit how framing is told from the whole (iep_training/language/tone.json): python benchmarks/fit_tone.py [--check]

Reads the labelled statements of benchmarks/training and tests/corpus/seen, prose that is no statement, and the echoes
of benchmarks/echoes.py; never the sentences that quality is measured on. Multinomial logistic regression with a ridge
penalty; rare features and small weights are dropped, and those that are left are fitted once more. With --check,
nothing is written: each file is held out in turn, so that its authors are strangers to the weights, and what they
would say of its sentences is measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

from iep_training.language.rules import reader
from iep_training.language.statement import evidence
from iep_training.language.tone import FRAMINGS, KINDS, SCALE, features

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests" / "corpus" / "seen"
OUTPUT = HERE.parent / "iep_training" / "language" / "tone.json"
PENALTY = 2.0
FEWEST = 3
SMALLEST = 8
STEPS = 150
# Prose is rarer here than statements, and a learner reads the reasons of rules most often: they count more, so that
# the kit never flags itself; so do plain sentences with a hard word in another sense.
PROSE_COPIES = 3
PLAIN_COPIES = 4
WHY_COPIES = 6
# An echo is no real sentence, and its shares are another model's: it counts half.
ECHO_WEIGHT = 0.5

Weights = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Labelled:
    """One text: what it shows, how often; its shares of KINDS; how much it counts. `file` tells its authors."""

    shown: Counter[str]
    shares: tuple[float, ...]
    file: str
    weight: float = 1.0

    @property
    def kind(self) -> int:
        """The place in KINDS of its greatest share."""
        return self.shares.index(max(self.shares))


def shown(text: str) -> Counter[str]:
    seen = evidence(text)
    return Counter(features(seen.words.words, seen.shown(reader())))


def labelled(text: str, kind: str, file: str) -> Labelled:
    return Labelled(shown(text), tuple(float(kind == one) for one in KINDS), file)


def echoes() -> list[Labelled]:
    """Sentences made out of the labelled ones, with what a larger model takes them for; see echoes.py."""
    with gzip.open(HERE / "training" / "echoes.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return [
            Labelled(
                shown(row["statement"]),
                (*(int(row[framing]) / 100 for framing in FRAMINGS), 0.0),
                "echoes",
                ECHO_WEIGHT,
            )
            for row in csv.DictReader(lines)
        ]


def table_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def corpus() -> list[Labelled]:
    """All labelled statements, and the rules' own examples (deficit by definition) and advice (never)."""
    rows = []
    for file in sorted([*(HERE / "training").glob("statements*.csv"), *CORPUS.glob("statements*.csv")]):
        copies = PLAIN_COPIES if file.stem in ("statements_plain", "statements_model_answers") else 1
        rows += [labelled(row["statement"], row["framing"], str(file)) for row in table_rows(file)] * copies
    prose = [row["statement"] for row in table_rows(HERE / "training" / "prose.csv")] * PROSE_COPIES
    prose += [rule.why for rule in reader().rules] * WHY_COPIES
    rows += [labelled(text, "prose", "prose") for text in prose]
    for rule in reader().rules:
        rows += [labelled(text, "deficit", "rules") for text in rule.flags if rule.severity == "finding"]
        advice = (rule.instead, rule.instead_skill.replace("{skill}", "read"))
        rows += [labelled(text, "strengths", "rules") for text in advice if text]
    return rows


def fit(rows: list[Labelled]) -> Weights:
    """Weights by feature, in hundredths, one for each of KINDS."""
    common = Counter(name for row in rows for name in row.shown)
    first = weigh(rows, sorted(name for name in common if common[name] >= FEWEST))
    return weigh(rows, [name for name, row in first.items() if max(map(abs, row)) >= SMALLEST])


def weigh(rows: list[Labelled], listed: list[str]) -> Weights:
    """Weights of the listed features, fitted together."""
    names = {name: place for place, name in enumerate(listed)}
    cells = [
        (at, names[name], times) for at, row in enumerate(rows) for name, times in row.shown.items() if name in names
    ]
    at_row, at_column, times = np.array(cells).T
    table = sparse.csr_matrix((times.astype(float), (at_row, at_column)), shape=(len(rows), len(names)))
    turned = table.T.tocsr()
    target = np.array([row.shares for row in rows])
    weight = np.array([row.weight for row in rows])[:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(names), len(KINDS))
        totals = table @ weights
        totals -= totals.max(axis=1, keepdims=True)
        chances = np.exp(totals)
        chances /= chances.sum(axis=1, keepdims=True)
        value = -(weight * target * np.log(chances + 1e-12)).sum() + PENALTY * (weights**2).sum()
        return value, (turned @ (weight * (chances - target)) + 2 * PENALTY * weights).ravel()

    start = np.zeros(len(names) * len(KINDS))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    hundredths = np.rint(SCALE * best.reshape(len(names), len(KINDS))).astype(int)
    return {name: tuple(hundredths[place].tolist()) for name, place in names.items()}


def check(rows: list[Labelled]) -> None:
    """Print how well each file is read by weights that never saw it."""
    for file in sorted({row.file for row in rows} - {"rules", "prose", "echoes"}):
        weights = fit([row for row in rows if row.file != file])
        pairs: Counter[tuple[int, int]] = Counter()
        for row in rows:
            if row.file == file:
                totals = np.zeros(len(KINDS))
                for name, times in row.shown.items():
                    totals += times * np.array(weights.get(name, (0,) * len(KINDS)))
                pairs[row.kind, int(totals.argmax())] += 1
        right = sum(count for (label, answer), count in pairs.items() if label == answer)
        precision = pairs[0, 0] / sum(count for (_, answer), count in pairs.items() if answer == 0)
        recall = pairs[0, 0] / sum(count for (label, _), count in pairs.items() if label == 0)
        print(
            f"{Path(file).stem:<20} {pairs.total()} statements: accuracy {right / pairs.total():.3f}, "
            f"deficit precision {precision:.3f}, recall {recall:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="hold out each file in turn, and write nothing")
    rows = corpus() + echoes()
    if parser.parse_args().check:
        check(rows)
        return
    weights = fit(rows)
    columns = zip(*weights.values(), strict=True)
    table = {"names": list(weights)} | {name: list(column) for name, column in zip(KINDS, columns, strict=True)}
    lines = (f"{json.dumps(name)}:{json.dumps(column, separators=(',', ':'))}" for name, column in table.items())
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(weights)} weights, {OUTPUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

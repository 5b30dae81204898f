"""Fit the second opinion on framing (iep_training/language/tone.json): python benchmarks/fit_tone.py [--check]

Reads the labelled statements of benchmarks/training and tests/corpus/seen; never the sentences that quality is
measured on. Multinomial logistic regression with a ridge penalty; small weights are dropped. With --check, prints a
tenfold cross-validation over the corpus instead of writing anything: what rules alone reach, and what both do.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

from iep_training.language.rules import reader
from iep_training.language.statement import evidence
from iep_training.language.tone import FRAMINGS, features

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests" / "corpus" / "seen"
OUTPUT = HERE.parent / "iep_training" / "language" / "tone.json"
PENALTY = 0.5
SMALLEST = 0.04
FOLDS = 10


def labelled(folder: Path) -> list[tuple[list[str], int]]:
    rows = []
    for file in sorted(folder.glob("statements*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                seen = evidence(row["statement"])
                shown = features(seen.words.words, seen.shown(reader()))
                rows.append((shown, FRAMINGS.index(row["framing"])))
    return rows


def from_rules() -> list[tuple[list[str], int]]:
    """The rules' own examples, which are deficit framing by definition, and their advice, which never is."""
    texts = []
    for rule in reader().rules:
        texts += [(text, "deficit") for text in rule.flags if rule.severity == "finding"]
        texts += [(text, "strengths") for text in (rule.instead, rule.instead_skill.replace("{skill}", "read")) if text]
    rows = []
    for text, framing in texts:
        seen = evidence(text)
        rows.append((features(seen.words.words, seen.shown(reader())), FRAMINGS.index(framing)))
    return rows


def fit(rows: list[tuple[list[str], int]]) -> dict[str, list[float]]:
    """Weights by feature, one for each framing."""
    names = {name: place for place, name in enumerate(dict.fromkeys(name for shown, _ in rows for name in shown))}
    pairs = [(row, names[name]) for row, (shown, _) in enumerate(rows) for name in shown]
    at_row, at_column = np.array(pairs).T
    table = sparse.csr_matrix((np.ones(len(pairs)), (at_row, at_column)), shape=(len(rows), len(names)))
    target = np.eye(len(FRAMINGS))[[label for _, label in rows]]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(names), len(FRAMINGS))
        totals = table @ weights
        totals -= totals.max(axis=1, keepdims=True)
        chances = np.exp(totals)
        chances /= chances.sum(axis=1, keepdims=True)
        value = -np.log(chances[target == 1]).sum() + PENALTY * (weights**2).sum()
        return value, (table.T @ (chances - target) + 2 * PENALTY * weights).ravel()

    start = np.zeros(len(names) * len(FRAMINGS))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    weights = best.reshape(len(names), len(FRAMINGS))
    return {name: [float(value) for value in weights[place]] for name, place in names.items()}


def predict(weights: dict[str, list[float]], shown: list[str]) -> int:
    rows = [weights[name] for name in shown if name in weights]
    return int(np.sum(rows, axis=0).argmax())


def check() -> None:
    training, corpus = labelled(HERE / "training") + from_rules(), labelled(CORPUS)
    pairs: Counter[tuple[int, int]] = Counter()
    for fold in range(FOLDS):
        rest = [row for place, row in enumerate(corpus) if place % FOLDS != fold]
        weights = fit(training + rest)
        pairs.update((label, predict(weights, shown)) for shown, label in corpus[fold::FOLDS])
    right = sum(count for (label, answer), count in pairs.items() if label == answer)
    found = pairs[0, 0]
    precision = found / sum(count for (_, answer), count in pairs.items() if answer == 0)
    recall = found / sum(count for (label, _), count in pairs.items() if label == 0)
    print(
        f"three-way accuracy {right / pairs.total():.3f}, deficit precision {precision:.3f}, recall {recall:.3f}, "
        f"F1 {2 * precision * recall / (precision + recall):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="cross-validate, and write nothing")
    if parser.parse_args().check:
        check()
        return
    weights = fit(labelled(HERE / "training") + from_rules() + labelled(CORPUS))
    kept = {
        name: [round(value, 2) for value in row]
        for name, row in sorted(weights.items())
        if np.abs(row).max() >= SMALLEST
    }
    lines = (f"{json.dumps(name)}: {json.dumps(row)}" for name, row in kept.items())
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(kept)} weights, {OUTPUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

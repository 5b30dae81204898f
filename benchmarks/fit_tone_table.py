"""Fit what words weigh toward framing (language/tone_table.json): python benchmarks/fit_tone_table.py [--check]

Multinomial logistic regression with a ridge penalty on the texts of labelled.py; rare features and small weights are
dropped, and those that are left are fitted once more. With --check, nothing is written: each file is held out in turn,
so that its authors are strangers to the weights, and what they would say of its sentences is measured.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from labelled import Labelled, texts
from scipy import optimize, sparse

from iep_training.language.tone_table import SCALE, features
from iep_training.language.tone_words import KINDS

OUTPUT = Path(__file__).parents[1] / "iep_training" / "language" / "tone_table.json"
PENALTY = 2.0
FEWEST = 3
SMALLEST = 8
STEPS = 150
ECHO_WEIGHT = 0.2

Weights = dict[str, tuple[int, ...]]
# A text, and how often it shows each feature.
Row = tuple[Labelled, Counter[str]]


def fit(rows: list[Row]) -> Weights:
    """Weights by feature, in hundredths, one for each of KINDS."""
    common = Counter(name for _, shown in rows for name in shown)
    first = weigh(rows, sorted(name for name in common if common[name] >= FEWEST))
    return weigh(rows, [name for name, row in first.items() if max(map(abs, row)) >= SMALLEST])


def weigh(rows: list[Row], listed: list[str]) -> Weights:
    """Weights of the listed features, fitted together."""
    names = {name: place for place, name in enumerate(listed)}
    cells = [
        (at, names[name], times) for at, (_, shown) in enumerate(rows) for name, times in shown.items() if name in names
    ]
    at_row, at_column, times = np.array(cells).T
    table = sparse.csr_matrix((times.astype(float), (at_row, at_column)), shape=(len(rows), len(names)))
    turned = table.T.tocsr()
    target = np.array([text.shares for text, _ in rows])
    weight = np.array([text.weight for text, _ in rows])[:, None]

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


def check(rows: list[Row]) -> None:
    """Print how well each file is read by weights that never saw it."""
    for file in sorted({text.file for text, _ in rows} - {"rules", "prose", "echoes"}):
        weights = fit([row for row in rows if row[0].file != file])
        pairs: Counter[tuple[int, int]] = Counter()
        for text, shown in rows:
            if text.file == file:
                totals = sum(times * np.array(weights.get(name, (0,) * len(KINDS))) for name, times in shown.items())
                pairs[int(np.argmax(text.shares)), int(np.argmax(totals))] += 1
        right = sum(count for (label, answer), count in pairs.items() if label == answer)
        precision = pairs[0, 0] / sum(count for (_, answer), count in pairs.items() if answer == 0)
        recall = pairs[0, 0] / sum(count for (label, _), count in pairs.items() if label == 0)
        print(
            f"{file:<25} {pairs.total()} statements: accuracy {right / pairs.total():.3f}, "
            f"deficit precision {precision:.3f}, recall {recall:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="hold out each file in turn, and write nothing")
    rows = [(text, Counter(features(text.words, text.found))) for text in texts(ECHO_WEIGHT)]
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

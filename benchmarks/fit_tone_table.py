"""Fit what words weigh toward framing (language/tone_table.json): python benchmarks/fit_tone_table.py [--check]

Multinomial logistic regression with a ridge penalty on the texts of labelled.py; rare features and small weights are
dropped, and those that are left are fitted once more. With --check, nothing is written: a fifth of the files is held
out in turn, so that their authors are strangers to the weights, and what they would say of each is measured. Takes some
four minutes on one core.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from labelled import Labelled, texts
from scipy import optimize, sparse

from iep_training.language import marked
from iep_training.language.tone_table import SCALE, features
from iep_training.language.tone_words import KINDS

OUTPUT = Path(__file__).parents[1] / "iep_training" / "language" / "tone_table.json"
PENALTY = 2.0
FEWEST = 3
# A feature that tells the kinds apart by less than this is dropped.
SMALLEST = 0.08
STEPS = 70
ECHO_WEIGHT = 0.4
FOLDS = 5

Weights = dict[str, tuple[int, ...]]
# A text, and how often it shows each feature.
Row = tuple[Labelled, Counter[str]]


def fit(rows: list[Row]) -> Weights:
    """Weights by feature, in parts of SCALE, one for each of KINDS."""
    common = Counter(name for _, shown in rows for name in shown)
    listed = sorted(name for name in common if common[name] >= FEWEST)
    # What weighs the same for every kind says nothing.
    telling = np.abs(centered(weigh(rows, listed))).max(axis=1) >= SMALLEST
    listed = [name for name, tells in zip(listed, telling, strict=True) if tells]
    whole = np.clip(np.rint(SCALE * centered(weigh(rows, listed))), -127, 127).astype(int)
    return {name: tuple(row) for name, row in zip(listed, whole.tolist(), strict=True)}


def centered(weights: np.ndarray) -> np.ndarray:
    """The weights without what is the same for every kind."""
    return weights - weights.mean(axis=1, keepdims=True)


def weigh(rows: list[Row], listed: list[str]) -> np.ndarray:
    """Weights of the listed features, fitted together: a row for each feature, a column for each of KINDS."""
    names = {name: place for place, name in enumerate(listed)}
    cells = [
        (at, names[name], times) for at, (_, shown) in enumerate(rows) for name, times in shown.items() if name in names
    ]
    at_row, at_column, times = np.array(cells).T
    table = sparse.csr_matrix((times.astype(float), (at_row, at_column)), shape=(len(rows), len(names)))
    target = np.array([text.shares for text, _ in rows])
    weight = np.array([text.weight for text, _ in rows])[:, None]
    # Common features are far steeper than rare ones. On a scale on which all are about as steep, a few dozen steps do.
    steep = 0.2 * (table.multiply(table).T @ weight).ravel() + 2 * PENALTY
    scale = 1 / np.sqrt(steep)[:, None]
    table = (table @ sparse.diags(scale.ravel())).tocsr()
    turned = table.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        scaled = flat.reshape(len(names), len(KINDS))
        totals = table @ scaled
        totals -= totals.max(axis=1, keepdims=True)
        powers = np.exp(totals)
        sums = powers.sum(axis=1, keepdims=True)
        weights = scaled * scale
        value = -(weight * target * (totals - np.log(sums))).sum() + PENALTY * (weights**2).sum()
        return value, (turned @ (weight * (powers / sums - target)) + 2 * PENALTY * weights * scale).ravel()

    start = np.zeros(len(names) * len(KINDS))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return best.reshape(len(names), len(KINDS)) * scale


def check(rows: list[Row]) -> None:
    """Print how well each file is read by weights that never saw it."""
    files = sorted({text.file for text, _ in rows} - {"rules", "prose", "echoes", "skills"})
    for fold in range(FOLDS):
        held_out = files[fold::FOLDS]
        weights = fit([row for row in rows if row[0].file not in held_out])
        for file in held_out:
            report(file, [row for row in rows if row[0].file == file], weights)


def report(file: str, rows: list[Row], weights: Weights) -> None:
    pairs: Counter[tuple[int, int]] = Counter()
    for text, shown in rows:
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
    marked.write(OUTPUT, weights)
    print(f"{len(weights)} weights, {OUTPUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

"""Fit how a rewrite is judged (iep_training/language/rewrite_weights.json): python benchmarks/fit_rewrite.py [--check]

Reads the labelled rewrites of benchmarks/training and tests/corpus/seen; never those that quality is measured on.
Multinomial logistic regression with a ridge penalty. Run it after the two fit_tone scripts and fit_topics.py, as the
odds of framing and how near words are in meaning are among the signs. With --check, nothing is written: a fifth of the
originals is held out in turn, and measured.
"""

from __future__ import annotations

import argparse
import json
import random

import numpy as np
from labelled import HERE, fitted_rows
from scipy import optimize

from iep_training import content
from iep_training.language.rewrite import SCALE, VERDICTS, signs
from iep_training.language.statement import evidence, reading_of
from iep_training.model import Rewrite

OUTPUT = HERE.parent / "iep_training" / "language" / "rewrite_weights.json"
PENALTY = 0.3
FOLDS = 5
# The course must never send its own model answers back: they count more.
MODEL_ANSWER_COPIES = 3
# So many good rewrites are set beside a statement that they were not written for: they have left its topic.
STRANGERS = 200


def labelled() -> list[dict[str, str]]:
    """All labelled rewrites, and the strong answers that the course gives to its own statements."""
    rows = [*fitted_rows("rewrites"), *model_answers() * MODEL_ANSWER_COPIES]
    return rows + strangers(rows)


def strangers(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    chance = random.Random(3)
    originals = sorted({row["original"] for row in rows})
    good = [row["rewrite"] for row in rows if row["verdict"] == "accept"]
    return [
        {"original": chance.choice(originals), "rewrite": rewrite, "verdict": "revise", "reasons": "off_topic"}
        for rewrite in chance.sample(good, STRANGERS)
    ]


def model_answers() -> list[dict[str, str]]:
    course = content.course_folder()
    items = course.parent / "exercises" / "items"
    return [
        {
            "original": activity.statement,
            "rewrite": answer,
            "known": activity.student,
            "verdict": "accept",
            "reasons": "",
        }
        for folder in (course / "activities", items, items / "variants")
        for file in sorted(folder.glob("*.toml"))
        for one in content.load_sets(file)
        for activity in one.activities
        if isinstance(activity, Rewrite)
        for answer in activity.strong
    ]


def shown(row: dict[str, str]) -> dict[str, float]:
    seen = evidence(row["rewrite"])
    reading, chances = reading_of(row["rewrite"], seen)
    return signs(row["original"], row["rewrite"], row.get("known", ""), seen, reading, chances)


def target(row: dict[str, str]) -> list[float]:
    """One share for each of VERDICTS: several reasons share alike."""
    labels = row["reasons"].split(";") if row["verdict"] == "revise" else ["accept"]
    return [labels.count(verdict) / len(labels) for verdict in VERDICTS]


def fit(table: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Weights, a row for each sign and a column for each of VERDICTS; the first sign, "always", is not held back."""
    held = np.ones((table.shape[1], 1))
    held[0] = 0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(table.shape[1], len(VERDICTS))
        chances = softmax(table @ weights)
        value = -(targets * np.log(chances + 1e-12)).sum() + PENALTY * (held * weights**2).sum()
        return value, (table.T @ (chances - targets) + 2 * PENALTY * held * weights).ravel()

    start = np.zeros(table.shape[1] * len(VERDICTS))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 3000}).x
    return best.reshape(table.shape[1], len(VERDICTS))


def softmax(totals: np.ndarray) -> np.ndarray:
    powers = np.exp(totals - totals.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def check(rows: list[dict[str, str]], table: np.ndarray, targets: np.ndarray) -> None:
    """Print how well rewrites are judged whose originals the weights never saw."""
    originals = sorted({row["original"] for row in rows})
    fold = np.array([originals.index(row["original"]) % FOLDS for row in rows])
    chances = np.zeros_like(targets)
    for held_out in range(FOLDS):
        kept = fold != held_out
        chances[~kept] = softmax(table[~kept] @ fit(table[kept], targets[kept]))
    verdicts = (chances[:, 0] >= 0.5) == (targets[:, 0] > 0)
    revised = targets[:, 0] == 0
    reasons = targets[revised][np.arange(revised.sum()), 1 + chances[revised, 1:].argmax(axis=1)] > 0
    print(f"{len(rows)} rewrites: verdicts {verdicts.mean():.3f}, the likeliest reason {reasons.mean():.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="hold out a fifth in turn, and write nothing")
    rows = labelled()
    named = [shown(row) for row in rows]
    names = list(named[0])
    table = np.array([[signs[name] for name in names] for signs in named])
    targets = np.array([target(row) for row in rows])
    if parser.parse_args().check:
        check(rows, table, targets)
        return
    weights = np.rint(SCALE * fit(table, targets)).astype(int)
    lines = (f"{json.dumps(name)}: {json.dumps(row)}" for name, row in zip(names, weights.tolist(), strict=True))
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(rows)} rewrites, {weights.size} weights")


if __name__ == "__main__":
    main()

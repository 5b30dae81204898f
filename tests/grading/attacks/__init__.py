"""Hostile submissions. Each builder damages an honest submission; its docstring says how.

The honest answers score HONEST points. Code in an attack writes the canary file: should it ever exist, code ran.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HONEST = 4.0
ANSWERS = {"g05-1": "continue_to_grow", "g05-2": "big_growth", "g05-3": "big_growth"}
# What must never show up where a learner can read it.
SECRETS = ("canary-secret", "root:x:", "Marcus knows his multiplication facts and works a long")


@dataclass(frozen=True)
class Place:
    """What an attacker may touch: the submitted folder, and what the attack tries to reach from there."""

    folder: Path
    canary: Path

    @property
    def notebook(self) -> Path:
        return next(iter(self.folder.glob("*.ipynb")))

    @property
    def answers(self) -> Path:
        return self.folder / "answers.json"

    def code(self, more: str = "") -> str:
        """Python that betrays itself when it runs."""
        return f"open({str(self.canary)!r}, 'a').write('ran')\n{more}"

    def cells(self, change: Callable[[list[dict[str, Any]]], Any]) -> None:
        """Change the list of cells in the submitted notebook."""
        tree = json.loads(self.notebook.read_text(encoding="utf-8"))
        change(tree["cells"])
        self.notebook.write_text(json.dumps(tree), encoding="utf-8")

    def metadata(self, **entries: Any) -> None:
        tree = json.loads(self.notebook.read_text(encoding="utf-8"))
        tree["metadata"] |= entries
        self.notebook.write_text(json.dumps(tree), encoding="utf-8")

    def add_code(self, more: str = "", at: int = 0) -> None:
        """Put a code cell of the attacker's own into the notebook."""
        cell = {"cell_type": "code", "id": f"added{at}", "metadata": {}, "outputs": [], "execution_count": None}
        self.cells(lambda cells: cells.insert(at, cell | {"source": self.code(more)}))

    def answer(self, **answers: Any) -> None:
        """Save more answers, of any type, beside the honest ones."""
        entries = {name.replace("_", "-"): {"answer": value, "saved": ""} for name, value in answers.items()}
        tree = json.loads(self.answers.read_text(encoding="utf-8"))
        tree["answers"] |= entries
        self.answers.write_text(json.dumps(tree), encoding="utf-8")


@dataclass(frozen=True)
class Attack:
    """`score` is what the submission must earn (None: what its words earn on the learner's own page).

    `told` says whether items of it must wait for a person.
    """

    build: Callable[[Place], Any]
    score: float | None = HONEST
    told: bool = False


ATTACKS: dict[str, Attack] = {}


def attack(
    score: float | None = HONEST, told: bool = False
) -> Callable[[Callable[[Place], Any]], Callable[[Place], Any]]:
    """Add a builder to the suite under its own name."""

    def keep(build: Callable[[Place], Any]) -> Callable[[Place], Any]:
        assert build.__name__ not in ATTACKS
        ATTACKS[build.__name__.replace("_", "-")] = Attack(build, score, told)
        return build

    return keep


def honest(folder: Path, notebook: Path) -> None:
    """An honest submission, as the learner's page leaves it."""
    folder.mkdir(parents=True)
    (folder / notebook.name).write_bytes(notebook.read_bytes())
    entries = {item: {"answer": answer, "saved": "2026-11-21T10:00:00+00:00"} for item, answer in ANSWERS.items()}
    (folder / "answers.json").write_text(json.dumps({"version": 1, "answers": entries}), encoding="utf-8")

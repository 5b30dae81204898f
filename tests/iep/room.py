"""A room of thirty invented learners, with the odd files that a real one hands in."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

from small_course import answers_to, saved

Models = dict[str, tuple[dict[str, Any], dict[str, Any]]]
GOALS = (
    "Ilse will improve her behavior.",
    "Ilse will finish morning work on 4 of 5 days.",
    "By May 30, given a picture list, Ilse will finish all five steps on 4 of 5 days. Baseline: one of five.",
)


def models() -> Models:
    """The strong and the weak answers of each module."""
    modules = ("00_before_and_after", "02_no_cant_in_ieps", "05_recognizing_growth")
    return {name: (answers_to(name), answers_to(name, weak=True)) for name in modules}


def learner(number: int, models: Models) -> dict[str, Any]:
    """The answers of one learner; the same number gives the same answers."""
    chance = random.Random(number)
    skill = 0.2 + 0.6 * chance.random()

    def pick(module: str, skill: float) -> dict[str, Any]:
        strong, weak = models[module]
        return {name: strong[name] if chance.random() < skill else weak[name] for name in strong}

    task = pick("00_before_and_after", skill / 2)
    later = pick("00_before_and_after", skill + 0.3)
    task |= {name: answer for name, answer in later.items() if name.startswith("00-after-")}
    task["00-before-goal"] = {"whole": chance.choice(GOALS[:2])}
    task["00-after-goal"] = {"whole": chance.choice(GOALS[1:])}
    task["00-consent"] = chance.choice(["Yes", "yes.", "no", ""])
    answers = {**task, **pick("02_no_cant_in_ieps", skill), **pick("05_recognizing_growth", skill)}
    words = answers["02-cannot-subtract"]
    if number % 3 == 0:
        own = f"With base-ten blocks on his desk (learner {number}), Luis regroups when he subtracts."
        answers["02-cannot-subtract"] = own
    answers["02-reflect"] = f"Reflection {number}. {words}"
    return answers


def content_of(answers: dict[str, Any]) -> bytes:
    """An answers file that holds these answers."""
    return json.dumps({"version": 1, "answers": saved(answers)}, ensure_ascii=False).encode("utf-8")


def hand_in(folder: Path, people: int = 30) -> Path:
    """A folder as a facilitator gets it: folders, loose files and a zip, one person each, and what came along."""
    folder.mkdir()
    known = models()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(people):
            content = content_of(learner(number, known))
            if number % 3 == 0:
                archive.writestr(f"Person {number}/answers.json", content)
            elif number % 3 == 1:
                (folder / f"maria-{number}.json").write_bytes(content)
            else:
                place = folder / f"Person {number}"
                place.mkdir()
                (place / "answers.json").write_bytes(content)
                (place / "answers.backup.json").write_bytes(content_of({"02-refused": "earlier"}))
                (place / "drafts.json").write_bytes(b'{"version": 1, "answers": {}}')
                (place / "02_no_cant_in_ieps.ipynb").write_bytes(b"{}")
    (folder / "more.zip").write_bytes(packed.getvalue())
    return folder

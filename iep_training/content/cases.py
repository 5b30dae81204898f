"""A fictional student's file, from the TOML that an author keeps to the pages that a learner reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from iep_training.model import Case, CourseError, Paper


def read_case(tree: Mapping[str, Any], path: Path) -> Case:
    """The case in a parsed file. A slip names the file and what is missing."""
    try:
        name, grade, age = str(tree["name"]), str(tree["grade"]), tree["age"]
        papers = tuple(_papers(tree))
    except (KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"{path.name}: something is missing or misspelled near {error}. Compare it with another case file"
        ) from None
    return Case(path.name, f"{name}, {grade.lower()}, {age} years old", papers)


def _papers(tree: Mapping[str, Any]) -> Iterator[Paper]:
    facts = (tree["snapshot"], f"Eligibility: {tree['eligibility']}.", f"Languages: {', '.join(tree['languages'])}.")
    yield Paper("At a glance", tree["meeting"], facts)
    for one in tree["document"]:
        yield Paper(one["title"], one["from"], (one["text"],))
    yield Paper("In the student’s own words", "", tuple(f"{one['who']}: {one['text']}" for one in tree["voice"]))
    yield Paper("Scores", "", tuple(map(_scores, tree["data"])))
    yield Paper("What has been tried", "", tuple(f"{one['support']}: {one['result']}." for one in tree["tried"]))
    yield Paper("What a careful reader may notice", "", tuple(one["text"] for one in tree["notice"]))


def _scores(data: Mapping[str, Any]) -> str:
    scores = ", ".join(f"{score} ({date})" for score, date in zip(data["scores"], data["dates"], strict=True))
    return f"{data['skill']}: {scores}. Counted in {data['unit']}."

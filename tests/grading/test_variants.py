"""Variants of items: neighbors meet different ones, grading deals as the page did, and older work keeps its items."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from nbcourse import EXERCISES

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.content.variants import SEED
from iep_training.grading import generate
from iep_training.grading.course import assignment_names, load_assignment
from iep_training.grading.marking import OTHER_VERSION, mark_item
from iep_training.grading.report import alike
from iep_training.grading.submission import Submission, read_submission
from iep_training.model import CourseError
from iep_training.widgets import practice

NAME = "02_no_cant_in_ieps"
ITEM, VARIANT = "g02-12", "g02-12-b"
WITH_VARIANTS = [name for name in assignment_names(EXERCISES) if load_assignment(EXERCISES, name).variants]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch) -> Path:
    """A learner's folder with the assignment, opened there."""
    folder = tmp_path / NAME
    shutil.copytree(EXERCISES / "source" / NAME, folder)
    monkeypatch.chdir(folder)
    return folder


def _shown(item: str = ITEM) -> str:
    """The version of an item that the page shows."""
    return str(practice(item).cards[0]["id"])


def _points(folder: Path) -> tuple[float, str]:
    result = mark_item(load_assignment(EXERCISES, NAME), ITEM, read_submission(folder))
    return result.score, result.needs_person


@pytest.mark.parametrize("name", WITH_VARIANTS)
def test_every_version_falls_to_a_fair_share_of_learners(name: str) -> None:
    assignment = load_assignment(EXERCISES, name)
    for item in {one.variant_of for one in assignment.variants}:
        dealt = [assignment.dealt(item, f"seed {number}").id for number in range(200)]
        for version in assignment.versions(item):
            assert 0.35 < dealt.count(version.id) / len(dealt) < 0.65


def test_a_learner_meets_the_same_version_at_every_opening_and_a_neighbor_another(desk: Path) -> None:
    seen = {_shown()}
    seed = AnswerStore(desk).get(SEED)
    assert seen == {_shown()}
    assert AnswerStore(desk).get(SEED) == seed
    for _ in range(40):
        (desk / "answers.json").unlink()
        seen.add(_shown())
    assert seen == {ITEM, VARIANT}


@pytest.mark.parametrize("seed", [f"seed {number}" for number in range(6)])
def test_grading_deals_as_the_page_did(desk: Path, seed: str) -> None:
    AnswerStore(desk).save(SEED, seed)
    version = next(one for one in load_assignment(EXERCISES, NAME).versions(ITEM) if one.id == _shown())
    AnswerStore(desk).save(version.id, version.strong[0])
    assert _points(desk) == (version.points, "")
    page = mark_item(load_assignment(EXERCISES, NAME), ITEM, read_submission(desk)).html
    assert version.title in page


def test_work_begun_before_there_were_variants_keeps_its_items(desk: Path) -> None:
    strong = load_assignment(EXERCISES, NAME).activity(ITEM).strong[0]
    AnswerStore(desk).save(ITEM, strong)
    assert _shown() == ITEM
    assert AnswerStore(desk).get(SEED) is None
    assert _points(desk) == (4.0, "")


def test_an_answer_to_another_version_waits_for_a_person(desk: Path) -> None:
    variant = next(one for one in load_assignment(EXERCISES, NAME).variants if one.id == VARIANT)
    AnswerStore(desk).save(VARIANT, variant.strong[0])
    assert _points(desk) == (0.0, OTHER_VERSION)


def test_copies_of_one_answers_file_are_found() -> None:
    files = {"ada": "1", "ben": "2", "chen": "1", "dara": "", "elif": ""}
    work = {name: Submission({SEED: seed} if seed else {}) for name, seed in files.items()}
    assert list(alike(work)) == [("ada", "chen")]


@pytest.mark.parametrize("seed", ["", ["a"], {"a": "b"}, 7, None, "x" * 20_000])
def test_a_strange_seed_is_no_seed(desk: Path, seed: object) -> None:
    AnswerStore(desk).save(SEED, seed)
    AnswerStore(desk).save(ITEM, load_assignment(EXERCISES, NAME).activity(ITEM).strong[0])
    assert _points(desk) == (4.0, "")


@pytest.mark.parametrize("name", WITH_VARIANTS)
def test_variants_are_handed_out_without_their_keys(name: str) -> None:
    path = EXERCISES / "source" / name / generate.VARIANTS
    given = [one for each in content.load_sets(path, keys=False) for one in each.activities]
    written = load_assignment(EXERCISES, name).variants
    assert [(one.id, one.variant_of) for one in given] == [(one.id, one.variant_of) for one in written]
    assert all(not getattr(one, key, ()) for one in given for key in generate.KEYS)
    text = path.read_text(encoding="utf-8")
    assert not any(option.why in text for one in written for option in getattr(one, "options", ()))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('variant_of = "g02-12"', 'variant_of = "g02-99"', "set “variant_of” to the id of an item"),
        ("points = 4", "points = 3", "must be a rewrite worth 4 points"),
        ('variant_of = "g02-12"', 'variant_of = "g02-18"', "written answers have no variants"),
        ('id = "g02-12-b"', 'id = "g02-12"', "“g02-12” is used twice"),
    ],
)
def test_an_authors_slip_is_told_in_plain_words(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    shutil.copytree(EXERCISES / "items", tmp_path / "items")
    path = tmp_path / "items" / "variants" / f"{NAME}.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CourseError, match=told):
        load_assignment(tmp_path, NAME)

"""`iep-training check`: every slip of an author is named with its file, its entry and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iep_training import content
from iep_training.check import look_over
from iep_training.cli import main

REAL = content.course_folder()
Spoil = Callable[[str, str, str], None]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A course of one module, with everything in it as it should be."""
    folder = tmp_path / "course"
    (folder / "activities" / "data").mkdir(parents=True)
    (folder / "modules").mkdir()
    (folder / "drafts").mkdir()
    listed = (REAL / "course.toml").read_text(encoding="utf-8").split("[[module]]")
    (folder / "course.toml").write_text(f"{listed[0]}[[module]]{listed[4]}", encoding="utf-8")
    shutil.copy(REAL / "activities" / "03_finding_strengths.toml", folder / "activities")
    for name in ("00_start_here", "02_no_cant_in_ieps", "04_present_levels"):
        (folder / "modules" / f"{name}.ipynb").touch()
    shutil.copy(REAL / "modules" / "03_finding_strengths.ipynb", folder / "modules")
    monkeypatch.setattr(content, "course_folder", lambda: folder)
    content._kept_sets.cache_clear()
    yield folder
    content._kept_sets.cache_clear()


def told(course: Path) -> str:
    # The empty files stand for the rest of the course, which links of the module lead to.
    return "\n".join(str(slip) for slip in look_over() if "course.toml does not list" not in slip.words)


def spoil(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def test_the_course_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert [str(slip) for slip in look_over()] == []
    assert main(["check"]) == 0
    assert "Everything fits together." in capsys.readouterr().out


def test_the_small_course_is_clean(course: Path) -> None:
    assert told(course) == ""


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('id = "03-asking"', 'id = "03-asking', "03_finding_strengths.toml: "),
        ('group = "ability", why = "Something', 'group = "abilty", why = "Something', "Did you mean “ability”?"),
        (
            'why = "Something she does, and does well. It takes planning and reading."',
            'why = " "',
            "the card “maps” is not explained",
        ),
        ("right = true", "right = false", "this needs exactly one right option"),
        ('reads = "statement"', 'reads = "statment"', "“reads” is one of none, statement"),
        ("takeaway = ", "takeway = ", "Did you mean “takeaway”?"),
        ('id = "03-evidence-use"', 'id = "03-evidence-joaquin"', "“03-evidence-joaquin” is used twice"),
        ('id = "03-evidence-use"', 'id = "Evidence use"', "write an id as two digits and small letters"),
        ("many = true", 'many = "yes"', "“many” must be true or false"),
        (
            '"Retells a video in the right order. Finds spelling mistakes in other people’s texts."',
            '"She refuses to work."',
            "the example of “abilities” is sent back",
        ),
        ('id = "03-finder"', 'id = "03-findr"', "no module shows this set"),
    ],
    ids=range(11),
)
def test_a_slip_in_an_activity_is_named(course: Path, right: str, wrong: str, words: str) -> None:
    spoil(course / "activities" / "03_finding_strengths.toml", right, wrong)
    assert words in told(course)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('practice(\\"03-asking\\")', 'practice(\\"03-askin\\")', "Did you mean “03-asking”?"),
        ("(04_present_levels.ipynb)", "(04_present.ipynb)", "the link to 04_present.ipynb leads nowhere"),
    ],
    ids=["name", "link"],
)
def test_a_slip_in_a_module_is_named_with_its_cell(course: Path, right: str, wrong: str, words: str) -> None:
    spoil(course / "modules" / "03_finding_strengths.ipynb", right, wrong)
    assert words in told(course)
    assert "03_finding_strengths.ipynb: cell “" in told(course)


def test_prose_that_is_hard_to_read_is_sent_back(course: Path) -> None:
    hard = (
        "Notwithstanding considerable administrative responsibilities, interdisciplinary collaboration necessitates "
        * 6
    )
    spoil(course / "modules" / "03_finding_strengths.ipynb", '"## ', f'"{hard}", "## ')
    assert "this reads at about grade" in told(course)


def test_files_that_belong_to_nothing_are_named(course: Path) -> None:
    (course / "activities" / "data" / "nobody.csv").touch()
    (course / "modules" / "11_more.ipynb").touch()
    said = [str(slip) for slip in look_over()]
    assert any(line.startswith("data/nobody.csv: no activity names this file") for line in said)
    assert any(line.startswith("11_more.ipynb: course.toml does not list") for line in said)


def test_what_is_missing_is_named(course: Path) -> None:
    (course / "modules" / "03_finding_strengths.ipynb").unlink()
    (course / "drafts" / "01.toml").write_text('[[section]]\n[[section.part]]\nid = "x"\nfrom = ["03-no.where"]\n')
    said = told(course)
    assert "modules/03_finding_strengths.ipynb is missing" in said
    assert "01.toml: part “x”: there is no box “03-no.where”" in said


def test_slips_end_the_command_with_2(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(course / "course.toml", "[[module]]", "[[module]")
    assert main(["check"]) == 2
    out = capsys.readouterr().out
    assert out.startswith("course.toml: ")
    assert "To mend: 1." in out

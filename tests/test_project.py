"""The project's promises about itself: one list of dependencies, one version, commands that are really run."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import iep_training

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_conda_gets_what_pip_gets() -> None:
    listed = re.findall(r"^  - ([^\s:]+)$", read("environment.yml").split("dependencies:")[1], re.MULTILINE)
    python = f"python{PROJECT['requires-python']}"
    assert sorted(listed) == sorted([python, "pip", *PROJECT["dependencies"]])


def test_every_dependency_has_its_reason() -> None:
    explained = re.findall(r"^\| `([\w-]+)` \| \S", read("CONTRIBUTING.md"), re.MULTILINE)
    assert explained == [re.match(r"[\w-]+", dependency)[0] for dependency in PROJECT["dependencies"]]


def test_the_version_is_the_same_everywhere() -> None:
    extension = json.loads(read("iep_training/labextension/package.json"))
    assert PROJECT["version"] == iep_training.__version__ == extension["version"]
    assert f"## {PROJECT['version']} " in read("CHANGELOG.md")


def test_the_readme_and_ci_run_the_same_tests() -> None:
    command = "python3 -m uv run pytest"
    assert f"\npython3 -m pip install uv && {command}\n" in read("README.md")
    # CI runs them in two halves, beside each other.
    one, other = sorted(re.findall(rf'^ *{command} -m "(.+)"', read(".ci/run"), re.MULTILINE))
    assert other == f"not ({one})"


def test_every_folder_in_the_readmes_map_exists() -> None:
    named = re.findall(r"^\| `([\w/]+)/` \|", read("README.md"), re.MULTILINE)
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).is_dir()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_and_pictures_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", read(page))
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a git checkout knows which files are the project's")
def test_no_file_names_a_place_on_somebodys_machine() -> None:
    # A path below a home folder, or a package index of one's own in the lock file.
    place = re.compile(rb"/((home|Users)/\w+|root)/|[A-Z]:\\\\?Users\\\\?\w")
    index = re.compile(rb'(?:registry|url) = "https?://(?!pypi\.org/|files\.pythonhosted\.org/)')
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
    assert len(files) > 50
    found = [path for path in files if place.search(path.read_bytes()) or index.search(path.read_bytes())]
    assert [str(path.relative_to(ROOT)) for path in found if path != Path(__file__)] == []

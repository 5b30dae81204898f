"""Which part may import which, read from the source, and how little a plain import loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import iep_training

PACKAGE = Path(iep_training.__file__).parent

# Each part and the parts of ours it may import. The parts on top may import all of these, and `cli` those too.
TABLE = {
    "model": set(),
    "language": {"model"},
    "spreadsheet": set(),
    "progress": {"model", "spreadsheet"},
    "content": {"model", "progress"},
    "feedback": {"model", "language", "progress"},
    "answers": {"model"},
    "html": {"model", "progress"},
}
BELOW = set(TABLE)
TABLE |= dict.fromkeys(("check", "widgets", "grading", "iep", "learn", "site"), BELOW)
# The widgets show what `iep` gathers.
TABLE["widgets"] = BELOW | {"iep"}
TABLE |= {"cli": set(TABLE), "__init__": {"widgets"}, "__main__": {"cli"}}

HEAVY = ("docx", "numpy", "pandas", "narwhals", "ipywidgets", "anywidget", "nbgrader", "IPython", "openpyxl", "tqdm")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    """The parts of ours that a source file imports, wherever in the file it does so."""
    inside = ["iep_training", *path.relative_to(PACKAGE).parts[:-1]]
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = inside[: len(inside) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            modules |= {f"{start}.{alias.name}" for alias in node.names}
    return {module.split(".")[1] for module in modules if module.startswith("iep_training.")} - {"__version__"}


def sources() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_course" not in path.parts)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_part_imports_only_what_the_table_allows(path: Path) -> None:
    part = part_of(path)
    assert part in TABLE, f"{part} is not in the table: say what it may import"
    beyond = imported_parts(path) - TABLE[part] - {part}
    assert not beyond, f"{path.name} imports {', '.join(sorted(beyond))}"


def test_the_reading_of_imports_sees_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    source = tmp_path / "language" / "engine.py"
    source.parent.mkdir()
    source.write_text(
        "import iep_training.widgets\n"
        "from iep_training import feedback\n"
        "from iep_training.model import Reading\n"
        "from .rules import load\n"
        "def late():\n    from ..grading import score\n",
        encoding="utf-8",
    )
    assert imported_parts(source) == {"widgets", "feedback", "model", "language", "grading"}


@pytest.mark.parametrize(
    "statement",
    [
        "import iep_training",
        "import iep_training.language",
        "import iep_training.progress",
        "import iep_training.feedback",
        "import iep_training.answers",
        "import iep_training.content",
        "import iep_training.html",
        "from iep_training.iep import checks, export_html, export_word, store, course_map, record, workshop_page",
        "import iep_training.cli; iep_training.cli.parser()",
        "import iep_training.grading.score",
        "from iep_training import course_map; course_map()",
    ],
)
def test_a_plain_import_loads_the_standard_library_alone(statement: str) -> None:
    code = f"import sys; {statement}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []

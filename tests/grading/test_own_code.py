"""An instructor's own code cell in an assignment runs in a kernel, as nbgrader does it, and marks stay the same."""

from __future__ import annotations

import json

import pytest
from attacks import HONEST, Place, honest
from nbcourse import ASSIGNMENT, Course

pytestmark = pytest.mark.server


def test_own_code_runs_and_files_handed_in_do_not(course: Course) -> None:
    path = course.root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    tree = json.loads(path.read_text(encoding="utf-8"))
    own = {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": None}
    tree["cells"].insert(1, own | {"source": "import statistics\nprint('own code ran', statistics.median([1, 2, 3]))"})
    path.write_text(json.dumps(tree), encoding="utf-8")
    course.nbgrader("generate_assignment", ASSIGNMENT)
    honest(course.submitted("ada"), course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    place = Place(course.submitted("ada"), course.root / "canary.txt")
    place.add_code()
    for name in ("statistics.py", "iep_training.py", "sitecustomize.py"):
        (place.folder / name).write_text(place.code())
    course.nbgrader("autograde", ASSIGNMENT)
    assert "own code ran 2" in course.autograded("ada").read_text(encoding="utf-8")
    assert not place.canary.exists()
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "ada")
        assert submission.score == pytest.approx(HONEST)

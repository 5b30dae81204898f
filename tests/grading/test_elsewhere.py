"""A PostgreSQL gradebook and a Dask cluster give what SQLite and one process give.

Run with `uv run --with distributed --with "psycopg[binary]" pytest tests/grading/test_elsewhere.py`; PostgreSQL itself
is Debian's package of that name.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbcourse import ASSIGNMENT, Course

from iep_training.cli import main
from iep_training.grading.gradebook import open_gradebook

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def by_one_process(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = handed_in.copy(tmp_path_factory.mktemp("by-one-process"))
    course.grade()
    return course


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL server of the test's own."""
    pytest.importorskip("psycopg")
    found = [Path(path) for path in (shutil.which("initdb"),) if path]
    programs = [*found, *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    if not programs:
        pytest.skip("no PostgreSQL here")
    control = programs[-1].with_name("pg_ctl")
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    place = Path(tempfile.mkdtemp(prefix="iep-postgres-"))
    if user:
        shutil.chown(place, user)

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True, user=user, cwd=place, timeout=120)

    port = _free_port()
    run(programs[-1], "-D", place / "data", "-U", "tester", "-A", "trust", "-E", "UTF8")
    run(control, "-D", place / "data", "-w", "-l", place / "log", "-o", f"-p {port} -k {place} -h 127.0.0.1", "start")
    try:
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        run(control, "-D", place / "data", "-m", "immediate", "stop")
        shutil.rmtree(place)


def test_a_postgresql_gradebook_holds_what_sqlite_holds(
    handed_in: Course, by_one_process: Course, tmp_path: Path, postgres: str
) -> None:
    course = handed_in.copy(tmp_path)
    (course.root / "gradebook.db").unlink()
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f'c.CourseDirectory.db_url = "{postgres}"\n')
    course.nbgrader("generate_assignment", ASSIGNMENT, "--force")
    with open_gradebook(course.root) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-11-20 10:00:00 UTC")
    assert "Graded: 9." in course.grade("--workers", "2")
    assert not (course.root / "gradebook.db").exists()
    assert course.gradebook() == by_one_process.gradebook()
    assert course.pages() == by_one_process.pages()
    assert "Unchanged since last time: 9." in course.grade()


def test_a_dask_cluster_marks_as_one_process_does(
    handed_in: Course, by_one_process: Course, tmp_path: Path, capsys
) -> None:
    distributed = pytest.importorskip("distributed")
    course = handed_in.copy(tmp_path)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as workers:
        address = workers.scheduler_address
        assert main(["grade", ASSIGNMENT, "--cluster", address, "--course", str(course.root)]) == 0
    assert "Graded: 9." in capsys.readouterr().out
    assert course.gradebook() == by_one_process.gradebook()
    assert course.pages() == by_one_process.pages()


def test_a_cluster_that_is_not_there_is_told_in_plain_words(handed_in: Course, capsys) -> None:
    pytest.importorskip("distributed")
    import dask

    nowhere = f"tcp://127.0.0.1:{_free_port()}"
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        assert main(["grade", ASSIGNMENT, "--cluster", nowhere, "--course", str(handed_in.root)]) == 2
    assert "no Dask scheduler answers" in capsys.readouterr().err

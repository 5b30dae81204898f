"""A very large class in one run: is memory flat, and does a run that is killed again and again end as any other?

Synthetic learners with answers of every quality, one assignment. First an undisturbed run, with the memory of all its
processes at every tenth of the way. Then the same class from the start, killed (SIGKILL, workers and all) at random
moments and taken up again; gradebook and pages are compared. Linux only, for /proc.
Use: `uv run python benchmarks/grading_large.py [LEARNERS [KILLS [WORKERS]]]`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "grading"))

from nbcourse import ASSIGNMENT, GRADE, Course, new_course

from iep_training.grading.course import load_assignment

CHANCE = random.Random(20261121)


def handed_in(place: Path, learners: int) -> Course:
    """A class whose answers are strong, weak, missing, or other learners' words cut short."""
    course = new_course(place)
    course.nbgrader("generate_assignment", ASSIGNMENT)
    items = load_assignment(course.root, ASSIGNMENT).activities
    notebook = course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for number in range(learners):
        folder = course.submitted(f"learner{number:05}")
        folder.mkdir(parents=True)
        shutil.copy(notebook, folder)
        entries = {}
        for item in items:
            answer = CHANCE.choice([*item.strong, *item.weak])
            if item.kind in ("rewrite", "reflection") and CHANCE.random() < 0.5:
                answer = f"{answer[: CHANCE.randrange(len(answer) + 1)]} {number}"
            if CHANCE.random() < 0.9:
                entries[item.id] = {"answer": answer, "saved": ""}
        (folder / "answers.json").write_text(json.dumps({"version": 1, "answers": entries}))
    return course


def start(course: Course, workers: int) -> subprocess.Popen[bytes]:
    """One grading run, in a group of processes of its own."""
    command = [*GRADE, "--workers", str(workers)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        command, cwd=course.root, env=course.environment(), stdout=quiet, stderr=quiet, start_new_session=True
    )


def memory(group: int) -> float:
    """The memory that the processes of this group hold now, in megabytes."""
    pages = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[2]) == group:
            pages += int(fields[21])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def undisturbed(course: Course, workers: int, learners: int) -> float:
    """Grade everybody and print memory on the way; returns the seconds."""
    began = time.perf_counter()
    run = start(course, workers)
    held: dict[int, float] = {}
    while run.poll() is None:
        tenth = 10 * sum(1 for _ in (course.root / "autograded").glob("learner*")) // learners
        held[tenth] = max(held.get(tenth, 0.0), memory(run.pid))
        time.sleep(0.2)
    seconds = time.perf_counter() - began
    assert run.returncode == 0
    print(f"{learners} learners, {workers} workers: {seconds:.0f} s, {1000 * seconds / learners:.0f} ms each")
    print("memory in MB by tenth of the way:", ", ".join(f"{tenth}: {held[tenth]:.0f}" for tenth in sorted(held)))
    return seconds


def killed(course: Course, workers: int, kills: int, seconds: float) -> int:
    """Kill the run at random moments, then let it end; returns how often it was killed before it was done."""
    for count in range(kills):
        run = start(course, workers)
        if count % 5:  # every fifth is killed while it starts, perhaps
            wait_for_a_page(course, run)
        try:
            run.wait(CHANCE.uniform(0, 2 * seconds / kills))
            return count
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        done = sum(1 for _ in (course.root / "autograded").glob("learner*"))
        print(f"killed with {done} pages written", flush=True)
    assert start(course, workers).wait() == 0
    return kills


def wait_for_a_page(course: Course, run: subprocess.Popen[bytes]) -> None:
    """Wait until this run has written something, or is done."""
    began = time.time()
    while run.poll() is None:
        if any(path.stat().st_mtime > began for path in (course.root / "autograded").glob("learner*")):
            return
        time.sleep(0.05)


def main(learners: int = 2000, kills: int = 20, workers: int = 2) -> None:
    """Run both and compare."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = handed_in(Path(folder) / "fresh", learners)
        calm = fresh.copy(Path(folder) / "calm")
        seconds = undisturbed(calm, workers, learners)
        count = killed(fresh, workers, kills, seconds)
        print(f"killed {count} times")
        print("same gradebook:", fresh.gradebook() == calm.gradebook())
        print("same pages:", fresh.pages() == calm.pages())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Nothing a learner wrote is lost: not to a crash, a damaged file, a second window or a read-only folder."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from iep_training import answers
from iep_training.answers import AnswerStore
from iep_training.model import CourseError


def test_an_answer_is_found_again_by_another_kernel(tmp_path: Path) -> None:
    saved = AnswerStore(tmp_path).save("02-refused", "With a partner, Zoë shares “ideas” 😀.\nAlways.")
    again = AnswerStore(tmp_path)
    assert again.get("02-refused") == "With a partner, Zoë shares “ideas” 😀.\nAlways."
    assert again.read()["02-refused"]["saved"] == saved
    assert datetime.fromisoformat(saved).tzinfo is not None


def test_the_file_is_as_other_tools_expect_it(tmp_path: Path) -> None:
    AnswerStore(tmp_path).save("05-ana", "big_growth")
    tree = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    assert tree["version"] == 1
    assert set(tree) == {"version", "answers"}
    assert set(tree["answers"]["05-ana"]) == {"answer", "saved"}


def test_without_a_folder_answers_lie_beside_the_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    AnswerStore().save("a", "one")
    assert (tmp_path / "answers.json").is_file()


def test_nothing_saved_reads_as_nothing(tmp_path: Path) -> None:
    assert AnswerStore(tmp_path).read() == {}
    assert AnswerStore(tmp_path).get("02-refused") is None
    assert list(tmp_path.iterdir()) == []


def test_two_windows_keep_each_others_answers(tmp_path: Path) -> None:
    left, right = AnswerStore(tmp_path), AnswerStore(tmp_path)
    left.save("a", "left")
    right.save("b", "right")
    left.save("c", "left again")
    assert {name: entry["answer"] for name, entry in right.read().items()} == {
        "a": "left",
        "b": "right",
        "c": "left again",
    }


def _save_many(folder: Path, window: int) -> None:
    for number in range(20):
        AnswerStore(folder).save(f"{window}-{number}", "x")


def test_kernels_that_save_at_the_same_moment_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    kernels = [context.Process(target=_save_many, args=(tmp_path, window)) for window in range(3)]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(60)
        assert kernel.exitcode == 0
    assert len(AnswerStore(tmp_path).read()) == 60


# IEP_KILLS=1000 runs the long version.
KILLS = int(os.environ.get("IEP_KILLS", "6"))
KILLED = """
import sys
from iep_training.answers import AnswerStore
store = AnswerStore(sys.argv[1])
for number in range(100_000):
    store.save("essay", str(number) * 2000)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_kernel_killed_while_saving_loses_nothing_that_was_shown_as_saved(tmp_path: Path) -> None:
    chance = random.Random(9)
    for wait in (chance.uniform(0, 0.035) for _ in range(KILLS)):
        kernel = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert kernel.stdout is not None
        kernel.stdout.readline()
        time.sleep(wait)
        kernel.send_signal(signal.SIGKILL)
        shown = [line for line in kernel.stdout.read().splitlines() if line]
        kernel.stdout.close()
        kernel.wait()
        kept = AnswerStore(tmp_path).get("essay")
        assert kept is not None
        last_shown = int(shown[-1]) if shown else 0
        # The save in flight may have arrived too, though nobody was told.
        assert kept in (str(last_shown) * 2000, str(last_shown + 1) * 2000)
    assert not list(tmp_path.glob("answers.damaged-*"))
    AnswerStore(tmp_path).save("after", "all is well")


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b'{"version": 1, "answers": {"a": {"answer": "cut off in the mi',
        b"\x00" * 500,
        b"\xff\xfe not utf-8 \xff",
        b"[]",
        b'{"version": 1, "answers": []}',
        b'{"answers": {}}',
        b'{"version": "one", "answers": {}}',
        b"[" * 200_000,
    ],
)
def test_a_damaged_file_is_set_aside_and_the_newest_good_copy_restored(tmp_path: Path, damage: bytes) -> None:
    store = AnswerStore(tmp_path)
    store.save("a", "first")
    store.save("b", "second")
    (tmp_path / "answers.json").write_bytes(damage)
    assert store.get("a") == "first"
    assert (tmp_path / "answers.json").read_bytes() == damage, "reading changes nothing"
    store.save("c", "third")
    aside = list(tmp_path.glob("answers.damaged-*.json"))
    assert [path.read_bytes() for path in aside] == [damage]
    assert re.fullmatch(r"answers\.damaged-\d{8}-\d{6}\.json", aside[0].name)
    assert store.get("a") == "first"
    assert store.get("c") == "third"


def test_a_second_damaged_file_in_the_same_second_is_kept_too(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    for damage in (b"one", b"two", b"three"):
        (tmp_path / "answers.json").write_bytes(damage)
        store.save("a", "x")
    kept = {path.read_bytes() for path in tmp_path.glob("answers.damaged-*.json")}
    assert kept == {b"one", b"two", b"three"}


def test_a_file_saved_by_an_editor_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    text = '\ufeff{"version": 1, "answers": {"a": {"answer": "yes", "saved": "2026-01-05T10:00:00+00:00"}}}'
    (tmp_path / "answers.json").write_text(text, encoding="utf-8")
    assert AnswerStore(tmp_path).get("a") == "yes"


def test_a_strange_entry_hides_no_other_and_is_not_thrown_away(tmp_path: Path) -> None:
    tree = {"version": 1, "answers": {"odd": 3, "half": {"saved": "x"}, "good": {"answer": "yes"}}}
    (tmp_path / "answers.json").write_text(json.dumps(tree), encoding="utf-8")
    store = AnswerStore(tmp_path)
    assert store.read() == {"good": {"answer": "yes", "saved": ""}}
    store.save("new", "x")
    assert json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))["answers"]["odd"] == 3


def test_answers_of_a_newer_course_are_left_alone(tmp_path: Path) -> None:
    newer = '{"version": 2, "answers": {"a": {"text": "unknown shape"}}}'
    (tmp_path / "answers.json").write_text(newer, encoding="utf-8")
    with pytest.raises(CourseError, match="newer version of the course"):
        AnswerStore(tmp_path).read()
    with pytest.raises(CourseError, match=r"^Your answer is NOT saved: .*newer version"):
        AnswerStore(tmp_path).save("a", "x")
    assert (tmp_path / "answers.json").read_text(encoding="utf-8") == newer


def test_a_huge_file_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LARGEST", 300)
    store = AnswerStore(tmp_path)
    store.save("a", "kept")
    (tmp_path / "answers.json").write_bytes(b'{"version": 1, "answers": {"a": {"answer": "' + b"x" * 400 + b'"}}}')
    assert store.read() == {}
    store.save("b", "new")
    assert store.get("b") == "new"
    assert len(list(tmp_path.glob("answers.damaged-*"))) == 1


def test_an_answer_too_long_to_be_read_again_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LARGEST", 300)
    store = AnswerStore(tmp_path)
    store.save("a", "kept")
    with pytest.raises(CourseError, match=r"^Your answer is NOT saved: it is too long"):
        store.save("b", "x" * 400)
    assert store.get("a") == "kept"


def test_strange_characters_are_saved(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path)
    store.save("a", "lone \ud800 surrogate, NUL \0 and \u2028")
    assert store.get("a") == "lone ? surrogate, NUL \0 and \u2028"


def _fail(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "may not write in the folder"),
        (errno.EACCES, "may not write in the folder"),
        (errno.EIO, "could not write"),
    ],
)
def test_a_disk_that_refuses_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    store = AnswerStore(tmp_path)
    store.save("a", "kept")
    _fail(monkeypatch, number)
    with pytest.raises(CourseError, match=f"^Your answer is NOT saved: .*{words}"):
        store.save("a", "lost?")
    monkeypatch.undo()
    assert store.get("a") == "kept"


FULL = """
import sys
from pathlib import Path
from iep_training.answers import AnswerStore
from iep_training.model import CourseError
folder = Path(sys.argv[1])
store = AnswerStore(folder)
print(store.save("a", "kept") and "saved")
(folder / "photos").write_bytes(b"x" * 30_000)
for words in (20_000, 15_000, 9_000):
    try:
        store.save("a", "x" * words)
    except CourseError as error:
        print(error)
print(store.get("a"), len(list(folder.glob("*.damaged*"))))
(folder / "photos").unlink()
print(store.save("a", "room again") and store.get("a"))
"""


def test_a_disk_that_is_really_full_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    # A disk of 40 kB of its own, where the system lets a user make one.
    mount = f"mount -t tmpfs -o size=40k tmpfs {disk}"
    own_mounts = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]
    if shutil.which("unshare") is None or subprocess.run([*own_mounts, mount], capture_output=True).returncode:
        pytest.skip("this system lets nobody make a disk")
    run = subprocess.run(
        [*own_mounts, f'{mount}; exec "$@"', "sh", sys.executable, "-c", FULL, str(disk)],
        capture_output=True,
        text=True,
        check=True,
    )
    said = run.stdout.splitlines()
    refused = "Your answer is NOT saved: the disk is full. Make some room (empty the trash, say), then press Save again"
    assert said == ["saved", refused, refused, refused, "kept 0", "room again"]


def test_a_folder_that_is_gone_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"^Your answer is NOT saved: .*no longer there"):
        AnswerStore(tmp_path / "moved").save("a", "x")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="folder rights do not bind this user")
def test_a_read_only_folder_is_told_in_plain_words(tmp_path: Path) -> None:
    folder = tmp_path / "read only"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(CourseError, match="may not write in the folder"):
        AnswerStore(folder).save("a", "x")


def test_the_clock_may_go_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2020, 1, 1, 12)

    store = AnswerStore(tmp_path)
    store.save("a", "today")
    monkeypatch.setattr(answers, "datetime", Yesterday)
    saved = store.save("a", "after the clock went back")
    assert saved.startswith("2020-01-01T12:00:00")
    assert store.get("a") == "after the clock went back"


@pytest.mark.parametrize("inside", ["source/first", "source/first/deeper"])
def test_nothing_is_written_into_an_instructors_source(tmp_path: Path, inside: str) -> None:
    (tmp_path / "nbgrader_config.py").touch()
    folder = tmp_path / inside
    folder.mkdir(parents=True)
    with pytest.raises(CourseError, match=r"^Your answer is NOT saved: .*instructor's own copy"):
        AnswerStore(folder).save("a", "x")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_merely_called_source_may_hold_answers(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    AnswerStore(tmp_path / "source").save("a", "x")
    assert AnswerStore(tmp_path / "source").get("a") == "x"


def test_a_window_that_never_stops_saving_does_not_hold_up_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(answers, "try_lock", lambda _file: False)
    with pytest.raises(CourseError, match=r"^Your answer is NOT saved: another window is saving"):
        AnswerStore(tmp_path).save("a", "x")

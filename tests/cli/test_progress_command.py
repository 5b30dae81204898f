"""The `progress` command, run as a person runs it."""

import json
import os
import subprocess
import sys

import pytest

WIDE = "id,baseline,target,current,direction\nAna,20,68,44,increase\nBo,10,2,2,\nCy,10,20,n/a,\n"
LONG = "id,week,score,phase,target,direction\n" + "".join(
    f"{id},{week},{score},{'baseline' if week < 4 else 'support'},60,\n"
    for id, scores in (("Bo", (20, 20, 20, 30, 31, 32)), ("Ana", (20, 20, 20, 61, 62, 63)))
    for week, score in enumerate(scores, start=1)
)
KEYS = ["id", "category", "baseline", "current", "target", "attainment", "why", "borderline"]


def run(*arguments, given=None, **more):
    return subprocess.run(
        [sys.executable, "-c", "from iep_training.cli import main; raise SystemExit(main())", "progress", *arguments],
        input=given if given is None or isinstance(given, bytes) else given.encode(),
        capture_output=True,
        **more,
    )


def answers(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_one_json_object_for_each_row_in_the_order_of_the_file():
    found = answers(run("-", "--format", "json", given=WIDE))
    assert [list(answer) for answer in found] == [KEYS] * 3
    assert [(answer["id"], answer["category"]) for answer in found] == [
        ("Ana", "continue_to_grow"),
        ("Bo", "big_growth"),
        ("Cy", "cannot_classify"),
    ]
    assert found[0] == {
        "id": "Ana",
        "category": "continue_to_grow",
        "baseline": 20,
        "current": 44,
        "target": 68,
        "attainment": 0.5,
        "why": "Gained 24 of the 48 needed: half way.",
        "borderline": True,
    }
    assert (found[2]["current"], found[2]["attainment"]) == (None, None)


def test_one_json_object_for_each_series_in_the_order_of_the_file():
    found = answers(run("-", "--format", "json", given=LONG))
    assert [(answer["id"], answer["category"], answer["current"]) for answer in found] == [
        ("Bo", "need_more_support", 31),
        ("Ana", "big_growth", 62),
    ]


def test_csv_and_table():
    assert run("-", "--format", "csv", given=WIDE).stdout.decode().splitlines()[:2] == [
        ",".join(KEYS),
        "Ana,continue_to_grow,20.0,44.0,68.0,0.5,Gained 24 of the 48 needed: half way.,yes",
    ]
    table = run("-", given=WIDE, env={**os.environ, "COLUMNS": "160"}).stdout.decode()
    assert "Continue to grow" in table
    assert "50%" in table


def test_the_cut_can_be_set():
    (answer, *_) = answers(run("-", "--format", "json", "--cut", "0.6", given=WIDE))
    assert answer["category"] == "need_more_support"


def test_remarks_on_the_file_go_to_standard_error():
    done = run("-", "--format", "json", given=LONG + "Ana,6,63,support,60,\n")
    assert len(answers(done)) == 2
    assert done.stderr.decode() == "Line 14 repeats an earlier line, and was read once.\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("id,score\n1,2\n", "no column is named"),
        ("id,baseline,target,current\nJosé,1,3,2\n".encode("cp1252"), "CSV UTF-8"),
        ("id,week,score,target\nAna,1,2,3\nJosé,1,3,2\n".encode("cp1252"), "CSV UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_line_and_exit_code_2(text, says):
    done = run("-", given=text)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1


def test_a_missing_file_and_a_bad_cut(tmp_path):
    for arguments in ((str(tmp_path / "none.csv"),), ("-", "--cut", "7")):
        done = run(*arguments, given=WIDE)
        assert done.returncode == 2
        assert done.stderr.decode().count("\n") == 1


def test_an_excel_export_with_windows_line_ends_and_a_mark(tmp_path):
    path = tmp_path / "class.csv"
    path.write_bytes(b"\xef\xbb\xbf" + WIDE.replace("\n", "\r\n").replace("Bo,", "\r\nBo,").encode())
    assert len(answers(run(str(path), "--format", "json"))) == 3


@pytest.mark.parametrize("form", ["wide", "long"])
def test_a_hundred_thousand_lines(tmp_path, form):
    path = tmp_path / "district.csv"
    if form == "wide":
        lines = (f"s{n},20,68,{n % 60}," for n in range(100_000))
        path.write_text("id,baseline,target,current,direction\n" + "\n".join(lines) + "\n", encoding="utf-8")
    else:  # week by week, so that every series is spread over the whole file
        lines = (f"s{n},{week},{20 + week},,60," for week in range(10) for n in range(10_000))
        path.write_text("id,week,score,phase,target,direction\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = answers(run(str(path), "--format", "json"))
    assert [answer["id"] for answer in found] == [f"s{n}" for n in range(len(found))]
    assert len(found) == (100_000 if form == "wide" else 10_000)


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    path = tmp_path / "class.csv"
    path.write_text(WIDE + "".join(f"s{n},20,68,44,\n" for n in range(20_000)), encoding="utf-8")
    command = f"{sys.executable} -c 'from iep_training.cli import main; raise SystemExit(main())' progress {path}"
    done = subprocess.run(f"{command} --format json | head -1", shell=True, capture_output=True, check=True)
    assert b"Traceback" not in done.stderr


def test_a_progress_bar_only_for_a_person_at_a_terminal(tmp_path):
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    path = tmp_path / "class.csv"
    path.write_text(WIDE + "".join(f"s{n},20,68,44,\n" for n in range(50_000)), encoding="utf-8")
    assert run(str(path), "--format", "json").stderr == b""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    process = subprocess.Popen(
        [sys.executable, "-c", "from iep_training.cli import main; main()", "progress", str(path), "--format", "json"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:  # how Linux tells that the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    assert b"class.csv" in shown
    assert b"%" in shown

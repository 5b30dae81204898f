"""The Python side of "Your own data": what it answers, what it keeps, and what it never lets out."""

from __future__ import annotations

import base64
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import iep_training
from iep_training.html import Page
from iep_training.widgets import own_data as module
from iep_training.widgets.own_data import OwnData

sys.path.append(str(Path(__file__).parents[1] / "progress"))
from malformed import spoil

WIDE = "id,baseline,target,current,direction\nAna,20,68,44,\nBo,10,2,1O,decrease\n"
LONG = "kid,wk,words\n" + "".join(f"Ana,{week},{score}\n" for week, score in enumerate((10, 11, 12, 30, 31, 32), 1))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IEP_TRAINING_STRICT", "1")
    return tmp_path


@pytest.fixture
def widget() -> OwnData:
    return OwnData()


def ask(widget: OwnData, type: str, **more: Any) -> dict[str, Any]:
    reply = widget.handle({"seq": 7, "type": type, **more})
    assert reply["seq"] == 7
    json.dumps(reply, allow_nan=False).encode("utf-8")
    return reply


def send(widget: OwnData, content: bytes, name: str = "class.csv") -> dict[str, Any]:
    return ask(widget, "file", name=name, data=base64.b64encode(content).decode())


def test_a_file_is_read_at_once(widget: OwnData) -> None:
    state = send(widget, WIDE.encode())["state"]
    assert state["summary"] == "class.csv: read 2 rows."
    assert [(one["id"], one["category"], one["share"]) for one in state["students"]] == [
        ("Ana", "continue_to_grow", "50%"),
        ("Bo", "cannot_classify", ""),
    ]
    assert state["not_used"][0].startswith("Bo, line 3: The current score is “1O”, which is not a number.")
    assert state["columns"][1] == {"name": "baseline", "example": "20"}


def test_pasted_cells_are_read(widget: OwnData) -> None:
    assert len(ask(widget, "paste", text=WIDE.replace(",", "\t"))["state"]["students"]) == 2
    assert "nothing to read" in ask(widget, "paste", text="  \n")["trouble"]


def test_the_example_can_be_tried(widget: OwnData) -> None:
    assert len(ask(widget, "example")["state"]["students"]) >= 6


def test_a_student_is_shown_with_chart_reasons_and_next_step(widget: OwnData) -> None:
    send(widget, WIDE.encode())
    student = ask(widget, "student", at=0)["student"]
    assert student["chart"].startswith("<svg")
    assert "half way" in student["why"]
    assert student["next_step"]


def test_columns_with_other_names_are_asked_for_and_the_target_may_be_nowhere(widget: OwnData) -> None:
    state = send(widget, LONG.encode())["state"]
    assert "no column is named" in state["complaint"]
    assert (state["form"], "students" in state) == ("long", False)
    chosen = {"id": "kid", "when": "wk", "score": "words"}
    state = ask(widget, "columns", form="long", chosen=chosen)["state"]
    assert (state["complaint"], state["chosen"]["when"]) == ("", "wk")
    assert "target is missing" in ask(widget, "student", at=0)["student"]["why"]
    changes = [{"line": 0, "field": "target", "text": "50"}]
    reply = ask(widget, "correct", at=0, changes=changes)
    assert reply["student"]["category"] == "continue_to_grow"
    assert reply["state"]["corrections"] == ["Ana: the target was “” and is now “50”."]


def test_a_column_that_was_not_chosen_is_asked_for_by_its_label(widget: OwnData) -> None:
    send(widget, LONG.encode())
    assert "Week or date" in ask(widget, "columns", form="long", chosen={"id": "kid", "score": "words"})["trouble"]


def test_a_corrected_value_is_read_again_and_can_be_taken_back(widget: OwnData) -> None:
    send(widget, WIDE.encode())
    reply = ask(widget, "correct", at=1, changes=[{"line": 3, "field": "current", "text": "1"}])
    assert reply["student"]["category"] == "big_growth"
    assert reply["state"]["corrections"] == ["Bo: the score now, line 3 was “1O” and is now “1”."]
    assert ask(widget, "undo")["state"]["students"][1]["category"] == "cannot_classify"


def test_a_missing_or_wrong_phase_can_be_corrected(widget: OwnData) -> None:
    lines = "".join(f"Ana,{week},{score},50\n" for week, score in enumerate((10, 30, 31, 32, 33, 34), 1))
    send(widget, f"id,week,score,target\n{lines}".encode())
    student = ask(widget, "student", at=0)["student"]
    assert "the first three count as the baseline" in student["phases"]
    phase = {"line": 2, "field": "phase", "label": "phase", "text": ""}
    assert phase | {"choices": [["", "Not marked"], ["baseline", "Baseline"], ["support", "Support"]]} in json.loads(
        json.dumps(student["fields"])
    )
    reply = ask(widget, "correct", at=0, changes=[{"line": 2, "field": "phase", "text": "baseline"}])
    assert reply["student"]["why"].startswith("Gained 23 of the 40 needed")
    assert "All others count as scores with support" in reply["student"]["phases"]
    assert reply["state"]["corrections"] == ["Ana: the phase, line 2 was “” and is now “baseline”."]
    files = ask(widget, "save")["saved"]["files"]
    assert files["csv"].splitlines()[1].endswith(',"Ana: the phase, line 2 was “” and is now “baseline”."')
    assert "is now “baseline”" in files["html"]


@pytest.mark.parametrize(
    ("text", "meant", "words"),
    [
        ("A", "A", "Baseline"),
        ("Intervention", "Intervention", "Intervention (support)"),
        ("", "", "Not marked"),
    ],
)
def test_a_phase_is_shown_as_it_counts_and_as_the_file_has_it(
    widget: OwnData, text: str, meant: str, words: str
) -> None:
    send(widget, f"id,week,score,phase,target\nAna,1,20,{text},60\nAna,2,20,baseline,60\n".encode())
    fields = ask(widget, "student", at=0)["student"]["fields"]
    cell = next(one for one in fields if (one["line"], one["field"]) == (2, "phase"))
    assert (meant, words) in [tuple(choice) for choice in cell["choices"]]
    assert len({value for value, _ in cell["choices"]}) == len(cell["choices"])


@pytest.mark.parametrize(
    "change", [{"line": 2, "field": "current", "text": "1"}, {"line": 3, "field": "broken", "text": ""}, {}, 3]
)
def test_only_a_students_own_numbers_can_be_corrected(widget: OwnData, change: Any) -> None:
    send(widget, WIDE.encode())
    assert ask(widget, "correct", at=1, changes=[change])["trouble"]


def test_full_names_are_noticed_and_can_be_shortened(widget: OwnData) -> None:
    state = send(widget, WIDE.replace("Ana", "Ana Torres").encode())["state"]
    assert "“Ana Torres”" in state["named"]
    state = ask(widget, "initials")["state"]
    assert (state["named"], state["students"][0]["id"], state["corrections"]) == ("", "AT", [])
    saved = ask(widget, "save")["saved"]
    assert "Torres" not in json.dumps(saved["files"])


def test_the_summary_is_written_beside_the_notebook_and_never_over_another(widget: OwnData, folder: Path) -> None:
    send(widget, WIDE.encode())
    saved = ask(widget, "save")["saved"]
    first = sorted(path.name for path in folder.iterdir())
    assert first == [f"{saved['name']}.csv", f"{saved['name']}.html"]
    assert (folder / first[0]).read_bytes().startswith(b"\xef\xbb\xbfStudent,")
    assert (folder / first[1]).read_text("utf-8") == saved["files"]["html"]
    (folder / first[0]).write_text("mine")
    assert "-2.csv" in ask(widget, "save")["saved"]["words"]
    assert (folder / first[0]).read_text() == "mine"


def test_no_cell_of_the_table_runs_as_a_formula(widget: OwnData) -> None:
    send(widget, b"id,baseline,target,current\n=1+1,-3.5,9.5,-2.5\n@x,1,5,2\n")
    ask(widget, "correct", at=1, changes=[{"line": 3, "field": "current", "text": "=1+2"}])
    lines = list(csv.reader(io.StringIO(ask(widget, "save")["saved"]["files"]["csv"], newline="")))
    assert [line[0] for line in lines[1:]] == ["'=1+1", "'@x"]
    assert lines[1][2:5] == ["-3.5", "-2.5", "9.5"]
    assert lines[2][-1] == "'@x: the score now, line 3 was “2” and is now “=1+2”."


def test_where_nothing_can_be_written_the_downloads_remain(widget: OwnData, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    send(widget, WIDE.encode())
    monkeypatch.setattr(module, "_free_paths", refuse)
    saved = ask(widget, "save")["saved"]
    assert "could not be written" in saved["trouble"]
    assert saved["files"]["csv"]


def test_nothing_about_students_is_kept_in_the_notebook(widget: OwnData) -> None:
    send(widget, WIDE.encode())
    ask(widget, "student", at=0)
    state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    assert "Ana" not in str(state)
    data, _ = widget._repr_mimebundle_()
    assert "Ana" not in data["text/html"]
    assert data["text/plain"] == "Your own data"


def test_forgotten_data_are_gone(widget: OwnData) -> None:
    send(widget, WIDE.encode())
    assert ask(widget, "forget")["state"] is None
    assert "no data" in ask(widget, "save")["trouble"]


def test_a_page_shown_again_finds_everything_as_it_was(widget: OwnData) -> None:
    state = send(widget, WIDE.encode())["state"]
    assert ask(widget, "open")["state"] == state


def test_a_file_that_can_not_be_read_leaves_the_one_before(widget: OwnData) -> None:
    send(widget, WIDE.encode())
    assert send(widget, b"\x89PNG\r\n\x1a\n\xff\xff", "cat.png")["trouble"]
    assert ask(widget, "open")["state"]["name"] == "class.csv"


def test_too_much_is_refused_in_plain_words(widget: OwnData, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "id,baseline,target,current\n" + "".join(f"s{number},1,9,5\n" for number in range(151))
    assert "up to 150" in send(widget, many.encode())["trouble"]
    long = "id,week,score,target\n" + "".join(f"North,{week},5,9\n" for week in range(1001))
    assert "Check that the right column" in send(widget, long.encode())["trouble"]
    monkeypatch.setattr(module, "LARGEST", 20)
    assert "iep-training progress" in send(widget, WIDE.encode())["trouble"]


@pytest.mark.parametrize(
    "message",
    [
        None,
        "hi",
        {},
        {"type": "file", "data": "%%"},
        {"type": "student", "at": 99},
        {"type": "student", "at": "0"},
        {"type": "columns"},
        {"type": "correct", "at": 0, "changes": None},
        {"type": "save"},
    ],
)
def test_any_message_gets_an_answer(widget: OwnData, message: Any) -> None:
    assert widget.handle(message)["trouble"]


@pytest.mark.parametrize("number", range(0, 300, 5))
def test_a_spoiled_file_gets_a_state_or_plain_words(widget: OwnData, number: int) -> None:
    _, _, spoiled = spoil(number)
    reply = send(widget, spoiled)
    if "trouble" in reply:
        assert reply["trouble"].startswith("class.csv: ")
        return
    for at in range(len(reply["state"].get("students", []))):
        assert ask(widget, "student", at=at)["student"]["why"]
    if "students" in reply["state"]:
        assert ask(widget, "save")["saved"]["words"]


def test_the_package_offers_it() -> None:
    assert isinstance(iep_training.own_data(), OwnData)


def test_in_an_automatic_run_there_is_a_note_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    page = iep_training.own_data()
    assert isinstance(page, Page)
    assert "press Start" in page.html

"""Hand-worked cases: the expected answers were worked out on paper (see `working`), not taken from the code."""

import csv
from pathlib import Path

import pytest

from iep_training.model import Point, Series
from iep_training.progress import classify_row, classify_series


def cases(name):
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=row["id"]) for row in csv.DictReader(file)]


def test_there_are_enough_cases_of_both_forms():
    assert len(cases("cases_rows.csv")) >= 100
    assert len(cases("cases_series.csv")) >= 70


@pytest.mark.parametrize("case", cases("cases_rows.csv"))
def test_row(case):
    growth = classify_row(case["id"], case["baseline"], case["target"], case["current"], case["direction"])
    assert (growth.category, growth.borderline) == (case["category"], case["borderline"] == "yes"), case["working"]


@pytest.mark.parametrize("case", cases("cases_series.csv"))
def test_series(case):
    marked = [(score, "baseline") for score in case["before"].split()]
    marked += [(score, "support" if case["before"] else "") for score in case["after"].split()]
    points = [
        Point(week, None if score == "_" else float(score), phase)
        for week, (score, phase) in enumerate(marked, start=1)
    ]
    target = float(case["target"]) if case["target"] else None
    growth = classify_series(Series(case["id"], tuple(points), target, case["direction"]))
    assert (growth.category, growth.borderline) == (case["category"], case["borderline"] == "yes"), case["working"]
    assert growth.baseline == (float(case["baseline"]) if case["baseline"] else None), case["working"]
    assert growth.current == (float(case["current"]) if case["current"] else None), case["working"]

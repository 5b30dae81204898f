"""Commands: review, rewrites, goals and rules, which read a teacher's own words."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from iep_training.cli import tables
from iep_training.model import Finding, to_json


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's commands."""
    review = commands.add_parser("review", help="read statements: how each frames the student, and what to say instead")
    tables.add_file_and_format(review, "a .txt with one statement a line, or a .csv with a column “statement”")
    review.set_defaults(run=_review)
    rewrites = commands.add_parser("rewrites", help="read rewrites beside their originals: accept or revise, and why")
    tables.add_file_and_format(rewrites, "a .csv with columns “original” and “rewrite”")
    rewrites.set_defaults(run=_rewrites)
    goals = commands.add_parser("goals", help="read annual goals: which parts are there, and is it measurable")
    tables.add_file_and_format(goals, "a .txt with one goal a line, or a .csv with a column “goal”")
    goals.set_defaults(run=_goals)
    rules = commands.add_parser("rules", help="list the rules that statements are read by, with examples")
    tables.add_format(rules)
    rules.set_defaults(run=_rules)


def _review(options: argparse.Namespace) -> None:
    from iep_training.language import read_statement

    def rows() -> Iterator[dict[str, Any]]:
        for statement in tables.read_column(options.file, "statement"):
            reading = read_statement(statement)
            yield {
                "statement": statement,
                "framing": reading.framing,
                "findings": [_finding(finding) for finding in reading.findings],
            }

    tables.write(rows(), options.format, flat=_with_findings)


def _rewrites(options: argparse.Namespace) -> None:
    from iep_training.language import read_rewrite

    def rows() -> Iterator[dict[str, Any]]:
        for row in tables.read_table(options.file).require("original", "rewrite").rows:
            reading = read_rewrite(row["original"], row["rewrite"])
            yield {
                "original": reading.original,
                "rewrite": reading.rewrite,
                "verdict": reading.verdict,
                "reasons": list(reading.reasons),
            }

    tables.write(rows(), options.format, flat=lambda row: {**row, "reasons": "; ".join(row["reasons"])})


def _goals(options: argparse.Namespace) -> None:
    from iep_training.language import read_goal

    def rows() -> Iterator[dict[str, Any]]:
        for goal in tables.read_column(options.file, "goal"):
            reading = read_goal(goal)
            yield {
                "goal": goal,
                "condition": reading.condition is not None,
                "behavior": reading.behavior is not None,
                "criterion": reading.criterion is not None,
                "timeframe": reading.timeframe is not None,
                "measurable": reading.measurable,
                "findings": [_finding(finding) for finding in reading.findings],
            }

    tables.write(rows(), options.format, flat=_goal_in_words)


def _rules(options: argparse.Namespace) -> None:
    from iep_training.language.rules import reader, sources

    def rows() -> Iterator[dict[str, Any]]:
        for rule in reader().rules:
            yield {**to_json(rule), "source": sources()[rule.source]}

    shown = ("id", "severity", "why", "instead", "source")
    tables.write(
        rows(),
        options.format,
        flat=lambda row: {
            **{name: row[name] for name in shown},
            "finds": " / ".join(row["flags"]),
            "leaves alone": " / ".join(row["passes"]),
        },
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in ("rule", "start", "end", "quote", "why", "instead")}


def _with_findings(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "statement": row["statement"],
        "framing": row["framing"],
        "words": _joined(f"“{finding['quote']}”" for finding in row["findings"]),
        "instead": _joined(finding["instead"] for finding in row["findings"]),
    }


def _goal_in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    parts = {name: "yes" if row[name] else "no" for name in row if name not in ("goal", "findings")}
    return {"goal": row["goal"], **parts, "next step": _joined(one["instead"] for one in row["findings"][:1])}


def _joined(texts: Iterable[str]) -> str:
    """The different texts, in order, as one cell."""
    return "; ".join(Counter(texts))

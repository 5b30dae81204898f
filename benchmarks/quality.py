"""Measure the language reader against labelled sentences: python benchmarks/quality.py FOLDER [--misses]

A folder holds statements*.csv (id, statement, framing), rewrites*.csv (id, original, rewrite, verdict, reasons) and
goals*.csv (id, goal, condition, behavior, criterion, timeframe, measurable, baseline). Prints precision, recall and F1
by kind, the confusion, and with --misses every miss.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from iep_training.language import read_goal, read_rewrite, read_statement

FRAMINGS = ("deficit", "strengths", "neutral")
PARTS = ("condition", "behavior", "criterion", "timeframe")


def rows(folder: Path, kind: str) -> Iterator[dict[str, str]]:
    for file in sorted(folder.rglob(f"{kind}*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)


def scores(pairs: Sequence[tuple[object, object]], positive: object) -> tuple[float, float, float]:
    """Precision, recall and F1 of one class among (label, answer) pairs."""
    right = sum(label == answer == positive for label, answer in pairs)
    said = sum(answer == positive for _, answer in pairs)
    true = sum(label == positive for label, _ in pairs)
    precision, recall = right / said if said else 1.0, right / true if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def line(name: str, pairs: Sequence[tuple[object, object]], positive: object) -> float:
    precision, recall, f1 = scores(pairs, positive)
    print(f"  {name:<22} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    return f1


def statements(folder: Path, show: bool) -> None:
    pairs: list[tuple[object, object]] = []
    misses = []
    flagged: Counter[str] = Counter()
    for row in rows(folder, "statements"):
        reading = read_statement(row["statement"])
        pairs.append((row["framing"], reading.framing))
        found = [finding for finding in reading.findings if finding.severity == "finding"]
        if row["framing"] != "deficit" and found:
            flagged[row["framing"]] += 1
        if row["framing"] != reading.framing:
            why = ", ".join(f"{one.rule}“{one.quote}”" for one in reading.findings)
            good = ", ".join(f"{one.kind}“{one.quote}”" for one in reading.strengths)
            misses.append(
                f"  {row['id']} {row['framing']} read as {reading.framing}: {row['statement']}\n      [{why}] [{good}]"
            )
    if not pairs:
        return
    print(f"{len(pairs)} statements: three-way accuracy {sum(a == b for a, b in pairs) / len(pairs):.3f}")
    for framing in FRAMINGS:
        line(framing, pairs, framing)
    confusion = Counter(pairs)
    for label in FRAMINGS:
        print(f"  {label:<10} read as " + "  ".join(f"{answer} {confusion[label, answer]}" for answer in FRAMINGS))
    print(f"  findings on strengths {flagged['strengths']}, on neutral {flagged['neutral']}")
    if show:
        print("\n".join(misses))


def rewrites(folder: Path, show: bool) -> None:
    pairs: list[tuple[object, object]] = []
    misses, reasons_right, reasons_asked = [], 0, 0
    for row in rows(folder, "rewrites"):
        reading = read_rewrite(row["original"], row["rewrite"])
        pairs.append((row["verdict"], reading.verdict))
        wanted = set(row["reasons"].replace(",", ";").replace(" ", "").split(";")) - {""}
        if wanted:
            reasons_asked += 1
            reasons_right += bool(wanted & set(reading.reasons))
        if row["verdict"] != reading.verdict or (wanted and not wanted & set(reading.reasons)):
            misses.append(
                f"  {row['id']} {row['verdict']} {';'.join(sorted(wanted))} read as {reading.verdict} "
                f"{';'.join(reading.reasons)}: {row['original']} -> {row['rewrite']}"
            )
    if not pairs:
        return
    print(f"{len(pairs)} rewrites: verdict accuracy {sum(a == b for a, b in pairs) / len(pairs):.3f}")
    for verdict in ("accept", "revise"):
        line(verdict, pairs, verdict)
    print(f"  a labelled reason was given for {reasons_right} of {reasons_asked}")
    if show:
        print("\n".join(misses))


def goals(folder: Path, show: bool) -> None:
    pairs: dict[str, list[tuple[object, object]]] = {part: [] for part in (*PARTS, "measurable", "baseline")}
    misses = []
    for row in rows(folder, "goals"):
        reading = read_goal(row["goal"])
        wrong = []
        for part, so_far in pairs.items():
            if not row.get(part):
                continue
            label = row[part].strip().lower() == "true"
            found = getattr(reading, part)
            answer = found if isinstance(found, bool) else found is not None
            so_far.append((label, answer))
            if label != answer:
                wrong.append(
                    f"{part} {'missed' if label else f'found “{found.quote if found else found}”'}"
                    if not isinstance(found, bool)
                    else part
                )
        if wrong:
            misses.append(f"  {row['id']} {'; '.join(wrong)}: {row['goal']}")
    if not pairs["behavior"]:
        return
    print(f"{len(pairs['behavior'])} goals")
    part_f1 = {part: line(part, so_far, True) for part, so_far in pairs.items() if so_far}
    print(f"  macro-F1 of the four parts {sum(part_f1[part] for part in PARTS) / len(PARTS):.3f}")
    if show:
        print("\n".join(misses))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="list every miss")
    options = parser.parse_args()
    for measure in (statements, rewrites, goals):
        measure(options.folder, options.misses)


if __name__ == "__main__":
    main()

"""Measure the language reader on labelled sentences: python benchmarks/quality.py FOLDER ... [--misses] [--page FILE]

Each folder is measured by itself. It holds statements*.csv (id, statement, framing), rewrites*.csv (id, original,
rewrite, verdict, reasons) and goals*.csv (id, goal, condition, behavior, criterion, timeframe, measurable, baseline).
Prints precision, recall and F1 by kind, the confusion, and with --misses every miss. With --page, the same goes into a
page for the docs, beside what other checkers of wording say of the statements.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from peers import warned

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
        print(f"every miss ({len(misses)}):")
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
        print(f"every miss ({len(misses)}):")
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
        print(f"every miss ({len(misses)}):")
        print("\n".join(misses))


PAGE = """# How well the language reader reads

Written by `python benchmarks/quality.py tests/corpus/unread/* --page docs/quality.md`. Do not edit it by hand.

**What was measured.** Statements, rewrites and goals by three authors who had seen only the definitions: none of the
others' sentences, nor the rules. *rural* is what staff and families write, half of it hard cases; in *exam* three
quarters are hard; *schools* holds goals. Nothing was fitted to them, and the finished reader read them for this page.
The goals of *rural* and *exam* had been read before it learned more wordings of a baseline. Many of the sentences that
the reader is fitted to were written after much the same brief, so these are easier for it than a stranger's would be.
Whoever changes the reader after reading the misses below should write new ones. Figures for the older sentences, among
them sets of hard cases only: [tests/corpus/README.md](../tests/corpus/README.md).

**Who labelled.** The project's own authors wrote and labelled every sentence, by the definitions the course teaches.
No panel of teachers has labelled them, and no agreement between labellers was measured. A teacher may rightly
disagree with a label. The sentences are made up; how well the reader does on real IEPs is not known.

**How to read it.** Precision: of those the reader named so, how many the label names so. Recall: of those the label
names so, how many the reader found. F1 joins the two. A wrong flag on an honest sentence costs more than a missed
one, so the reader stays quiet where it is unsure.

## Statements

{statements}

## Rewrites

{rewrites}

## Goals

{goals}

## Other checkers on the same statements

These look for insensitive or weak wording, not for deficit framing; the table shows only that none does this job.

{peers}
"""


def peers(folders: Sequence[Path]) -> str:
    """A table of what other checkers flag, taking a warning as “deficit”."""
    labelled = [
        (row["statement"], row["framing"] == "deficit") for folder in folders for row in rows(folder, "statements")
    ]
    table = ["| Checker | Precision | Recall | F1 |", "| --- | --- | --- | --- |"]
    ours = [read_statement(text).framing == "deficit" for text, _ in labelled]
    for name, answers in {"This reader": ours, **warned([text for text, _ in labelled])}.items():
        if answers is None:
            table.append(f"| {name} | not run: not installed | | |")
            continue
        pairs = [(label, answer) for (_, label), answer in zip(labelled, answers, strict=True)]
        precision, recall, f1 = scores(pairs, True)
        table.append(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return "\n".join(table)


def printed(measure: Callable[[Path, bool], None], folders: Sequence[Path]) -> str:
    """What a measure prints of each folder, every miss included, as blocks of plain text."""
    blocks = []
    for folder in folders:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            measure(folder, True)
        blocks.append(f"*{folder.name}*\n\n```text\n{said.getvalue().strip() or 'none in this folder'}\n```")
    return "\n\n".join(blocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--page", type=Path, help="write a page with all of it")
    options = parser.parse_args()
    if options.page:
        blocks = {one.__name__: printed(one, options.folders) for one in (statements, rewrites, goals)}
        options.page.write_text(PAGE.format(**blocks, peers=peers(options.folders)), encoding="utf-8")
        return
    for folder in options.folders:
        print(folder)
        for measure in (statements, rewrites, goals):
            measure(folder, options.misses)


if __name__ == "__main__":
    main()

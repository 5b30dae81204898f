"""How fast is the language reader? python benchmarks/language.py [seconds for each measure] [folder with alex]

Prints, from one run: import and load times, statements a second beside a naive alternation of the same patterns and
beside alex (where `npm install alex` was run in the given folder), the median time of one statement, what sixteen
times the rules cost, and how time grows with the length of a text.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from unittest import mock

from iep_training.language import read_statement, rules, statement
from iep_training.language.patterns import Node
from iep_training.language.statement import evidence

SENTENCES = (
    "Refused to participate in group work.",
    "With sentence starters, Maya shares her ideas in a small group.",
    "{} reads at a second grade level and enjoys books about {}.",
    "{} has difficulty with multi-step directions, but follows a picture checklist.",
    "Does not turn in homework and seems unmotivated in {}.",
    "Received 30 minutes of speech therapy in {} this week.",
    "{} counts money with the next-dollar strategy at the school store.",
    "When {} gets harder, {} asks for a break with a card.",
    "{} is years behind in {} and never finishes an assignment.",
    "The team meets on Tuesday to talk about {}.",
)
NAMES = ("Maya", "Jo", "Andre", "She", "He", "Nia", "Luis", "Sam", "Ana", "The student")
TOPICS = ("reading", "math", "science", "recess", "art", "writing", "trains", "lunch", "history", "fractions")
MANY = 16
WORDINGS = 60


def statements(count: int) -> list[str]:
    chance = random.Random(7)
    return [
        chance.choice(SENTENCES).replace("{}", chance.choice(NAMES), 1).replace("{}", chance.choice(TOPICS))
        for _ in range(count)
    ]


def rate(read: Callable[[str], object], texts: Sequence[str], seconds: float) -> float:
    """Texts read in a second, over at least this many seconds."""
    done, start = 0, time.process_time()
    while True:
        for text in texts:
            read(text)
            done += 1
            if not done % 16 and time.process_time() - start > seconds:
                return done / (time.process_time() - start)


def wordings(node: Node) -> list[str]:
    """The literal wordings of a pattern, at most WORDINGS of them: what one would list by hand."""
    if node.kind == "leaf":
        return sorted(word for word in node.words if word[0] != "#")
    if node.kind == "either":
        return [text for part in node.parts for text in wordings(part)][:WORDINGS]
    if node.kind == "maybe":
        return ["", *wordings(node.parts[0])][:WORDINGS]
    texts = [""]
    for part in node.parts if node.kind == "row" else ():
        if part.kind in ("ahead", "gap"):
            break
        more = wordings(part) or [""]
        texts = [f"{text} {word}".strip() for text, word in itertools.product(texts, more)][:WORDINGS]
    return texts


def naive(sheets: Sequence[Sequence[tuple[int, Node]]]) -> tuple[re.Pattern[str], int]:
    """What one would write first: every literal wording of these patterns in one long alternation, ignoring case."""
    texts = {text for sheet in sheets for _, node in sheet for text in wordings(node) if text}
    longest_first = sorted(texts, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE), len(texts)


def seconds_of(code: str) -> float:
    """The least wall time of three fresh interpreters that run this code and print their own time."""
    return min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )


ALEX = """
import {text} from 'alex'
let given = ''
for await (const part of process.stdin.setEncoding('utf8')) given += part
const [statements, seconds] = JSON.parse(given)
statements.slice(0, 200).forEach((one) => text(one))
const start = process.cpuUsage()
let done = 0, used = 0
while (used < seconds * 1e6) {
  text(statements[done++ % statements.length])
  const spent = process.cpuUsage(start)
  used = spent.user + spent.system
}
console.log(done / used * 1e6)
"""


def alex_rate(folder: str, texts: Sequence[str], seconds: float) -> float:
    """Statements that alex, installed in this folder, checks in a second of processor time, once it is warm."""
    node = ["node", "--input-type=module", "-e", ALEX]
    done = subprocess.run(
        node, cwd=folder, input=json.dumps([texts, seconds]), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    timed = "import time; start = time.process_time(); {}; print(time.process_time() - start)"
    print(f"import iep_training.language   {1000 * seconds_of(timed.format('import iep_training.language')):8.1f} ms")
    loading = "from iep_training.language.rules import reader; " + timed.format("reader()")
    print(f"rules loaded                   {1000 * seconds_of(loading):8.1f} ms")

    texts = statements(2000)
    rate(read_statement, texts, seconds / 2)
    whole, found = rate(read_statement, texts, seconds), rate(evidence, texts, seconds)
    singles = []
    for text in texts:
        start = time.perf_counter()
        read_statement(text)
        singles.append(time.perf_counter() - start)
    print(f"read_statement                 {whole:8.0f} statements/s, median {1e6 * statistics.median(singles):.0f} µs")
    print(f"rules and signals alone        {found:8.0f} statements/s")
    sheets = rules.reader().find.sheets
    for name, some in (("of rules and signals", sheets), ("of the rules alone", sheets[:1])):
        alternation, wordings_listed = naive(some)
        plain = rate(alternation.findall, texts, seconds)
        print(f"naive alternation, re          {plain:8.1f} statements/s, {wordings_listed} literal wordings {name}")
        print(
            f"    read_statement is {whole / plain:.0f} times as fast, "
            f"rules and signals alone {found / plain:.0f} times"
        )
    if len(sys.argv) > 2:
        alex = alex_rate(sys.argv[2], texts, seconds)
        print(f"alex                           {alex:8.1f} statements/s")
        print(
            f"    read_statement is {whole / alex:.0f} times as fast, rules and signals alone {found / alex:.0f} times"
        )

    kit = rules.reader()
    more = [
        replace(
            rule,
            id=f"{rule.id}-{copy}",
            patterns=tuple(
                f"{pattern} variant{copy}x{place}" for place, pattern in enumerate(rule.patterns) if ">" not in pattern
            )
            or ("nothing here",),
        )
        for copy in range(MANY - 1)
        for rule in kit.rules
    ]
    words = kit.lexicon
    big = rules.compile_reader([*kit.rules, *more], kit.signals, words)

    def with_many_rules() -> rules.Reader:
        return big

    with mock.patch.object(statement, "reader", with_many_rules):
        rate(read_statement, texts, seconds / 2)
        big_whole, big_found = rate(read_statement, texts, seconds), rate(evidence, texts, seconds)
    print(
        f"{MANY} times the rules             {100 * big_whole / whole:8.0f} % of the throughput, "
        f"{100 * big_found / found:.0f} % of rules and signals alone"
    )

    unit = " ".join(texts[:200]) + " "
    times = []
    for many in (8, 16, 32):
        text, taken = unit * many, []
        for _ in range(3):
            start = time.process_time()
            read_statement(text)
            taken.append(time.process_time() - start)
        times.append(min(taken))
    growth = ", ".join(f"{later / earlier:.2f}" for earlier, later in itertools.pairwise(times))
    print(f"a text twice as long takes     {growth} times as long ({len(unit) * 32 / 1e6:.1f} MB in {times[-1]:.2f} s)")


if __name__ == "__main__":
    main()

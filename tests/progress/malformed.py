"""Spoil good files in the ways that files get spoiled. Each way keeps or breaks a score, and never makes up another."""

from __future__ import annotations

import random

WIDE_HEAD = "id,baseline,target,current,direction"
LONG_HEAD = "id,week,score,phase,target,direction"


def good_wide(dice: random.Random) -> str:
    rows = [
        f"s{n},{dice.randint(0, 40)},{dice.randint(50, 90)},{dice.randint(10, 99)},{dice.choice(['increase', ''])}"
        for n in range(8)
    ]
    return "\n".join([WIDE_HEAD, *rows]) + "\n"


def good_long(dice: random.Random) -> str:
    lines = [
        f"s{n},{week},{dice.randint(10, 99)},{'baseline' if week < 4 else 'support'},{60 + n},increase"
        for n in range(4)
        for week in range(1, 12)
    ]
    return "\n".join([LONG_HEAD, *lines]) + "\n"


def _in_a_line(dice, text, change):
    lines = text.split("\n")
    place = dice.randrange(1, len(lines) - 1)
    lines[place] = change(lines[place])
    return "\n".join(lines)


def _in_a_cell(dice, text, change, first=1):
    """Any name is a good name, so the first cell is spoiled only in ways that show."""

    def at(line):
        cells = line.split(",")
        place = dice.randrange(first, len(cells))
        cells[place] = change(cells[place])
        return ",".join(cells)

    return _in_a_line(dice, text, at)


def _cut_a_line(dice, line):
    """The start of a line, cut between two cells, so that no number is made up."""
    return ",".join(line.split(",")[: dice.randint(1, 3)])


def _cut_the_file(dice, text):
    lines = text.split("\n")
    place = dice.randrange(1, len(lines) - 1)
    return "\n".join([*lines[:place], _cut_a_line(dice, lines[place])])


def _swallow(dice, text):
    """Open a quotation mark in one line and close it in a later one."""
    lines = text.split("\n")
    first = dice.randrange(1, len(lines) - 3)
    lines[first] = lines[first].replace(",", ',"', 1)
    last = dice.randrange(first + 1, len(lines) - 1)
    lines[last] += '"'
    return "\n".join(lines)


GARBAGE = [
    "#REF!",
    "ten",
    "4O",
    "l2",
    "1.2.3",
    "--5",
    "1e999",
    "inf",
    "0,7",
    "５x",
    "\x00",
    "<b>",
    "=1+1",
    "?",
    "\ufffd",
]

# Name of the way -> how. The first kind works on text, the second on bytes.
ON_TEXT = {
    "a garbled cell": lambda dice, text: _in_a_cell(dice, text, lambda cell: dice.choice(GARBAGE)),
    "letters after a number": lambda dice, text: _in_a_cell(dice, text, lambda cell: cell + dice.choice("xO#?*")),
    "an open quotation mark": lambda dice, text: _in_a_cell(dice, text, lambda cell: '"' + cell, 0),
    "a closing quotation mark": lambda dice, text: _in_a_cell(dice, text, lambda cell: cell + '"', 0),
    "a quotation mark over lines": _swallow,
    "one cell too many": lambda dice, text: _in_a_cell(dice, text, lambda cell: cell + ",extra"),
    "a cut line": lambda dice, text: _in_a_line(dice, text, lambda line: _cut_a_line(dice, line)),
    "a cut file": _cut_the_file,
    "blank lines": lambda dice, text: text.replace("\n", "\n\n,,,,,\n"),
    "another delimiter": lambda dice, text: text.replace(",", dice.choice(";\t")),
    "another delimiter in one line": lambda dice, text: _in_a_line(dice, text, lambda line: line.replace(",", ";")),
    "a repeated line": lambda dice, text: _in_a_line(dice, text, lambda line: f"{line}\n{line}"),
    "no header": lambda dice, text: text.split("\n", 1)[1],
    "a header twice": lambda dice, text: text.split("\n", 1)[0] + "\n" + text,
    "a renamed column": lambda dice, text: text.replace(dice.choice(["id", "target"]), "thing", 1),
    "a title": lambda dice, text: "Progress, room 12\n\n" + text,
    "line ends": lambda dice, text: text.replace("\n", dice.choice(["\r\n", "\r", "\r\r\n"])),
    "only a header": lambda dice, text: text.split("\n", 1)[0],
    "spaces": lambda dice, text: text.replace(",", dice.choice([" ,", ", ", " , "])),
}
ON_BYTES = {
    "a byte-order mark": lambda dice, raw: b"\xef\xbb\xbf" + raw,
    "utf-16": lambda dice, raw: raw.decode().encode("utf-16"),
    "utf-16 without a mark": lambda dice, raw: raw.decode().encode("utf-16-le"),
    "a byte that is no text": lambda dice, raw: _byte(dice, raw, b"\xff"),
    "a zero byte": lambda dice, raw: _byte(dice, raw, b"\x00"),
    "nothing": lambda dice, raw: b"",
    "a picture": lambda dice, raw: b"\x89PNG\r\n\x1a\n" + dice.randbytes(300),
    "a broken workbook": lambda dice, raw: b"PK\x03\x04" + dice.randbytes(300),
}


def _byte(dice, raw, byte):
    place = dice.randrange(len(raw))
    return raw[:place] + byte + raw[place:]


def spoil(number: int) -> tuple[str, str, bytes]:
    """The way a file of this number was spoiled, the good text and the spoiled bytes."""
    dice = random.Random(number)
    text = dice.choice([good_wide, good_long])(dice)
    ways = [*ON_TEXT, *ON_BYTES]
    way = ways[number % len(ways)]
    if way in ON_TEXT:
        return way, text, ON_TEXT[way](dice, text).encode("utf-8")
    return way, text, ON_BYTES[way](dice, text.encode())

"""A teacher's own file while she looks at it: how it was read, which column holds what, and what she corrected.

The bytes are never changed; corrections lie beside them and are read into the lines each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iep_training.model import CANNOT_CLASSIFY, CourseError, Growth
from iep_training.progress import words
from iep_training.progress.columns import Form
from iep_training.progress.names import initials
from iep_training.progress.preview import preview
from iep_training.progress.reading import Read, Row, corrected, read_bytes
from iep_training.progress.scores import ScoreLine
from iep_training.progress.values import vocabulary

OF_THE_GOAL = ("target", "direction")  # what a correction sets on every line of a student's goal
CORRECTABLE: dict[Form, tuple[str, ...]] = {
    "wide": ("baseline", "target", "current", "direction"),
    "long": ("when", "score", "phase", *OF_THE_GOAL),
}


class Change(NamedTuple):
    """A cell to correct: its line (0: every line of the student's goal), its field of Row or ScoreLine, the text."""

    line: int
    field: str
    text: str


class OwnFile:
    """One file of progress data, as read so far. `complaint` says why it can't be read yet, "" once it can."""

    def __init__(self, raw: bytes, name: str) -> None:
        """Look at the bytes of a CSV or Excel file. Raises CourseError when it holds nothing to look at."""
        self.name = name
        self.look = preview(raw, name)
        self.complaint = ""
        self._raw = raw
        self._first: Read | None = None
        self._changes: dict[tuple[int, str], str] = {}
        self._again: Read | None = None
        self._growths: tuple[Growth, ...] | None = None
        try:
            self._take(read_bytes(raw, name))
        except CourseError as error:
            self.complaint = str(error)

    def map(self, chosen: Mapping[str, str]) -> None:
        """Read the file again with these columns: our name of each with the file's own. Corrections are let go.

        What is not chosen is in no column, and is not guessed. Raises CourseError, and changes nothing, when the file
        can't be read that way.
        """
        mapping = {role: chosen.get(role, "") for role in vocabulary()["columns"]}
        self._take(read_bytes(self._raw, self.name, mapping))

    @property
    def read(self) -> Read:
        """What the file holds, corrections included. Raises CourseError with the complaint where it can't be read."""
        if self._again is None:
            raise CourseError(self.complaint)
        return self._again

    @property
    def growths(self) -> tuple[Growth, ...]:
        """Every student classified, in the order of the file."""
        if self._growths is None:
            self._growths = self.read.growths()
        return self._growths

    def ids(self) -> list[str]:
        """The students as the file names them, each once."""
        return list(dict.fromkeys(line.id for line in self._lines()))

    def lines_of(self, at: int) -> list[Row | ScoreLine]:
        """The lines that the growth at this place was made of."""
        if self.read.form == "wide":
            return [self.read.rows[at]]
        keys = list(dict.fromkeys((line.id, line.goal) for line in self.read.lines))
        return [line for line in self.read.lines if (line.id, line.goal) == keys[at]]

    def correct(self, at: int, changes: Iterable[Change]) -> None:
        """Correct cells of the student at this place; a cell set back to the file's own text is no longer corrected."""
        own = [line.line for line in self.lines_of(at)]
        for change in changes:
            if change.field not in CORRECTABLE[self.read.form] or change.line not in (0, *own):
                raise CourseError(words.say("file", "no_such_cell", name=self.name))
            for number in own if change.line == 0 else [change.line]:
                self._changes[number, change.field] = change.text.strip()
        self._apply()

    def not_used(self) -> list[str]:
        """What could not be used and why, a student each, with the line."""
        told = []
        for at, growth in enumerate(self.growths):
            if growth.category == CANNOT_CLASSIFY:
                where = words.say("file", "on_line", line=self.read.rows[at].line) if self.read.rows else ""
                told.append(f"{growth.id}{where}: {growth.why}")
        return told

    def use_initials(self) -> None:
        """Show initials in place of what looks like full names."""
        short = initials(self.ids())
        self._changes |= {(line.line, "id"): short[line.id] for line in self._lines() if short[line.id] != line.id}
        self._apply()

    def undo(self) -> None:
        """Take every corrected cell back; initials stay."""
        self._changes = {cell: text for cell, text in self._changes.items() if cell[1] == "id"}
        self._apply()

    def corrections(self) -> list[str]:
        """What was corrected, in words, without the names that were shortened."""
        return self._corrected(self._lines())

    def corrections_of(self, at: int) -> list[str]:
        """What was corrected for the student at this place, in words."""
        return self._corrected(self.lines_of(at))

    def _corrected(self, lines: Iterable[Row | ScoreLine]) -> list[str]:
        before = self._before()
        told = []
        for line in lines:
            for field in CORRECTABLE[self.read.form]:
                old, new = getattr(before[line.line], field), getattr(line, field)
                if old != new:
                    where = "" if field in OF_THE_GOAL else words.say("file", "on_line", line=line.line)
                    which = words.sentences()["field"][field]
                    told.append(words.say("file", "corrected", id=line.id, which=which, where=where, old=old, new=new))
        return list(dict.fromkeys(told))

    def _lines(self) -> tuple[Row | ScoreLine, ...]:
        return self.read.rows or self.read.lines

    def _before(self) -> dict[int, Row | ScoreLine]:
        """The lines as the file has them, by number."""
        return {} if self._first is None else {line.line: line for line in self._first.rows or self._first.lines}

    def _take(self, read: Read) -> None:
        self._first = self._again = read
        self.complaint = ""
        self._changes = {}
        self._growths = None

    def _apply(self) -> None:
        if self._first is not None:
            before = self._before()
            self._changes = {
                (number, field): text
                for (number, field), text in self._changes.items()
                if getattr(before[number], field) != text or before[number].broken
            }
            self._again = corrected(self._first, self._changes)
            self._growths = None

"""Find each label a free place beside what it names, so that a chart needs no color key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
_CHARACTER = 0.56  # the width of an average character, as a share of the size of the type


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> float:
        """The area that two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place: x, y is the baseline of the text at its anchor."""

    text: str
    x: float
    y: float
    anchor: Anchor
    kind: str

    def box(self, size: float) -> Box:
        """The room the words take at this size of type."""
        width = len(self.text) * size * _CHARACTER
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - size * 0.85, left + width, self.y + size * 0.25)


def freest(candidates: Iterable[Label], taken: Sequence[Box], paper: Box, size: float) -> Label:
    """The candidate that covers least of what is already there; earlier ones win ties. Off the paper counts worst."""

    def cost(label: Label) -> float:
        box = label.box(size)
        outside = (box.right - box.left) * (box.bottom - box.top) - box.covers(paper)
        return sum(box.covers(other) for other in taken) + 10 * outside

    return min(candidates, key=cost)


def along(start: tuple[float, float], end: tuple[float, float], steps: int = 24) -> list[Box]:
    """Small boxes along a line, for labels to keep clear of."""
    boxes = []
    for step in range(steps + 1):
        x = start[0] + (end[0] - start[0]) * step / steps
        y = start[1] + (end[1] - start[1]) * step / steps
        boxes.append(Box(x - 4, y - 4, x + 4, y + 4))
    return boxes


def around(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float, str]]:
    """Places right, above, below and left of a short level bar."""
    middle = (start[0] + end[0]) / 2
    spots: list[tuple[float, float, str]] = [(end[0] + 10, end[1] + lower, "start") for lower in (5, -8, 20)]
    for away in (14, 24, 36, 50):
        spots += [(middle, end[1] - away, "middle"), (middle, end[1] + away + 10, "middle")]
    return [*spots, (start[0] - 10, end[1] + 5, "end")]


def beside(start: tuple[float, float], end: tuple[float, float], *, rising: bool) -> list[tuple[float, float, str]]:
    """Places along a line, above its start for a rising goal and so on, near enough to be read as its name."""
    spots: list[tuple[float, float, str]] = []
    for part in (0.35, 0.5, 0.65, 0.2, 0.8, 0.92):
        x, y = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
        over, under = (
            [(x - 6, y - 8, "end"), (x + 6, y - 8, "start")],
            [(x + 6, y + 18, "start"), (x - 6, y + 18, "end")],
        )
        spots += over + under if rising else under + over
    return spots

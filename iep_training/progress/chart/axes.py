"""The axes of a chart: scores up the side, weeks or dates along the foot."""

from __future__ import annotations

from collections.abc import Sequence

from iep_training.model import Growth, Point
from iep_training.progress.chart.labels import Label
from iep_training.progress.chart.scale import Scale, ticks
from iep_training.progress.chart.sentences import say
from iep_training.progress.chart.shapes import PLOT_HEIGHT, RIGHT, TYPE, WIDTH, cut, line, text
from iep_training.progress.words import figure


def score_axis(x: Scale, y: Scale, unit: str, top: float) -> list[str]:
    """Round scores on level lines, and the unit above."""
    shapes = []
    for tick in score_ticks(y):
        shapes.append(line("grid", (x.start, y(tick)), (WIDTH - RIGHT, y(tick))))
        shapes.append(text(Label(figure(tick), x.start - 6, y(tick) + 5, "end", "tick")))
    if unit:
        shapes.append(text(Label(cut(unit, 48), 8, top - 25, "start", "tick")))
    return shapes


def time_axis(growth: Growth, points: Sequence[Point], x: Scale, top: float, goal_label: str) -> list[str]:
    """Weeks or dates as the file has them, and when the goal is due."""
    foot = top + PLOT_HEIGHT
    shapes = [line("axis", (x.start, foot), (WIDTH - RIGHT, foot))]
    weeks = _in_weeks(points)
    if weeks or not points:
        marks = [(tick, figure(tick)) for tick in ticks(x.low, x.high, 7) if tick == int(tick)]
    else:
        marks = _spread([(point.when, point.label) for point in points], x)
    for when, name in marks:
        shapes.append(line("axis", (x(when), foot), (x(when), foot + 5)))
        shapes.append(text(Label(name, x(when), foot + 20, "middle", "tick")))
    if weeks:
        shapes.append(text(Label(say("week"), (x.start + x.end) / 2, foot + 39, "middle", "tick")))
    if growth.goal_when is not None:
        due = say("goal_due", when=goal_label) if goal_label else say("goal_due_unnamed")
        shapes.append(text(Label(due, WIDTH - RIGHT, foot + 39, "end", "goal-words")))
    return shapes


def score_ticks(y: Scale) -> list[float]:
    """The scores that are written along the axis."""
    return ticks(y.low, y.high, 5)


def _in_weeks(points: Sequence[Point]) -> bool:
    return all(not point.label or point.label.strip().replace(".", "", 1).isdigit() for point in points)


def _spread(marks: Sequence[tuple[float, str]], x: Scale) -> list[tuple[float, str]]:
    """The first label, and each next one that has room: dates are long."""
    kept: list[tuple[float, str]] = []
    free = 0.0
    for when, name in marks:
        width = len(name) * TYPE * 0.56
        if x(when) - width / 2 >= free and x(when) + width / 2 <= WIDTH:
            kept.append((when, name))
            free = x(when) + width / 2 + 8
    return kept

"""What a chart says in words, for whoever hears it and does not see it."""

from __future__ import annotations

from collections.abc import Sequence

from iep_training.model import Growth, Point
from iep_training.progress import words
from iep_training.progress.words import figure


def say(name: str, /, **values: object) -> str:
    """A label or sentence of the section "chart" in words.toml."""
    return words.say("chart", name, **values)


def phase_name(phase: str) -> str:
    """The name of a phase as a reader knows it: the file's own word, or "with support"."""
    return phase.strip() or say("support")


def describe(growth: Growth, points: Sequence[Point], unit: str, goal_label: str, *, worked: bool = True) -> str:
    """The whole chart in a few sentences: what was scored, baseline and now if `worked`, target, trend."""
    scored = [point for point in points if point.score is not None]
    unit = f" {unit}" if unit else ""
    told = []
    if growth.points and scored:
        ends = {"first": when_words(scored[0]), "last": when_words(scored[-1])}
        told.append(say("told_scores", count=words.count(len(scored)), **ends))
    if worked and growth.baseline is not None:
        told.append(say("told_baseline", value=figure(growth.baseline), unit=unit))
    if worked and growth.current is not None:
        told.append(say("told_now" if growth.points else "told_now_row", value=figure(growth.current), unit=unit))
    if growth.target is not None:
        told.append(say("told_target", value=figure(growth.target), unit=unit))
    if growth.goal_when is not None:
        told.append(say("told_due", when=goal_label or say("week_number", number=figure(growth.goal_when))))
    if growth.rate is not None:
        way = "rises" if growth.rate > 0 else "falls" if growth.rate < 0 else "level"
        told.append(say(f"told_{way}", rate=figure(round(abs(growth.rate), 2))))
    return " ".join(told) or say("nothing")


def when_words(point: Point) -> str:
    """When a score was taken, as the file has it: "week 3", "9/14/2026"."""
    text = point.label or figure(point.when)
    return say("week_number", number=text) if text.replace(".", "", 1).isdigit() else text

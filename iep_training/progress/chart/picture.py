"""Draw one student's progress as SVG: baseline, goal line, scores, trend, phases, target, and where things stand now.

The picture never says the category: the same chart serves a question and its answer.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import groupby, pairwise
from pathlib import Path

from iep_training.model import Growth, Point
from iep_training.progress.chart.axes import score_axis, score_ticks, time_axis
from iep_training.progress.chart.labels import Box, Label, along, around, beside, freest
from iep_training.progress.chart.scale import Scale, score_range
from iep_training.progress.chart.sentences import describe, phase_name, say, when_words
from iep_training.progress.chart.shapes import PLOT_HEIGHT, RIGHT, TYPE, WIDTH, cut, heading, line, text
from iep_training.progress.words import figure

BOTTOM = 46
_TITLE_WIDTH = 40  # characters
_TALLEST = 1e12

Ends = tuple[tuple[float, float], tuple[float, float]]  # of a line


def draw(growth: Growth, *, title: str, unit: str = "", goal_label: str = "", worked: bool = True) -> str:
    """One chart as an SVG element, with its title and a description in words for screen readers.

    `unit` names what is counted ("words a minute"), `goal_label` the day the goal is due, as a person would write it.
    A wide row, without points, is drawn as two: the baseline and now. Text is escaped; any growth can be drawn.
    With `worked` False, what a reader works out from the points of a series, baseline and now, is left to the reader.
    """
    worked = worked or not growth.points
    unit = unit or growth.unit
    points = growth.points or _two_points(growth)
    scored = [point for point in points if point.score is not None]
    title_lines = textwrap.wrap(title, _TITLE_WIDTH, max_lines=3, placeholder=" …")
    top = 20 * len(title_lines) + 48
    height = top + PLOT_HEIGHT + BOTTOM
    body = [heading(title_lines)]
    heights = _heights(growth, points)
    if heights and max(map(abs, heights)) < _TALLEST:
        body += _plot(growth, points, scored, unit, goal_label, top, worked)
    else:
        reason = say("too_tall" if heights else "nothing")
        body.append(text(Label(reason, WIDTH / 2, top + PLOT_HEIGHT / 2, "middle", "")))
    words = describe(growth, points, unit, goal_label, worked=worked)
    name = f"iep-{zlib.crc32(repr((title, growth, unit, goal_label, worked)).encode()):08x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="iep-chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(words)}</desc><style>{style()}</style>'
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="6"/>{"".join(body)}</svg>'
    )


@cache
def style() -> str:
    """The style sheet of every chart, which each carries so that it can stand alone."""
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def _two_points(growth: Growth) -> tuple[Point, ...]:
    baseline, now = say("baseline"), say("now")
    pair = Point(0, growth.baseline, "baseline", baseline), Point(1, growth.current, "", now)
    return pair if growth.baseline is not None or growth.current is not None else ()


def _plot(
    growth: Growth,
    points: Sequence[Point],
    scored: Sequence[Point],
    unit: str,
    goal_label: str,
    top: float,
    worked: bool,
) -> list[str]:
    x, y = _scales(growth, points, top)
    # Above the scores of a series stand the names of its phases.
    paper = Box(x.start, top - (2 if growth.points else 20), WIDTH - RIGHT, top + PLOT_HEIGHT)
    shapes = [*score_axis(x, y, unit, top), *time_axis(growth, points, x, top, goal_label)]
    labels: list[Label] = []
    taken = [Box(x(p.when) - 7, y(p.score) - 7, x(p.when) + 7, y(p.score) + 7) for p in scored if p.score is not None]
    lines: list[tuple[str, Ends]] = []
    rising = growth.direction != "decrease"

    if growth.target is not None:
        lines.append(("target", ((x.start, y(growth.target)), (WIDTH - RIGHT, y(growth.target)))))
    goal_line = _goal_line(growth, points, x, y)
    if goal_line:
        lines.append(("goal", goal_line))
    trend = _trend(growth, scored, x, y)
    if trend:
        lines.append(("trend", trend))
    shapes += [line(kind, *ends) for kind, ends in lines]
    for _, ends in lines:
        taken += along(*ends)

    if growth.points:
        shapes += _phases(points, x, top)
    shapes += _scores(scored, x, y)
    for _, run in groupby(scored, key=lambda point: point.phase):
        for ends in pairwise((x(point.when), y(point.score)) for point in run if point.score is not None):
            taken += along(*ends, steps=4)
    now = _now(growth, scored, x, y) if worked else None
    if now and now[0] != now[1]:
        shapes.append(line("now", *now))
        taken += along(*now)

    def put(words: str, kind: str, spots: Sequence[tuple[float, float, str]]) -> None:
        candidates = [Label(words, x, y, anchor, kind) for x, y, anchor in spots]  # type: ignore[arg-type]
        label = freest(candidates, taken, paper, TYPE)
        labels.append(label)
        taken.append(label.box(TYPE))

    if growth.target is not None:
        up, down = y(growth.target) - 6, y(growth.target) + 16
        first, second = (up, down) if rising else (down, up)
        spots = [(place, height, anchor) for height in (first, second) for place, anchor in _sides(x)]
        put(f"{say('target')} {figure(growth.target)}", "goal-words", spots)
    if now and growth.current is not None:
        put(f"{say('now')} {figure(growth.current)}", "", around(*now))
    if goal_line:
        put(_goal_line_words(growth, points), "goal-words", beside(*goal_line, rising=rising))
    if trend:
        put(say("trend"), "trend-words", beside(*trend, rising=not rising))
    if worked and growth.baseline is not None:
        marks = [(x(p.when), y(p.score)) for p in scored if p.phase == "baseline" and p.score is not None]
        highest, lowest = (choose(marks, key=lambda mark: mark[1]) for choose in (min, max))
        under, over = (lowest[1] + 22, lowest[1] + 40), (highest[1] - 12, highest[1] - 30)
        pairs = zip(under, over, strict=True) if rising else zip(over, under, strict=True)
        spots = [(marks[0][0] - 7, height, "start") for pair in pairs for height in pair]
        spots += [(mark[0] + 10, mark[1] + 5, "start") for mark in (lowest, highest, marks[-1])]
        put(f"{say('baseline')} {figure(growth.baseline)}", "", spots)
    return shapes + [text(label) for label in labels]


def _scales(growth: Growth, points: Sequence[Point], top: float) -> tuple[Scale, Scale]:
    whens = [point.when for point in points] or [0.0]
    if growth.goal_when is not None:
        whens.append(growth.goal_when)
    low, high = min(whens), max(whens)
    if low == high:
        low, high = low - 1, high + 1
    edge = (0.04 if growth.points else 0.25) * (high - low)
    y = Scale(*score_range(_heights(growth, points)), top + PLOT_HEIGHT, top)
    longest = max(len(figure(tick)) for tick in score_ticks(y))
    return Scale(low - edge, high + edge, 14 + longest * TYPE * 0.62, WIDTH - RIGHT), y


def _heights(growth: Growth, points: Sequence[Point]) -> list[float]:
    """Every score that the chart has to find room for."""
    all_of_them = [growth.baseline, growth.target, growth.current, growth.trend_end, *(point.score for point in points)]
    return [height for height in all_of_them if height is not None]


def _goal_line(growth: Growth, points: Sequence[Point], x: Scale, y: Scale) -> Ends | None:
    """From the baseline to the target on the day the goal is due; without a day, to the last score."""
    if growth.baseline is None or growth.target is None or growth.baseline_when is None:
        return None
    end = growth.goal_when if growth.goal_when is not None else max(point.when for point in points)
    return (x(growth.baseline_when), y(growth.baseline)), (x(end), y(growth.target))


def _goal_line_words(growth: Growth, points: Sequence[Point]) -> str:
    if growth.goal_when is not None:
        return say("goal_line")
    return say("goal_line_to", when=when_words(max(points, key=lambda point: point.when)))


def _trend(growth: Growth, scored: Sequence[Point], x: Scale, y: Scale) -> Ends | None:
    after = [point.when for point in scored if point.phase != "baseline"]
    if growth.rate is None or growth.trend_end is None or not after:
        return None
    start = growth.trend_end - growth.rate * (after[-1] - after[0])
    return (x(after[0]), y(start)), (x(after[-1]), y(growth.trend_end))


def _now(growth: Growth, scored: Sequence[Point], x: Scale, y: Scale) -> Ends | None:
    """A short bar at the height of the current score, across the scores it is the median of."""
    after = [point for point in scored if point.phase != "baseline"][-3:]
    if growth.current is None or not after:
        return None
    return (x(after[0].when), y(growth.current)), (x(after[-1].when), y(growth.current))


def _scores(scored: Sequence[Point], x: Scale, y: Scale) -> list[str]:
    """Points joined within a phase, never across a change; squares are baseline, dots come after."""
    shapes = []
    for _, run in groupby(scored, key=lambda point: point.phase):
        places = [(x(point.when), y(point.score), point.phase) for point in run if point.score is not None]
        shapes.append(f'<polyline class="data" points="{" ".join(f"{a:g},{b:g}" for a, b, _ in places)}"/>')
        for a, b, phase in places:
            if phase == "baseline":
                shapes.append(f'<rect class="before" x="{a - 4.5:g}" y="{b - 4.5:g}" width="9" height="9"/>')
            else:
                shapes.append(f'<circle class="after" cx="{a:g}" cy="{b:g}" r="5"/>')
    return shapes


def _phases(points: Sequence[Point], x: Scale, top: float) -> list[str]:
    """A line at each change of phase, with the name of the phase that begins there."""
    shapes = []
    changes = [
        (x((before.when + after.when) / 2), phase_name(after.phase))
        for before, after in pairwise(points)
        if before.phase != after.phase
    ]
    for (place, name), (end, _) in pairwise([*changes, (WIDTH, "")]):
        shapes.append(line("phase", (place, top - 14), (place, top + PLOT_HEIGHT)))
        room = int((end - place - 8) / (TYPE * 0.56))
        shapes.append(text(Label(cut(name, room), place + 5, top - 6, "start", "tick")))
    return shapes


def _sides(x: Scale) -> list[tuple[float, str]]:
    return [(x.end - 2, "end"), (x.start + 4, "start"), ((x.start + x.end) / 2, "middle")]

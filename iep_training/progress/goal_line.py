"""Where the scores lie against the goal line: advice for the weeks ahead, never the category.

The four-point rule (IRIS Center, National Center on Intensive Intervention) is only a prompt to talk: in simulation a
student exactly on track has four scores in a row below the line in 30% of 12-point series, 64% of 30-point series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Literal

from iep_training.model import Growth, Point
from iep_training.progress import words
from iep_training.progress.measures import TOLERANCE, line_at

POINTS = 4


def place(growth: Growth, before: Sequence[Point], after: Sequence[Point], goal_when: float | None) -> Growth:
    """Add the goal line, from the end of the baseline to the target at `goal_when` (a week), and what it shows.

    Without `goal_when` there is only its start. Notes say, in words, the rates, whether progress is sufficient so far
    (until the goal is due), and the four-point prompt.
    """
    baseline, target, current = growth.baseline, growth.target, growth.current
    if baseline is None or target is None or current is None:
        return growth
    started = [point.when for point in before if point.when <= after[0].when] or [before[-1].when]
    start = started[-1]
    growth = replace(growth, baseline_when=start)
    if goal_when is None or goal_when <= start:
        return growth
    ends = (start, baseline), (goal_when, target)
    rate_needed = (target - baseline) / (goal_when - start)
    notes = [_rates(rate_needed, growth.rate)]
    allowed = TOLERANCE * abs(target - baseline)
    sign = 1 if target > baseline else -1

    on_line = None
    if after[-1].when < goal_when:
        # The median of the last three scores stands for the middle of their weeks, so it is compared there.
        expected = line_at(median(point.when for point in after[-3:]), *ends)
        on_line = sign * (current - expected) >= -allowed
        notes.append(words.say("note", "on_line" if on_line else "off_line", expected=words.figure(round(expected, 1))))

    ahead = [sign * (point.score - line_at(point.when, *ends)) for point in after[-POINTS:] if point.score is not None]
    four_point = _four_point(ahead, allowed)
    if four_point:
        notes.append(words.say("note", four_point))
    return replace(
        growth,
        goal_when=goal_when,
        rate_needed=rate_needed,
        on_goal_line=on_line,
        four_point=four_point,
        notes=(*growth.notes, *notes),
    )


def _four_point(ahead: Sequence[float], allowed: float) -> Literal["below", "above", "mixed"] | None:
    if len(ahead) < POINTS:
        return None
    if all(distance < -allowed for distance in ahead):
        return "below"
    return "above" if all(distance > allowed for distance in ahead) else "mixed"


def _rates(needed: float, actual: float | None) -> str:
    if actual is None:
        return words.say("note", "rate_needed", needed=words.figure(round(needed, 2)))
    return words.say("note", "rates", needed=words.figure(round(needed, 2)), actual=words.figure(round(actual, 2)))

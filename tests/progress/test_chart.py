"""The chart: everything on it has its words, nothing on it tells the category, and no text of a user is markup."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from iep_training.model import Growth, Point, Series
from iep_training.progress import chart, classify_row, classify_series
from iep_training.progress.chart.labels import Box, Label
from iep_training.progress.chart.scale import ticks
from iep_training.progress.words import sentences

SVG = "{http://www.w3.org/2000/svg}"
RISING = [20, 22, 24, 26, 30, 31, 35, 38, 40]
FALLING = [10, 9, 11, 8, 7, 8, 6, 5, 5]


def series(scores=RISING, target=60, labels=None, **more):
    points = tuple(
        Point(week, score, "baseline" if week < 4 else "support", labels[week - 1] if labels else str(week))
        for week, score in enumerate(scores, start=1)
    )
    return Series("Ana", points, target, **more)


def drawn(growth, **more):
    return ElementTree.fromstring(chart.draw(growth, title="Ana reads", **more))


def texts(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def lines(svg, kind):
    return [
        {name: float(line.get(name)) for name in ("x1", "y1", "x2", "y2")}
        for line in svg.iter(f"{SVG}line")
        if line.get("class") == kind
    ]


@pytest.fixture
def whole():
    return drawn(classify_series(series(goal_when=36)), unit="words a minute", goal_label="5/28/2027")


def test_every_part_is_named_beside_it(whole):
    assert {
        "Ana reads", "words a minute", "baseline 22", "target 60", "now 38", "goal line", "trend", "support",
        "week", "goal due 5/28/2027",
    } <= set(texts(whole))  # fmt: skip


def test_title_and_description_are_tied_to_the_picture(whole):
    names = whole.get("aria-labelledby").split()
    assert whole.get("role") == "img"
    assert [whole[0].get("id"), whole[1].get("id")] == names
    assert whole[0].text == "Ana reads"
    assert "9 scores from week 1 to week 9. The baseline is 22 words a minute." in whole[1].text
    assert "due 5/28/2027" in whole[1].text


def test_baseline_scores_have_another_shape(whole):
    assert len([rect for rect in whole.iter(f"{SVG}rect") if rect.get("class") == "before"]) == 3
    assert len(list(whole.iter(f"{SVG}circle"))) == 6


def test_the_goal_line_leads_from_the_baseline_to_the_target_when_it_is_due(whole):
    (goal,), (target,) = lines(whole, "goal"), lines(whole, "target")
    assert goal["y2"] == target["y1"] < goal["y1"]
    assert goal["x1"] < goal["x2"] < target["x2"]


def test_scores_are_not_joined_across_a_change_of_phase(whole):
    assert len(lines(whole, "phase")) == 1
    assert [len(line.get("points").split()) for line in whole.iter(f"{SVG}polyline")] == [3, 6]


def test_an_absence_between_the_first_scores_does_not_end_the_baseline():
    points = tuple(Point(week, score) for week, score in enumerate([20, None, 22, 21, 25, None, 30, 31], start=1))
    svg = drawn(classify_series(Series("Ana", points, 60)))
    assert len(lines(svg, "phase")) == 1
    assert [len(line.get("points").split()) for line in svg.iter(f"{SVG}polyline")] == [3, 3]


@pytest.mark.parametrize(
    ("scores", "target"),
    [
        ([10, 11, 9, 8, 6, 5, 4, 3, 2, 2, 1], 2),
        ([10, 11, 9, 8, 7, 8, 7, 6, 6, 5, 6, 5], 2),
        ([20, 22, 21, 30, 38, 45, 52, 58, 66, 70, 71], 68),
    ],
)
def test_baseline_and_now_are_named_beside_their_marks_and_cover_no_score(scores, target):
    svg = drawn(classify_series(series(scores, target, goal_when=36)))
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in svg.iter(f"{SVG}circle")]
    squares = [(float(one.get("x")) + 4.5, float(one.get("y")) + 4.5) for one in svg.iter(f"{SVG}rect") if one.get("x")]
    for text in svg.iter(f"{SVG}text"):
        kind = text.text.split()[0]
        if kind not in ("now", "baseline"):
            continue
        label = Label(text.text, float(text.get("x")), float(text.get("y")), text.get("text-anchor", "start"), "")
        box = label.box(13)
        assert not any(box.covers(Box(x - 5, y - 5, x + 5, y + 5)) for x, y in dots + squares), text.text
        marks = dots[-3:] if kind == "now" else squares
        assert min(max(box.left - x, 0) + max(box.top - y, y - box.bottom, 0) for x, y in marks) < 30, text.text


def test_a_trend_only_from_six_scores():
    assert not lines(drawn(classify_series(series(RISING[:8]))), "trend")
    assert lines(drawn(classify_series(series(RISING))), "trend")


def test_without_a_due_date_the_goal_line_says_where_it_ends():
    assert "goal line to week 9" in texts(drawn(classify_series(series())))


def test_dates_are_shown_as_written():
    dates = [f"9/{day}/2026" for day in range(1, 10)]
    assert "9/1/2026" in texts(drawn(classify_series(series(labels=dates))))


def test_a_wide_row_is_drawn_as_baseline_and_now():
    svg = drawn(classify_row("Ana", 20, 68, 44))
    assert {"baseline 20", "now 44", "target 68"} <= set(texts(svg))
    assert not lines(svg, "phase")


@pytest.mark.parametrize("scores", [RISING, FALLING])
def test_neither_chart_nor_table_tells_the_category(scores):
    growth = classify_series(series(scores, target=60 if scores is RISING else 2))
    shown = chart.draw(growth, title="Ana") + chart.table(growth)
    assert not any(name.lower() in shown.lower() for name in sentences()["category"].values())
    assert growth.category not in shown


ANY = [
    Growth("x", "cannot_classify", None, None, None, None, "no"),
    classify_row("x", None, 5, None),
    classify_row("x", 5, None, None),
    classify_row("x", 5, 5, 5),
    classify_row("x", 0, 1e-9, 0),
    classify_row("x", -1e308, 1e308, 0),
    classify_series(Series("x", (), 5)),
    classify_series(Series("x", (Point(1, None),), None)),
    classify_series(Series("x", (Point(3, 7.5),), 9)),
    classify_series(Series("x", tuple(Point(3, 7.0) for _ in range(8)), 9)),
    classify_series(series(FALLING, target=2, goal_when=9)),
    classify_series(series([0] * 9, target=0)),
]


@pytest.mark.parametrize("growth", ANY)
def test_any_growth_can_be_drawn(growth):
    svg = drawn(growth)
    assert svg[1].text
    assert not re.search(r"\b(nan|inf)\b", ElementTree.tostring(svg, encoding="unicode").lower().split("</style>")[-1])
    ElementTree.fromstring(chart.table(growth))


def test_text_is_never_markup():
    nasty = '<script>alert("x")</script>&"\''
    points = tuple(Point(week, week * 2.0, nasty if week > 3 else "baseline", nasty) for week in range(1, 10))
    growth = classify_series(Series(nasty, points, 60, unit=nasty))
    for shown in (
        chart.draw(growth, title=nasty, unit=nasty, goal_label=nasty),
        chart.table(growth, unit=nasty, caption=nasty),
        chart.overview([growth], title=nasty, unit=nasty),
    ):
        assert "<script" not in shown
        ElementTree.fromstring(shown)


def test_the_table_holds_every_number_and_absence():
    table = ElementTree.fromstring(chart.table(classify_series(series([20, None, *RISING[2:]])), unit="words"))
    cells = [[cell.text for cell in row] for row in table.iter("tr")]
    assert cells[0] == ["When", "Score (words)", "Phase"]
    assert cells[2] == ["week 2", "absent", "baseline"]
    assert cells[-1] == ["Target", "60", "the annual goal"]
    assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))


def test_a_class_overview_says_category_and_reason_beside_each_chart():
    growths = [classify_series(series()), classify_row("Bo", 10, 2, 6)]
    page = chart.overview(growths, title="Room 12")
    assert page.count("<svg") == 2
    assert "<strong>Need more support to grow.</strong> Gained 16 of the 38 needed" in page
    assert "Borderline, look again." in page


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (0, 97, [0, 20, 40, 60, 80]), (-0.3, 0.31, [-0.2, 0, 0.2])],
)  # fmt: skip
def test_ticks_are_round_numbers(low, high, found):
    assert ticks(low, high, 5) == found


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 720])
def test_all_words_lie_inside_the_picture_and_can_be_read(page, width):
    page.set_viewport_size({"width": width, "height": 600})
    long = classify_series(series([1020, 1022, 1024, *(1000 + 40 * week for week in range(4, 20))], 2000, goal_when=36))
    svg = chart.draw(long, title="A long title that goes over more than one line of the picture", unit="words a minute")
    page.set_content(f'<meta name="viewport" content="width=device-width"><body style="margin:0">{svg}')
    outside = page.evaluate(
        """() => {
            const paper = document.querySelector('svg').getBoundingClientRect()
            return [...document.querySelectorAll('svg text')].filter(text => {
                const box = text.getBoundingClientRect()
                return box.left < paper.left - 1 || box.right > paper.right + 1 || box.bottom > paper.bottom + 1
            }).map(text => text.textContent)
        }"""
    )
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('svg text')].map(text =>
            parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
    )
    assert smallest >= 10.5

"""The growth rule for whole tables, in the engine that holds them: pandas, polars, DuckDB, Dask or PySpark.

Everything is written once, through narwhals, with joins and medians that every engine knows; nothing is collected, so
a lazy frame stays lazy and the data may be larger than one machine. Needs narwhals; any extra column is kept in rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from iep_training.model import CourseError
from iep_training.progress import words
from iep_training.progress.measures import TOLERANCE
from iep_training.progress.rule import BORDER, CUT, FIRST, LAST, TREND_FROM
from iep_training.progress.values import vocabulary

if TYPE_CHECKING:
    import narwhals as nw

_POINT = ("id", "when", "score")


def classify_rows(frame: Any, cut: float = CUT) -> Any:
    """The frame with columns category, attainment and borderline added, in its own engine.

    Columns: baseline, target, current (numbers; missing ones may be null or NaN) and, if there, direction (text).
    """
    import narwhals as nw

    _check_cut(cut)
    table = _with_text(nw.from_native(frame), "direction")
    return _classified(table, cut).drop("iep_way", "iep_direction").to_native()


def classify_series(frame: Any, cut: float = CUT) -> Any:
    """One row a student and goal: id, category, baseline, current, target, attainment, borderline.

    Columns: id, when (weeks or days, numbers), score, target (numbers; a missing score is an absence) and, if there,
    phase and direction (text). A goal's due date and mastery criterion are not looked at. Rows without an id are left
    out; the order of the answer is the engine's own.
    """
    import narwhals as nw

    _check_cut(cut)
    table = _with_text(_with_text(nw.from_native(frame), "direction"), "phase")
    table = table.filter(~nw.col("id").is_null()).select(
        nw.col("id"),
        nw.col("iep_direction"),
        when=nw.col("when").cast(nw.Float64),
        score=_number("score"),
        target=_number("target"),
        marked=nw.when(nw.col("iep_phase") == "").then(nw.lit(0)).otherwise(nw.lit(1)),
        before=nw.when(nw.col("iep_phase").is_in(_words("phase", "baseline"))).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    about = _grouped(
        table,
        nw.col("target").min(),
        nw.col("target").max().alias("other_target"),
        nw.col("iep_direction").max(),
        nw.col("marked").max().alias("has_phases"),
    )
    scored = _scored(table.filter(~nw.col("score").is_null()), about)
    after = scored.filter(nw.col("before") == 0).select("id", "when", "score")
    baseline = _grouped(scored.filter(nw.col("before") == 1), nw.col("score").median().alias("baseline"))
    answer = about.join(baseline, on="id", how="left")
    for more in (_current(after), _trend(after)):
        answer = answer.join(more, on="id", how="left")
    enough = (nw.col("after_count") >= LAST) & (nw.col("target") == nw.col("other_target"))
    answer = answer.with_columns(current=nw.when(enough).then(nw.col("current")))
    answer = _classified(answer, cut)
    end = (nw.col("trend_end") - nw.col("baseline")) / nw.col("iep_way")
    answer = answer.with_columns(end=nw.when(nw.col("category") != "cannot_classify").then(end))
    differs = (~nw.col("end").is_null()) & (_category("end", cut) != nw.col("category"))
    return (
        answer.with_columns(borderline=nw.col("borderline") | differs)
        .select("id", "category", "baseline", "current", "target", "attainment", "borderline")
        .to_native()
    )


def _classified(table: Any, cut: float) -> Any:
    """Add attainment, category, borderline, and iep_way: target minus baseline, null where nothing can be told."""
    import narwhals as nw

    baseline, target, current = _number("baseline"), _number("target"), _number("current")
    way = target - baseline
    word = nw.col("iep_direction")
    up, down = word.is_in(_words("direction", "increase")), word.is_in(_words("direction", "decrease"))
    blank = word.is_in(_words("absent", "words"))
    agrees = blank | (up & (target > baseline)) | (down & (target < baseline))
    usable = (way.abs() > TOLERANCE * target.abs()) & way.is_finite() & agrees & ~current.is_null()
    table = table.with_columns(iep_way=nw.when(usable).then(way))
    table = table.with_columns(attainment=(current - baseline) / nw.col("iep_way"))
    table = table.with_columns(attainment=_number("attainment"))
    share = nw.col("attainment")
    near = ((share - 1).abs() <= BORDER + TOLERANCE) | ((share - cut).abs() <= BORDER + TOLERANCE)
    return table.with_columns(
        category=_category("attainment", cut),
        borderline=nw.when(share.is_null()).then(nw.lit(False)).otherwise(near),
    )


def _category(column: str, cut: float) -> nw.Expr:
    import narwhals as nw

    share = nw.col(column)
    named = nw.when(share >= cut - TOLERANCE).then(nw.lit("continue_to_grow")).otherwise(nw.lit("need_more_support"))
    named = nw.when(share >= 1 - TOLERANCE).then(nw.lit("big_growth")).otherwise(named)
    return nw.when(share.is_null()).then(nw.lit("cannot_classify")).otherwise(named)


def _scored(scored: Any, about: Any) -> Any:
    """Each score once, with `before` set to 1 for those that are the baseline: marked, or the first without phases."""
    import narwhals as nw

    scored = _settled(scored.unique(subset=["id", "when", "score", "before"], keep="any"))
    scored = scored.select("id", "when", "score", "before").join(about.select("id", "has_phases"), on="id")
    places = _pairs(scored.filter(nw.col("has_phases") == 0), earlier=True)
    places = _grouped(places, nw.len().alias("place"), by=_POINT)
    scored = scored.join(places, on=[*_POINT], how="left")
    first = (nw.col("has_phases") == 0) & (nw.col("place") <= FIRST)
    return _settled(scored.with_columns(before=nw.when(first).then(nw.lit(1)).otherwise(nw.col("before")).fill_null(0)))


def _pairs(points: Any, *, earlier: bool) -> Any:
    """Every score beside each score of the same series that is not later (or not earlier), itself included.

    Scores of the same time are ordered by score. A join, since not every engine can number rows within a series.
    """
    import narwhals as nw

    other = points.select("id", other_when=nw.col("when"), other_score=nw.col("score"))
    way = -1 if earlier else 1
    when, score = (nw.col("other_when") - nw.col("when")) * way, (nw.col("other_score") - nw.col("score")) * way
    return points.join(other, on="id").filter((when > 0) | ((when == 0) & (score >= 0)))


def _grouped(table: Any, *figures: nw.Expr, by: Sequence[str] = ("id",)) -> Any:
    return _settled(table.group_by(*by).agg(*figures))


def _settled(table: Any) -> Any:
    """The same table, as a step that its engine takes once.

    Dask's optimizer looks for the columns of a grouping after they are dropped; this hides them. Spark would plan and
    compute every step anew wherever it is used, and runs out of memory over the plan.
    """
    import narwhals as nw

    if table.implementation.is_dask():
        return nw.from_native(table.to_native().map_partitions(lambda part: part))
    if table.implementation.is_pyspark():
        return nw.from_native(table.to_native().localCheckpoint(eager=False))
    return table


def _current(after: Any) -> Any:
    import narwhals as nw

    places = _grouped(_pairs(after, earlier=False), nw.len().alias("place"), by=_POINT)
    last = nw.when(nw.col("place") <= LAST).then(nw.col("score"))
    return _grouped(
        places.with_columns(last=last),
        nw.col("last").median().alias("current"),
        nw.col("score").count().alias("after_count"),
    )


def _trend(after: Any) -> Any:
    """The Theil-Sen line's value at the last score, for series with enough scores after the baseline."""
    import narwhals as nw

    sizes = _grouped(after, nw.len().alias("size"), nw.col("when").max().alias("last_when"))
    many = _settled(after.join(sizes.filter(nw.col("size") >= TREND_FROM), on="id"))
    pairs = _pairs(many.select("id", "when", "score"), earlier=False).filter(nw.col("other_when") > nw.col("when"))
    slope = (nw.col("other_score") - nw.col("score")) / (nw.col("other_when") - nw.col("when"))
    slopes = _grouped(pairs.with_columns(slope=slope), nw.col("slope").median())
    ends = many.join(slopes, on="id").with_columns(
        end=nw.col("score") + nw.col("slope") * (nw.col("last_when") - nw.col("when"))
    )
    return _grouped(ends, nw.col("end").median().alias("trend_end"))


def _number(column: str) -> nw.Expr:
    """A column as numbers, null where it holds none, NaN or infinity."""
    import narwhals as nw

    value = nw.col(column).cast(nw.Float64)
    return nw.when(value.is_finite()).then(value)


def _with_text(table: Any, column: str) -> Any:
    """The frame with this column as plain lower-case text beside it, named iep_..., "" where there is none."""
    import narwhals as nw

    text = nw.lit("")
    if column in table.collect_schema().names():
        text = nw.col(column).cast(nw.String).fill_null("").str.strip_chars().str.to_lowercase()
    return table.with_columns(text.alias(f"iep_{column}"))


def _words(section: str, name: str) -> list[str]:
    own = [name] if section == "direction" else []
    return [*own, *vocabulary()[section][name]]


def _check_cut(cut: float) -> None:
    if not 0 < cut < 1:
        raise CourseError(words.say("cannot", "cut"))

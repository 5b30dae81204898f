"""One rule, every engine: pandas, polars, DuckDB, Dask, and PySpark where it is installed."""

import math
import random

import pytest

from iep_training.model import CourseError, Point, Series
from iep_training.progress import classify_row, classify_series, frames

nw = pytest.importorskip("narwhals")
pd = pytest.importorskip("pandas")

# Dask's support is about to move to a package of its own; until then narwhals says so at every step.
# PySpark may warn of the versions of pandas and Arrow beside it, and leaves its gateway's sockets open.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dask support is moving:FutureWarning"),
    pytest.mark.filterwarnings("ignore:PySpark:FutureWarning"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


def to_pandas(table):
    return table


def to_polars(table):
    return pytest.importorskip("polars").from_pandas(table)


def to_lazy_polars(table):
    return to_polars(table).lazy()


def to_duckdb(table):
    return pytest.importorskip("duckdb").connect().from_df(table)


def to_dask(table):
    return pytest.importorskip("dask.dataframe").from_pandas(table, npartitions=3)


def to_pyspark(table):
    sql = pytest.importorskip("pyspark.sql")
    local = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.sql.shuffle.partitions": "2"}
    spark = sql.SparkSession.builder.master("local[1]").config(map=local).getOrCreate()
    return spark.createDataFrame(table)


engines = pytest.mark.parametrize(
    "engine", [to_pandas, to_polars, to_lazy_polars, to_duckdb, to_dask, to_pyspark], ids=lambda one: one.__name__[3:]
)


def rows_of(frame):
    table = nw.from_native(frame)
    table = table.collect() if isinstance(table, nw.LazyFrame) else table
    return list(table.iter_rows(named=True))


def value(dice):
    if dice.random() < 0.08:
        return dice.choice([None, math.nan, math.inf, -1e308, 1e308])
    return dice.choice([dice.randint(0, 60), round(dice.random(), 1), dice.uniform(-5, 5)])


def finite(one):
    return one if one is not None and math.isfinite(one) else None


@pytest.fixture(scope="module")
def rows():
    dice = random.Random(3)
    words = ["", "", "", "increase", " Decrease ", "up", None, "sideways"]
    return [(f"s{n}", value(dice), value(dice), value(dice), dice.choice(words)) for n in range(3000)]


@pytest.fixture(scope="module")
def series():
    dice = random.Random(4)
    found = []
    for number in range(300):
        phases, slope = dice.random() < 0.6, dice.uniform(-1, 2)
        points = []
        for week in dice.sample(range(20), dice.randint(2, 14)):
            score = round(dice.choice([5 + slope * week + dice.gauss(0, 1), dice.randint(0, 10)]), 1)
            phase = ("Baseline" if week < 5 else dice.choice("BC")) if phases else ""
            points.append(Point(week, None if dice.random() < 0.08 else score, phase))
        target, way = dice.choice([10.0, 20.0, 0.0, None, 5.0]), dice.choice(["", "", "increase", "decrease"])
        found.append(Series(f"s{number}", tuple(points), target, way))
    return found


@engines
def test_rows(engine, rows):
    table = pd.DataFrame(rows, columns=["id", "baseline", "target", "current", "direction"])
    table = table.astype(dict.fromkeys(("baseline", "target", "current"), float))
    answers = rows_of(frames.classify_rows(engine(table)))
    assert len(answers) == len(rows)
    right = {id: classify_row(id, *map(finite, numbers), word or "") for id, *numbers, word in rows}
    for answer in answers:
        growth = right[answer["id"]]
        assert (answer["category"], answer["borderline"]) == (growth.category, growth.borderline), answer
        if growth.attainment is not None:
            assert answer["attainment"] == growth.attainment


@engines
def test_series(engine, series):
    lines = [(one.id, float(p.when), p.score, p.phase, one.target, one.direction) for one in series for p in one.points]
    random.Random(5).shuffle(lines)
    table = pd.DataFrame(lines, columns=["id", "when", "score", "phase", "target", "direction"])
    table = table.astype({"score": float, "target": float})
    answers = rows_of(frames.classify_series(engine(table)))
    assert len(answers) == len(series)
    right = {one.id: classify_series(one) for one in series}
    for answer in answers:
        growth = right[answer["id"]]
        assert (answer["category"], answer["borderline"]) == (growth.category, growth.borderline), answer
        if growth.attainment is not None:
            found = [answer[name] for name in ("baseline", "current", "target", "attainment")]
            assert found == pytest.approx([growth.baseline, growth.current, growth.target, growth.attainment])


def test_a_series_with_two_targets_is_not_guessed():
    lines = [("Ana", week, float(week), 9.0 if week else 8.0) for week in range(8)]
    table = pd.DataFrame(lines, columns=["id", "when", "score", "target"])
    assert rows_of(frames.classify_series(table))[0]["category"] == "cannot_classify"


def test_other_columns_are_kept():
    table = pd.DataFrame({"school": ["North"], "baseline": [20], "target": [68], "current": [44], "direction": ["Up "]})
    (answer,) = rows_of(frames.classify_rows(table))
    assert list(answer) == [*table.columns, "attainment", "category", "borderline"]
    assert (answer["school"], answer["direction"], answer["category"]) == ("North", "Up ", "continue_to_grow")


def test_no_direction_is_needed_and_none_is_added():
    table = pd.DataFrame({"baseline": [20], "target": [68], "current": [44]})
    assert "direction" not in frames.classify_rows(table).columns


def test_the_cut_is_checked():
    with pytest.raises(CourseError):
        frames.classify_rows(pd.DataFrame(), cut=1.5)

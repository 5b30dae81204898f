"""The growth rule beside its peers, in one run: time and peak memory, as ratios.

    python benchmarks/progress.py [rows in millions, default 1 and 10]

Each contender runs in a process of its own, so that memory is its own; CPU seconds are compared, since other work on
the machine hardly moves them. Slow contenders get fewer rows and are scaled.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SERIES, WEEKS = 200_000, 12
APPLY_ROWS, SCIPY_SERIES = 20_000, 400


def columns(rows: int):
    """Whole-number scores; each script makes them alike."""
    import numpy as np

    dice = np.random.default_rng(1)
    baseline = dice.integers(0, 50, rows).astype(float)
    target = baseline + dice.integers(1, 60, rows)
    return baseline, target, baseline + dice.integers(-5, 70, rows)


def timed(work: Callable[[], object], count: int, rounds: int = 3) -> None:
    """Print the best CPU nanoseconds for each of `count` things, and the peak memory so far in MB."""
    best = min(_cpu_seconds(work) for _ in range(rounds))
    print(best / count * 1e9, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


# --- rows in memory ---------------------------------------------------------------------------------------


def rows_floor(rows: int) -> None:
    """No rule at all: read the three columns and write one byte a row, in slices of the same size."""
    import numpy as np

    from iep_training.progress import arrays

    baseline, target, current = columns(rows)

    def work():
        codes = np.empty(rows, np.bool_)
        size = arrays._ROWS_AT_ONCE
        whole = np.empty(size)
        for start in range(0, rows, size):
            part = slice(start, min(start + size, rows))
            some = whole[: part.stop - start]
            np.add(baseline[part], target[part], out=some)
            np.greater(current[part], some, out=codes[part])

    timed(work, rows)


def rows_kit_numpy(rows: int) -> None:
    from iep_training.progress import arrays

    given = columns(rows)
    timed(lambda: arrays.classify_rows(*given), rows)


def rows_kit_numpy_borderline(rows: int) -> None:
    from iep_training.progress import arrays

    given = columns(rows)
    timed(lambda: (arrays.classify_rows(*given), arrays.borderline_rows(*given)), rows)


def rows_kit_numpy_mixed(rows: int) -> None:
    """Half of the goals fall, two numbers in a hundred are missing, and one target in a hundred is the baseline."""
    import numpy as np

    from iep_training.progress import arrays

    baseline, target, current = columns(rows)
    dice = np.random.default_rng(3)
    falls, same = dice.random(rows) < 0.5, dice.random(rows) < 0.01
    target[falls] = 2 * baseline[falls] - target[falls]
    target[same] = baseline[same]
    for column in (baseline, target, current):
        column[dice.random(rows) < 0.02] = np.nan
    timed(lambda: arrays.classify_rows(baseline, target, current), rows)


def rows_kit_polars(rows: int) -> None:
    import polars as pl

    from iep_training.progress import frames

    frame = pl.DataFrame(dict(zip(("baseline", "target", "current"), columns(rows), strict=True)))
    timed(lambda: frames.classify_rows(frame), rows)


def _pandas_frame(rows: int):
    import pandas as pd

    return pd.DataFrame(dict(zip(("baseline", "target", "current"), columns(rows), strict=True)))


def plain_pandas(frame):
    """What a pandas user writes: the same answers, column by column."""
    import numpy as np

    way = frame["target"] - frame["baseline"]
    usable = way.abs() > 1e-9 * frame["target"].abs()
    frame["attainment"] = ((frame["current"] - frame["baseline"]) / way).where(usable)
    share = frame["attainment"]
    frame["category"] = np.select(
        [share >= 1 - 1e-9, share >= 0.5 - 1e-9, share.notna()],
        ["big_growth", "continue_to_grow", "need_more_support"],
        "cannot_classify",
    )
    frame["borderline"] = ((share - 1).abs() <= 0.1 + 1e-9) | ((share - 0.5).abs() <= 0.1 + 1e-9)
    return frame


def rows_pandas(rows: int) -> None:
    frame = _pandas_frame(rows)
    timed(lambda: plain_pandas(frame.copy()), rows, rounds=2)


def rows_polars(rows: int) -> None:
    import polars as pl

    frame = pl.DataFrame(dict(zip(("baseline", "target", "current"), columns(rows), strict=True)))
    way, share = pl.col("target") - pl.col("baseline"), pl.col("attainment")
    category = (
        pl.when(share >= 1 - 1e-9)
        .then(pl.lit("big_growth"))
        .when(share >= 0.5 - 1e-9)
        .then(pl.lit("continue_to_grow"))
        .when(share.is_not_null())
        .then(pl.lit("need_more_support"))
        .otherwise(pl.lit("cannot_classify"))
    )
    near = ((share - 1).abs() <= 0.1 + 1e-9) | ((share - 0.5).abs() <= 0.1 + 1e-9)
    usable = way.abs() > 1e-9 * pl.col("target").abs()
    timed(
        lambda: frame.with_columns(
            attainment=pl.when(usable).then((pl.col("current") - pl.col("baseline")) / way)
        ).with_columns(category=category, borderline=near),
        rows,
    )


def rows_apply(rows: int) -> None:
    frame = _pandas_frame(min(rows, APPLY_ROWS))

    def one(row):
        way = row["target"] - row["baseline"]
        if abs(way) <= 1e-9 * abs(row["target"]):
            return "cannot_classify"
        share = (row["current"] - row["baseline"]) / way
        if share >= 1 - 1e-9:
            return "big_growth"
        return "continue_to_grow" if share >= 0.5 - 1e-9 else "need_more_support"

    timed(lambda: frame.apply(one, axis=1), len(frame), rounds=2)


# --- CSV to CSV -------------------------------------------------------------------------------------------


def csv_given(rows: int) -> None:
    """Write the file that the others read."""
    import polars as pl

    path = Path(os.environ["BENCH_CSV"])
    baseline, target, current = (column.astype(int) for column in columns(rows))
    ids = pl.Series([f"s{number}" for number in range(rows)])
    pl.DataFrame({"id": ids, "baseline": baseline, "target": target, "current": current}).write_csv(path)
    print(0, 0)


def csv_kit(rows: int) -> None:
    import polars as pl

    from iep_training.progress import frames

    path = Path(os.environ["BENCH_CSV"])
    answer = path.with_suffix(".kit.csv")
    timed(lambda: frames.classify_rows(pl.scan_csv(path)).sink_csv(answer), rows, rounds=1)


def csv_pandas(rows: int) -> None:
    import pandas as pd

    path = Path(os.environ["BENCH_CSV"])
    timed(lambda: plain_pandas(pd.read_csv(path)).to_csv(path.with_suffix(".pandas.csv"), index=False), rows, rounds=1)


# --- series -----------------------------------------------------------------------------------------------


def _series():
    import numpy as np

    dice = np.random.default_rng(2)
    weeks = np.arange(4.0, 4.0 + WEEKS)
    return weeks, 20 + (weeks - 3) * dice.normal(1, 0.5, (SERIES, 1)) + dice.normal(0, 3, (SERIES, WEEKS))


def series_kit_numpy(_: int) -> None:
    from iep_training.progress import arrays

    weeks, scores = _series()
    timed(lambda: arrays.trends(weeks, scores, baseline=20, target=60, start=3, due=36), SERIES)


def series_scipy(_: int) -> None:
    """A loop over groups of a long table, with SciPy inside, as analysts write it."""
    import numpy as np
    import pandas as pd
    from scipy.stats import linregress, theilslopes

    weeks, scores = _series()
    scores = scores[:SCIPY_SERIES]
    ids = np.repeat(np.arange(SCIPY_SERIES), WEEKS)
    table = pd.DataFrame({"id": ids, "week": np.tile(weeks, SCIPY_SERIES), "score": scores.ravel()})

    def one(group):
        slope = linregress(group["week"], group["score"]).slope
        trend = theilslopes(group["score"], group["week"], method="joint")
        last = group.tail(4)
        ahead = last["score"] - (20 + 40 * (last["week"] - 3) / 33)
        prompt = 1 if (ahead > 0).all() else -1 if (ahead < 0).all() else 0
        return slope, trend.slope, trend.intercept + trend.slope * group["week"].iloc[-1], prompt

    timed(lambda: [one(group) for _, group in table.groupby("id")], SCIPY_SERIES, rounds=2)


# --- the run ----------------------------------------------------------------------------------------------


def measure(name: str, rows: int, **environment: str) -> tuple[float, float]:
    """CPU nanoseconds a row (or series) and peak MB of one contender, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, name, str(rows)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment, "POLARS_MAX_THREADS": "2"},
    )
    nanoseconds, megabytes = map(float, done.stdout.split())
    return nanoseconds, megabytes


def table(title: str, contenders: dict[str, str], rows: int, **environment: str) -> None:
    """Measure and print contenders; the first is the one that the others are compared with."""
    print(f"\n{title}\n{'':34}{'CPU ns each':>14}{'times ours':>14}{'peak MB':>12}")
    ours = None
    for label, name in contenders.items():
        nanoseconds, megabytes = measure(name, rows, **environment)
        ours = ours or nanoseconds
        print(f"{label:34}{nanoseconds:>14,.1f}{nanoseconds / ours:>14,.2f}{megabytes:>12,.0f}", flush=True)


def main() -> None:
    sizes = [int(float(size) * 1_000_000) for size in sys.argv[1:]] or [1_000_000, 10_000_000]
    for rows in sizes:
        table(
            f"{rows:,} rows in memory",
            {
                "the kit, NumPy kernel": "rows_kit_numpy",
                "the kit, mixed and missing": "rows_kit_numpy_mixed",
                "the kit, borderline too": "rows_kit_numpy_borderline",
                "the kit, narwhals on polars": "rows_kit_polars",
                "memory floor (no rule)": "rows_floor",
                "polars expressions by hand": "rows_polars",
                "pandas columns by hand": "rows_pandas",
                f"DataFrame.apply ({APPLY_ROWS:,} rows)": "rows_apply",
            },
            rows,
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "district.csv"
            # In a process of its own, since a child starts from the peak memory of its parent.
            measure("csv_given", rows, BENCH_CSV=str(path))
            table(
                f"{rows:,} rows, CSV to CSV",
                {"the kit, narwhals on polars": "csv_kit", "plain pandas": "csv_pandas"},
                rows,
                BENCH_CSV=str(path),
            )
    table(
        f"{SERIES:,} series of {WEEKS} scores: slope, Theil-Sen, four-point",
        {"the kit, NumPy kernel": "series_kit_numpy", f"SciPy by group ({SCIPY_SERIES} series)": "series_scipy"},
        SERIES,
    )


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in globals():
        globals()[sys.argv[1]](int(sys.argv[2]))
    else:
        main()

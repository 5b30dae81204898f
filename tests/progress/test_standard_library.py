"""The kernel, the reader of CSV and the chart run where there is only Python's standard library, as in the browser."""

import subprocess
import sys

SCRIPT = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"numpy", "pandas", "narwhals", "openpyxl", "tqdm", "sqlite3", "scipy"}:
            raise ImportError(name)

sys.meta_path.insert(0, Blocked())
from iep_training.progress import chart, classify_row, practice, read_text

lines = "".join(f"Ana,{week},{20 + week},60\\n" for week in range(12))
growth = read_text("id,week,score,target\\n" + lines).growths()[0]
print(growth.category, classify_row("Bo", 20, 68, 44).category)
print(chart.draw(growth, title="Ana")[:4], chart.table(growth)[:6], chart.overview([growth], title="Class")[:8])
print(practice.case(1).kind)
from iep_training.progress import measures, summary
from iep_training.progress.own_file import OwnFile

file = OwnFile(b"id,baseline,target,current\\nMaya Torres,20,68,44\\n", "class.csv")
file.use_initials()
page = summary.to_html(file.growths, source=file.name, day="today")
print(measures.theil_sen(range(1_002), [week / 2 for week in range(1_002)])[0])
print(summary.rows(file.growths)[0]["Student"], page[:9])
"""


def test_without_any_other_package():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:5] == [
        "need_more_support continue_to_grow",
        "<svg <table <section",
        "classify",
        "0.5",
        "MT <!doctype",
    ]

"""How a class did: item by item, with the slips that many made, and who has not handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from iep_training import feedback
from iep_training.content.variants import SEED
from iep_training.grading.course import Assignment, load_assignment
from iep_training.grading.gradebook import open_gradebook
from iep_training.grading.submission import Submission, read_submission
from iep_training.model import Activity, Choose, Classify

TEMPLATE = Path(__file__).parent / "templates" / "report.html"
ROW = """\
<tr><th scope="row">{title}<br><small>{item}</small></th><td>{mean} of {points}<br>
<progress max="{points}" value="{mean}" aria-label="{title}: mean {mean} of {points} points"></progress></td>
<td>{full} of {answered}</td><td>{slip}</td></tr>"""


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item: `answered` learners, their mean points, how many earned all, and what most often stood in the way."""

    item: str
    title: str
    points: float
    answered: int
    mean: float
    full: int
    slip: str


@dataclass(frozen=True, slots=True)
class ClassReport:
    """A class in numbers. Names are ids of the gradebook; `alike` are those whose answers files are copies of one."""

    title: str
    items: tuple[ItemReport, ...]
    handed_in: tuple[str, ...]
    missing: tuple[str, ...]
    waiting: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...]


def class_report(course: Path, name: str) -> ClassReport:
    """Read the gradebook and the submitted answers of one assignment."""
    assignment = load_assignment(course, name)
    points: dict[str, list[float]] = {}
    waiting = set()
    with open_gradebook(course) as gradebook:
        everybody = {student.id for student in gradebook.students}
        handed_in = {submission.student.id for submission in gradebook.assignment_submissions(name)}
        for notebook in gradebook.notebook_submissions(name, name):
            for grade in notebook.grades:
                if grade.needs_manual_grade:
                    waiting.add(notebook.student.id)
                else:
                    points.setdefault(grade.name, []).append(grade.score)
    work = {student: read_submission(course / "submitted" / student / name) for student in sorted(handed_in)}
    slips = _slips(assignment, work.values())
    return ClassReport(
        title=assignment.title,
        items=tuple(_item(one, points.get(one.id, []), slips[one.id]) for one in assignment.activities),
        handed_in=tuple(sorted(handed_in)),
        missing=tuple(sorted(everybody - handed_in)),
        waiting=tuple(sorted(waiting)),
        alike=tuple(alike(work)),
    )


def alike(work: Mapping[str, Submission]) -> Iterator[tuple[str, ...]]:
    """Learners whose answers files have the same seed: every file draws its own, so one is a copy of the other."""
    by_seed: dict[str, list[str]] = {}
    for student, submission in work.items():
        if seed := submission.text(SEED):
            by_seed.setdefault(seed, []).append(student)
    yield from (tuple(students) for students in by_seed.values() if len(students) > 1)


def rows(report: ClassReport) -> Iterator[dict[str, Any]]:
    """The report's items, for a table or a CSV file."""
    for one in report.items:
        yield {
            "item": one.item,
            "title": one.title,
            "points": one.points,
            "graded": one.answered,
            "mean": one.mean,
            "all points": one.full,
            "most common slip": one.slip,
        }


def as_html(report: ClassReport) -> str:
    """The report as one page that loads nothing from outside."""
    body = "\n".join(
        ROW.format(
            title=escape(one.title),
            item=escape(one.item),
            mean=f"{one.mean:g}",
            points=f"{one.points:g}",
            full=one.full,
            answered=one.answered,
            slip=escape(one.slip) or "–",
        )
        for one in report.items
    )
    fields = {
        "@TITLE@": escape(report.title),
        "@ROWS@": body,
        "@COUNT@": str(len(report.handed_in)),
        "@MISSING@": escape(", ".join(report.missing)) or "nobody",
        "@WAITING@": escape(", ".join(report.waiting)) or "nobody",
        "@ALIKE@": escape("; ".join(", ".join(students) for students in report.alike)) or "nobody",
    }
    page = TEMPLATE.read_text(encoding="utf-8")
    for mark, text in fields.items():
        page = page.replace(mark, text)
    return page


def gradebook_rows(course: Path, name: str, system: str) -> Iterator[dict[str, Any]]:
    """Scores of one assignment in the columns that Canvas or Moodle reads."""
    assignment = load_assignment(course, name)
    with open_gradebook(course) as gradebook:
        total = gradebook.find_assignment(name).max_score
        if system == "canvas":
            yield _canvas("    Points Possible", "", "", assignment.title, total)
        for submission in gradebook.assignment_submissions(name):
            student = submission.student
            last, first = student.last_name or "", student.first_name or ""
            score = round(submission.score - submission.late_submission_penalty, 2)
            if system == "canvas":
                full_name = f"{last}, {first}".strip(", ") or student.id
                yield _canvas(full_name, student.lms_user_id or "", student.id, assignment.title, score)
            else:
                known: Mapping[str, Any] = {"Username": student.id, "First name": first, "Last name": last}
                yield {**known, "Email address": student.email or "", assignment.title: score}


def _canvas(name: str, number: str, login: str, title: str, score: float) -> dict[str, Any]:
    return {"Student": name, "ID": number, "SIS Login ID": login, "Section": "", title: score}


def _item(activity: Activity, points: list[float], slips: Counter[str]) -> ItemReport:
    common = slips.most_common(1)
    return ItemReport(
        item=activity.id,
        title=activity.title,
        points=activity.points,
        answered=len(points),
        mean=round(sum(points) / len(points), 2) if points else 0.0,
        full=sum(one >= activity.points for one in points),
        slip=f"{common[0][0]} ({common[0][1]})" if common else "",
    )


def _slips(assignment: Assignment, work: Iterable[Submission]) -> dict[str, Counter[str]]:
    """For each item, what stood in the way of full points, and how often."""
    slips: dict[str, Counter[str]] = {activity.id: Counter() for activity in assignment.activities}
    labels = {one["id"]: one["label"] for one in feedback.categories()}
    for submission in work:
        for item in slips:
            activity = assignment.dealt(item, submission.text(SEED))
            answer = feedback.clean(activity, submission.answers.get(activity.id, ""))
            if isinstance(activity, Classify):
                if answer in labels and not feedback.check(activity, answer).right:
                    slips[item][f"chose “{labels[answer]}”"] += 1
            elif answer:
                slip = "chose “{}”" if isinstance(activity, Choose) else "not yet: {}"
                unmet = (one.name for one in feedback.check(activity, answer).criteria if not one.met)
                slips[item].update(slip.format(name) for name in unmet)
    return slips

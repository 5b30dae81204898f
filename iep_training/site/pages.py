"""The site's own pages: prose in Markdown, frames in templates, joined with everything escaped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

import mistune

from iep_training import content
from iep_training.model import CourseError, Module
from iep_training.site.places import docs_folder, site_folder


def write(site: Path, docs: Sequence[str], megabytes: int) -> None:
    """Write every page into the site. `docs` names the longer guides; `megabytes` is what a first visit brings."""
    parts = {"guides": _guides(site, docs), "work": _template("work.html")}
    for source in sorted((site_folder() / "pages").glob("*.md")):
        body = re.sub(r"<p>\{\{(\w+)\}\}</p>", lambda found: parts[found[1]], _prose(source))
        _page(site, f"{source.stem}.html", body)
    _page(site, "index.html", _landing(megabytes), head=_LITE_ROOT)


# JupyterLite looks for its settings in the page at its root, which is ours.
_LITE_ROOT = '<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}</script>\n'


def module_link(module: Module) -> str:
    """The address of a module, from the site's root."""
    return f"notebooks/index.html?path={module.notebook}"


def _landing(megabytes: int) -> str:
    modules = content.modules()
    numbered = [module for module in modules if _number(module)]
    if not numbered:
        raise CourseError("course.toml lists no module with a number from 01 on. Add one")
    first = numbered[0]
    minutes = [module.minutes for module in numbered]
    rows = [
        _fill(
            "module.html",
            number=_number(module),
            link=module_link(module),
            title=module.title,
            minutes=module.minutes,
            objective=module.summary or module.objectives[0],
        )
        for module in numbered
    ]
    return _fill(
        "landing.html",
        course=_course_title(),
        modules=len(numbered),
        hours=_hours(sum(minutes)),
        each=_range(min(minutes), max(minutes)),
        first_link=module_link(first),
        first_number=_number(first),
        here_link=module_link(modules[0]),
        megabytes=megabytes,
    ).replace("{{modules}}", "\n".join(rows))


def _guides(site: Path, docs: Sequence[str]) -> str:
    """Write the guides' pages, and return the list that links to them."""
    folder = site / "guides"
    folder.mkdir()
    facilitator = content.course_folder() / "facilitator"
    sheets, handouts = sorted(facilitator.glob("*.md")), sorted(facilitator.glob("*_handout.md"))
    lists = []
    for heading, sources in (
        ("For facilitators", [path for path in sheets if path not in handouts]),
        ("Handouts to print", handouts),
        ("For whoever puts the course on a server or a stick", [docs_folder() / name for name in docs]),
    ):
        for source in sources:
            _page(site, f"guides/{source.stem}.html", _prose(source))
        items = [f'<li><a href="guides/{source.stem}.html">{escape(_title(source))}</a></li>' for source in sources]
        if items:
            lists.append(f"<h2>{heading}</h2>\n<ul>\n" + "\n".join(items) + "\n</ul>")
    for pictures in (facilitator / "images", docs_folder() / "images"):
        if pictures.is_dir():
            shutil.copytree(pictures, folder / "images", dirs_exist_ok=True)
    return "\n".join(lists)


def _page(site: Path, name: str, body: str, head: str = "") -> None:
    title = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    if title is None:
        raise CourseError(f"The page {name} has no title. Begin its text with a line “# Title”")
    plain = re.sub(r"<[^>]+>", "", title[1]).strip()
    course = escape(_course_title())
    page = Template(_template("page.html")).substitute(
        title=plain if plain == course else f"{plain} · {course}",
        description=f"{plain}. A free course with practice that answers back.",
        course=course,
        root="../" * name.count("/"),
        head=head,
        body=body,
    )
    (site / name).write_text(page, encoding="utf-8")


def _fill(template: str, **values: object) -> str:
    return Template(_template(template)).substitute({name: escape(str(value)) for name, value in values.items()})


def _template(name: str) -> str:
    return (site_folder() / "templates" / name).read_text(encoding="utf-8")


def _prose(source: Path) -> str:
    try:
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"The page {source.name} is missing from {source.parent}") from None
    return str(_markdown(text))


def _title(source: Path) -> str:
    return next(
        (line[2:].strip() for line in source.read_text(encoding="utf-8-sig").splitlines() if line[:2] == "# "),
        source.stem,
    )


# What a handout has in a cell that is to be filled in by hand.
_SPACE_TO_WRITE = "…"


class _Renderer(mistune.HTMLRenderer):
    """HTML with names on headings, a new sheet for each handout, and links between guides that fit the site."""

    def heading(self, text: str, level: int, **attributes: object) -> str:
        plain = re.sub(r"<[^>]+>", "", text)
        name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
        handout = ' class="handout"' if plain.lower().startswith("handout") else ""
        return f'<h{level} id="{name}"{handout}>{text}</h{level}>\n'

    def table(self, text: str) -> str:
        # A table too wide for a phone scrolls by itself, by keyboard too.
        return f'<div class="table" tabindex="0" role="group" aria-label="Table">\n<table>\n{text}</table>\n</div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        kind = "th" if head and text.strip() else "td"  # an empty corner is no heading
        write = ' class="write"' if text.strip() == _SPACE_TO_WRITE else ""
        return f"<{kind}{write}>{text}</{kind}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, re.sub(r"^([^:]+)\.md(#|$)", r"\1.html\2", url), title)


_markdown = mistune.create_markdown(escape=True, renderer=_Renderer(escape=True), plugins=["table"])


def _course_title() -> str:
    return str(content.read_toml(content.course_folder() / "course.toml")["title"])


def _number(module: Module) -> int:
    digits = module.id.split("_")[0]
    return int(digits) if digits.isdecimal() else 0


def _range(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least} to {most}"


def _hours(minutes: int) -> str:
    if minutes < 90:
        return f"{minutes} minutes"
    halves = round(minutes / 30)
    return f"{halves // 2}{'½' if halves % 2 else ''} hours"

"""The draft on paper: Word, HTML and Markdown, whatever a person wrote into it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from building import empty_draft

from iep_training.iep.draft import Draft
from iep_training.iep.export import file_name
from iep_training.iep.export_html import to_html
from iep_training.iep.export_markdown import to_markdown
from iep_training.iep.export_word import to_word
from iep_training.iep.store import DraftStore
from iep_training.model import CourseError

HOSTILE = (
    "<script>alert(1)</script> & <img src=x onerror=alert(2)> “quoted” 😀\n"
    "قالت جدتها إنها تحب القصص\n"
    "\x00\x07\x1b[31mred\x0b\ufffe\ud800 end\n"
    "# heading\n- list\n1. first\n| a | b |\n*bold* [link](javascript:x) `code` ![x](y)\n]]> --> {{7*7}}"
)


@pytest.fixture
def hostile(drafts: DraftStore) -> Draft:
    for part in ("voices.family", "supports.who", "goals.goal"):
        drafts.edit("June", part, HOSTILE)
    drafts.edit("June", "meeting.opening", "")
    return drafts.draft("June")


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_has_a_title_a_language_headings_and_header_cells(hostile: Draft) -> None:
    page = Tags(to_html(hostile))
    names = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en-US"}) in page.tags
    assert names.count("h1") == names.count("title") == 1
    assert names.count("h2") == len(hostile.sections) + 1
    tables = [section for section in hostile.sections if section.layout == "table"]
    assert names.count("table") == names.count("thead") == len(tables) == 3
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert links == [f"#{section.id}" for section in hostile.sections]


def test_the_note_to_the_family_is_one_text_that_can_be_sent(drafts: DraftStore) -> None:
    docx = pytest.importorskip("docx")
    note = {
        "moment": "Today June read aloud.",
        "from": " In fall she hid. ",
        "helped": "",
        "next": "",
        "invite": "Call me!",
    }
    for part, text in note.items():
        drafts.edit("June", f"family-note.{part}", text)
    draft = drafts.draft("June")
    sent = "Today June read aloud. In fall she hid. Call me!"
    assert f'<p dir="auto">{sent}</p>' in to_html(draft)
    assert sent in to_markdown(draft).splitlines()
    assert sent in [one.text for one in docx.Document(io.BytesIO(to_word(draft))).paragraphs]
    for part in note:
        drafts.edit("June", f"family-note.{part}", "")
    assert to_markdown(drafts.draft("June")).count("*Not written yet.*") > to_markdown(draft).count(
        "*Not written yet.*"
    )


def test_html_shows_what_was_written_and_runs_none_of_it(hostile: Draft) -> None:
    html = to_html(hostile)
    page = Tags(html)
    assert not {"script", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert "<script>alert(1)</script> & <img src=x onerror=alert(2)> “quoted” 😀" in page.text
    assert "Not written yet." in page.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\ud800-\udfff]", html)
    assert "http://" not in html
    assert "https://" not in html


def test_markdown_keeps_every_word_and_no_mark_of_theirs(hostile: Draft) -> None:
    import mistune

    text = to_markdown(hostile)
    html = mistune.create_markdown(escape=False, plugins=["table"])(text)
    page = Tags(str(html))
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == 1
    assert names.count("h2") == len(hostile.sections) + 1
    assert names.count("table") == 3
    assert not {"script", "img", "a", "code", "strong", "ul", "ol"} & set(names)
    assert "*bold* [link](javascript:x) `code` ![x](y)" in page.text
    assert "<script>alert(1)</script> & <img src=x onerror=alert(2)>" in page.text


def test_word_has_headings_header_rows_a_language_and_a_title(hostile: Draft) -> None:
    import docx

    content = to_word(hostile)
    document = docx.Document(io.BytesIO(content))
    assert document.core_properties.title == "Strengths-based IEP draft: June, grade 4"
    assert document.core_properties.language == "en-US"
    assert document.core_properties.author == ""
    levels = [paragraph.style.name for paragraph in document.paragraphs]
    assert levels[0] == "Title"
    assert levels.count("Heading 1") == len(hostile.sections) + 1
    assert levels.count("Heading 2") > 10
    assert len(document.tables) == 3
    for table in document.tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        assert table._tbl.xpath("w:tblPr/w:tblCaption")
        assert all(cell.paragraphs[0].text for row in table.rows for cell in row.cells)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b'<w:lang w:val="en-US"' in archive.read("word/styles.xml")
        body = archive.read("word/document.xml").decode("utf-8")
    assert "قالت" in body
    assert body.count("<w:bidi/>") == body.count("<w:rtl/>") == 3
    assert "&lt;script&gt;" in body


def test_without_the_means_for_word_it_says_what_to_choose(hostile: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(CourseError, match="HTML"):
        to_word(hostile)


def test_word_can_be_made_again_and_again_without_growing(hostile: Draft) -> None:
    assert abs(len(to_word(hostile)) - len(to_word(hostile))) < 100


@pytest.mark.parametrize(
    ("student", "name"),
    [
        ("June, grade 4", "iep-draft-june.docx"),
        ("Zoë O'Neil", "iep-draft-zoe-o-neil.docx"),
        ("ليلى", "iep-draft.docx"),
        ("../../etc/passwd", "iep-draft-etc-passwd.docx"),
        ("CON", "iep-draft-con.docx"),
        ("", "iep-draft.docx"),
    ],
)
def test_a_file_name_suits_every_system(tmp_path: Path, student: str, name: str) -> None:
    draft = empty_draft(tmp_path, student)
    assert file_name(draft, "docx") == (name if student else "iep-draft-no-name.docx")


def _office() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice and pdftotext are not installed")
    return program


def _pdf(content: bytes, folder: Path) -> tuple[str, int]:
    """The text and the number of pages that LibreOffice makes of a Word file."""
    (folder / "draft.docx").write_bytes(content)
    settings = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [_office(), settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "draft.docx")], check=True, capture_output=True, timeout=180)
    pdf = str(folder / "draft.pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return text, text.count("\f")


def test_libreoffice_opens_a_hostile_draft_of_fifty_pages(hostile: Draft, drafts: DraftStore, tmp_path: Path) -> None:
    notes = "\n".join(f"Note {number}: " + "June writes one more sentence. " * 6 for number in range(300))
    for part in ("present-levels.data", "supports.teach"):
        drafts.edit("June", part, notes)
    draft = drafts.draft("June")
    text, pages = _pdf(to_word(draft), tmp_path)
    assert pages >= 50
    assert "Strengths-based IEP draft: June, grade 4" in text
    assert "<script>alert(1)</script>" in text
    assert text.count("Note 299:") == 2
    assert to_html(draft).count("Note 299:") == to_markdown(draft).count("Note 299:") == 2

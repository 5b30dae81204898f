"""The draft as a Word file that a screen reader can walk: headings, tables with header rows, a language, a title."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from iep_training.iep.draft import Draft, Section
from iep_training.iep.export import heading, letter, shown
from iep_training.iep.text import paragraphs, right_to_left, words
from iep_training.model import CourseError

if TYPE_CHECKING:
    from docx.document import Document

_LANGUAGE = "en-US"
_FONT = "Calibri"
_STYLES = (
    ("Normal", 11, "1F2933"),
    ("Title", 20, "0F3D3A"),
    ("Heading 1", 15, "0F5F58"),
    ("Heading 2", 12, "1F2933"),
    ("Subtitle", 11, "4A5763"),
    ("Quote", 11, "1F2933"),
)
# A table row up to this many characters stays on one page.
_FITS_ON_A_PAGE = 1200


def to_word(draft: Draft) -> bytes:
    """The draft as the content of a .docx file, which Word, LibreOffice and Google Docs open.

    Raises CourseError where Word files can't be made, as in the browser edition.
    """
    try:
        import docx
    except ImportError:
        raise CourseError(words()["draft"]["no_word"]) from None

    document = docx.Document()
    _set_up(document, heading(draft))
    said = words()["draft"]
    _write(document.add_paragraph(style="Title"), heading(draft))
    _write(document.add_paragraph(style="Quote"), draft.note)
    for section in draft.sections:
        document.add_heading(section.title, level=1)
        document.add_paragraph(section.about, style="Subtitle")
        if section.layout == "table":
            _table(document, section)
        elif section.layout == "letter":
            _text(document, letter(section))
        else:
            for part in shown(section):
                document.add_heading(part.title, level=2)
                _text(document, part.text)
    document.add_heading(said["before_you_use"], level=1)
    _write(document.add_paragraph(), draft.closing)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _text(holder: Any, text: str) -> None:
    """A text as paragraphs of the document or of a cell."""
    for line in paragraphs(text):
        _write(holder.add_paragraph(), line)
    if not text.strip():
        holder.add_paragraph().add_run(words()["draft"]["empty"]).italic = True


def _table(document: Document, section: Section) -> None:
    from docx.shared import Inches, Pt

    said = words()["draft"]
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    _name(table, section)
    header = table.rows[0]
    _mark(header._tr.get_or_add_trPr(), "w:tblHeader")
    for cell, title in zip(header.cells, (said["table_part"], said["table_text"]), strict=True):
        cell.paragraphs[0].add_run(title).bold = True
        _mark(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", fill="E3EFED")
    for part in shown(section):
        title, text = table.add_row().cells
        title.paragraphs[0].add_run(part.title).bold = True
        _text(text, part.text)
        # A new cell opens with an empty paragraph, which would show as a blank line.
        text._tc.remove(text.paragraphs[0]._p)
    for column, width in zip(table.columns, (Inches(2), Inches(4.5)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    for row in table.rows:
        if sum(len(cell.text) for cell in row.cells) < _FITS_ON_A_PAGE:
            _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
    document.add_paragraph()


def _write(paragraph: Any, text: str) -> None:
    """Put text in a paragraph, from right to left where it opens in such a script."""
    run = paragraph.add_run(text)
    if right_to_left(text):
        _mark(paragraph._p.get_or_add_pPr(), "w:bidi")
        run.font.rtl = True


# --- the document's own settings, which have no names in python-docx ----------------------------------------


def _set_up(document: Document, title: str) -> None:
    """Title and language of the document, Letter paper, quiet styles, and page numbers."""
    from docx.shared import Inches, Pt, RGBColor

    about = document.core_properties
    about.title, about.language, about.author, about.comments = title, _LANGUAGE, "", ""
    about.created = about.modified = datetime.now(UTC)
    styles: Any = document.styles
    languages = styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    for one in languages:
        one.set(_qualified("w:val"), _LANGUAGE)
    for name, points, color in _STYLES:
        font = styles[name].font
        font.name, font.size, font.color.rgb = _FONT, Pt(points), RGBColor.from_string(color)
        font.element.rPr.rFonts.attrib.pop(_qualified("w:asciiTheme"), None)
        font.element.rPr.rFonts.attrib.pop(_qualified("w:hAnsiTheme"), None)
        for spread in font.element.rPr.findall(_qualified("w:spacing")):
            font.element.rPr.remove(spread)  # letters stand no further apart than in other lines
        styles[name].paragraph_format.keep_with_next = name != "Normal"
    styles["Quote"].font.italic = styles["Subtitle"].font.italic = False
    page = document.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(1)
    page.top_margin = page.bottom_margin = Inches(0.9)
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{words()['draft']['page']} ")
    _mark(footer._p, "w:fldSimple", instr="PAGE")


def _name(table: Any, section: Section) -> None:
    """The title and description of a table that assistive technology reads out."""
    properties = table._tbl.tblPr
    _mark(properties, "w:tblCaption", val=section.title)
    _mark(properties, "w:tblDescription", val=section.about)


def _mark(parent: Any, name: str, **attributes: str) -> None:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(_qualified(f"w:{key}"), value)
    parent.append(element)


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))

"""The files of a paper: the same words in each, structure that a screen reader follows."""

import io
import re
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm

from performance.papers.document import Document, Paragraph, Section, Text
from performance.papers.writers import form, forms
from performance.papers.writers.docx import MARGIN
from tests.unit.performance.papers.reading import (
    READERS,
    HtmlReader,
    pdf_tags,
    said_by,
)
from tests.unit.performance.papers.sample import DATES, NASTY, document

TWIP = 635  # what a length in a Word file is rounded to


def made(slug: str, paper: Document | None = None) -> bytes:
    return form(slug).write(paper or document())


@pytest.mark.parametrize("slug", READERS)
def test_file_says_what_the_document_says(slug):
    told, read = said_by(document()), READERS[slug](made(slug))
    assert read.tables == told.tables
    assert read.headings == told.headings
    missing = [words for words in told.prose if words not in read.prose]
    assert missing == []


@pytest.mark.parametrize("slug", [each.slug for each in forms()])
def test_file_is_the_same_twice(slug):
    assert made(slug) == made(slug)


def test_every_form_has_a_public_one():
    public = {each.slug for each in forms() if each.public}
    assert {f"public-{each.slug}" for each in forms() if not each.public} == public
    assert {"pdf", "docx", "html"} <= {each.slug for each in forms()}


@pytest.mark.parametrize("slug", READERS)
def test_public_file_hides_small_numbers(slug):
    paper = document()
    read = READERS[slug](made(f"public-{slug}", paper))
    cells = [cell for table in read.tables for row in table for cell in row]
    assert "5.4%" not in cells
    assert "[c]" in cells
    assert "5.1.2 The rate is [c]." in read.prose
    assert "77" in cells


def test_pdf_is_tagged_with_title_language_and_standard():
    pdf, tree = pdf_tags(made("pdf"))
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Offenders theme: board paper"
        assert metadata["pdfuaid:part"] == "1"
    assert tree.all("Document")


def test_pdf_chart_is_a_figure_with_alternative_text():
    figures = pdf_tags(made("pdf"))[1].all("Figure")
    assert len(figures) == 1
    assert figures[0].alt.startswith("February 2018 to January 2021. Latest, January 2021: 77.")


def test_pdf_chart_is_drawn_not_photographed():
    pdf, _ = pdf_tags(made("pdf"))
    drawn = [each for page in pdf.pages for each in page.Resources.get("/XObject", {}).values()]
    assert all(each.Subtype != "/Image" for each in drawn)


def test_pdf_tables_have_header_cells_and_captions():
    tables = pdf_tags(made("pdf"))[1].all("Table")
    assert [len(table.all("TH")) for table in tables] == [10 + 2, 2]  # with two groups
    assert {cell.scope for table in tables for cell in table.all("TH")} == {"Column"}
    assert all(table.all("Caption")[0].text.startswith("Table ") for table in tables)


def test_wide_table_lies_on_a_landscape_page():
    pdf, _ = pdf_tags(made("pdf"))
    turned = [float(page.MediaBox[2]) > float(page.MediaBox[3]) for page in pdf.pages]
    assert turned == [False, True, False, False]
    sections = docx.Document(io.BytesIO(made("docx"))).sections
    assert [each.orientation == WD_ORIENT.LANDSCAPE for each in sections] == [False, True, False]


def test_docx_tables_repeat_their_header_and_keep_rows_whole():
    read = docx.Document(io.BytesIO(made("docx")))
    for table in read.tables:
        first, *rest = (row._tr.trPr for row in table.rows)
        assert first.find(qn("w:tblHeader")) is not None
        assert all(each.find(qn("w:tblHeader")) is None for each in rest)
        assert all(each.find(qn("w:cantSplit")) is not None for each in (first, *rest))


def test_docx_picture_has_alternative_text():
    read = docx.Document(io.BytesIO(made("docx")))
    (picture,) = read.inline_shapes
    assert picture._inline.docPr.get("descr").startswith("February 2018 to January 2021.")
    assert read.core_properties.title == "Offenders theme: board paper"


def test_marking_stands_at_head_and_foot():
    section = docx.Document(io.BytesIO(made("docx"))).sections[-1]
    assert section.header.paragraphs[0].text.startswith("OFFICIAL DRAFT")
    assert section.footer.paragraphs[0].text.startswith("OFFICIAL DRAFT")
    page = made("html").decode()
    assert page.count('<p class="marking">OFFICIAL DRAFT</p>') == 2


def test_docx_title_and_page_number_end_at_the_right_margin_of_every_page():
    for section in docx.Document(io.BytesIO(made("docx"))).sections:
        assert section.page_width
        written = section.page_width - 2 * Cm(MARGIN)
        for line in (section.header.paragraphs[0], section.footer.paragraphs[0]):
            ends = [
                (stop.position, stop.alignment)
                for stop in line.paragraph_format.tab_stops
                if stop.alignment != WD_TAB_ALIGNMENT.CLEAR
            ]
            assert ends == [(pytest.approx(written, abs=TWIP), WD_TAB_ALIGNMENT.RIGHT)]


def test_released_paper_is_not_called_a_draft():
    page = made("html", document(status="")).decode()
    assert '<p class="marking">OFFICIAL</p>' in page
    assert "raft" not in page


def test_html_stands_alone():
    page = made("html").decode()
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="|url\(|@import', page)
    assert "<b>bold</b>" not in page
    reader = HtmlReader()
    reader.feed(page)
    assert reader.tags.count("h1") == 1
    assert reader.tags.count("caption") == 2


@pytest.mark.parametrize("slug", READERS)
def test_paper_without_sections_can_be_written(slug):
    empty = Document("Empty", "", DATES, ())
    assert READERS[slug](made(slug, empty)).tables == []


@pytest.mark.parametrize("slug", READERS)
def test_words_are_never_markup(slug):
    paper = replace(
        document(),
        title=NASTY,
        sections=(Section("1", NASTY, (Paragraph("1.1", (Text(NASTY),)),)),),
    )
    assert READERS[slug](made(slug, paper)).headings == [(1, f"1. {NASTY}")]

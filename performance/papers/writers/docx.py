"""A paper as DOCX: real headings, tables with header rows, charts as pictures with alternative text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from performance.papers.document import ChartBlock, Document, ListBlock, Paragraph, Table
from performance.papers.layout import Heading, Stretch, sides, stretches, widths
from performance.papers.pictures import png_of
from performance.papers.suppression import suppressed
from performance.papers.writers import Form, register

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG, SHORT, MARGIN = 29.7, 21.0, 2.0  # centimetres
FONT, BODY, IN_TABLE = "Arial", 11, 9
INDENT = 1.6
NOTE = 4  # points around a note below a table
AUTHOR = "Aware"
TWIPS = 567  # to a centimetre
TABLE_TEXT = "Table Text"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLE = (
    '<w:tbl {names}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>'
    '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:firstColumn="1"'
    ' w:lastRow="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
    "<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
)
# The oldest time that a ZIP file can hold: the same document gives the same bytes.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(document: Document) -> bytes:
    import docx as python_docx  # noqa: PLC0415  # slow to import

    file = python_docx.Document()
    _styles(file)
    _properties(file, document)
    _title(file, document)
    for number, stretch in enumerate(stretches(document)):
        _orient(file, stretch, first=number == 0)
        for item in stretch.items:
            _item(file, item, LONG if stretch.landscape else SHORT)
    _margins(file, document)
    return _packed(file)


def _styles(file: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        font = file.styles[name].font
        font.name = FONT
        font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        fonts = font._element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    file.styles["Normal"].font.size = Pt(BODY)
    file.styles["Caption"].font.size = Pt(BODY)
    table = file.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    table.base_style = file.styles["Normal"]
    table.font.size, table.paragraph_format.space_after = Pt(IN_TABLE), Pt(2)
    language = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")


def _properties(file: Any, document: Document) -> None:
    known = file.core_properties
    known.title, known.author, known.language = document.title, AUTHOR, "en-GB"
    known.last_modified_by, known.comments = AUTHOR, ""
    known.created = known.modified = datetime.combine(document.dates.board, time())


def _title(file: Any, document: Document) -> None:
    file.add_paragraph(document.title, style="Title")
    if document.status:
        file.add_paragraph().add_run(document.status).bold = True
    for name, words in document.facts:
        line = file.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(words)


def _orient(file: Any, stretch: Stretch, *, first: bool) -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    section = file.sections[0] if first else file.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if stretch.landscape else WD_ORIENT.PORTRAIT
    width, height = (LONG, SHORT) if stretch.landscape else (SHORT, LONG)
    section.page_width, section.page_height = Cm(width), Cm(height)


def _item(file: Any, item: Any, width: float) -> None:
    match item:
        case Heading():
            file.add_heading(item.text, min(item.level, 3))
        case Paragraph():
            _numbered(file, item.number, item.text)
        case Table():
            _table(file, item, width)
        case ChartBlock():
            _chart(file, item, width)
            _table(file, item.table, width)
        case ListBlock():
            _list(file, item)


def _numbered(file: Any, number: str, words: str) -> Any:
    from docx.shared import Cm  # noqa: PLC0415

    paragraph = file.add_paragraph()
    if number:
        paragraph.paragraph_format.left_indent = Cm(INDENT)
        paragraph.paragraph_format.first_line_indent = Cm(-INDENT)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(INDENT))
        paragraph.add_run(f"{number}\t")
    paragraph.add_run(words)
    return paragraph


def _list(file: Any, block: ListBlock) -> None:
    if block.caption:
        head = _numbered(file, block.number, block.caption)
        head.runs[-1].bold = True
        head.paragraph_format.keep_with_next = True
    for runs in block.items:
        file.add_paragraph("".join(run.words for run in runs), style="List Bullet")


def _caption(file: Any, words: str) -> None:
    file.add_paragraph(words, style="Caption").paragraph_format.keep_with_next = True


def _chart(file: Any, chart: ChartBlock, width: float) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    _caption(file, chart.caption)
    picture = file.add_picture(io.BytesIO(png_of(chart.svg)), width=Cm(width - 2 * MARGIN))
    properties = picture._inline.docPr
    properties.set("descr", chart.alt)
    properties.set("title", chart.caption)


def _table(file: Any, table: Table, width: float) -> None:
    """Written as XML at once: cell by cell, python-docx takes seconds for a year of districts."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    _caption(file, table.caption)
    shares = widths(table)
    parts = [round((width - 2 * MARGIN) * TWIPS * share / sum(shares)) for share in shares]
    rows = [_row(table.header, table, parts, head=True)]
    rows += [_row([cell.words for cell in row], table, parts) for row in table.rows]
    grid = "".join(f'<w:gridCol w:w="{part}"/>' for part in parts)
    made = parse_xml(TABLE.format(names=NAMES, width=sum(parts), grid=grid, rows="".join(rows)))
    file.element.body.insert_element_before(made, "w:sectPr")
    for place, note in enumerate(table.notes):
        _small(said := file.add_paragraph(note))
        said.paragraph_format.space_before = Pt(0 if place else NOTE)
        said.paragraph_format.space_after = Pt(NOTE)
    if not table.notes:
        _small(file.add_paragraph())


def _row(words: Sequence[str], table: Table, parts: list[int], *, head: bool = False) -> str:
    if len(words) == 1:
        cells = _cell(
            words[0], sum(parts), f'<w:gridSpan w:val="{len(parts)}"/>', "left", bold=True
        )
    else:
        cells = "".join(
            _cell(said, part, "", side, bold=head)
            for said, part, side in zip(words, parts, sides(table), strict=True)
        )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(words: str, width: int, span: str, side: str, *, bold: bool) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{TABLE_TEXT.replace(" ", "")}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{weight}<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p></w:tc>'
    )


def _small(paragraph: Any) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    for run in paragraph.runs:
        run.font.size = Pt(IN_TABLE)


def _margins(file: Any, document: Document) -> None:
    """Marking at the left and title or page number at the right, at the head and foot of every page."""
    from docx.shared import Cm  # noqa: PLC0415

    marking = " ".join(filter(None, [document.marking, document.status.upper()]))
    for section in file.sections:
        for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, edge, Cm(MARGIN))
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        end = section.page_width - 2 * Cm(MARGIN)
        _edge(section.header.paragraphs[0], end, marking, document.title)
        foot = _edge(section.footer.paragraphs[0], end, marking, "Page ")
        _field(foot, "PAGE")
        foot.add_run(" of ")
        _field(foot, "NUMPAGES")
        _small(foot)


def _edge(paragraph: Any, end: int, marking: str, words: str) -> Any:
    """A line at the head or foot: the default stops, made for another page, would break it."""
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415

    stops = paragraph.paragraph_format.tab_stops
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(marking).bold = True
    paragraph.add_run(f"\t{words}")
    _small(paragraph)
    return paragraph


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    run = paragraph.add_run("1")  # what is shown until the field is worked out
    field.append(run._r)


def _packed(file: Any) -> bytes:
    made = io.BytesIO()
    file.save(made)
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()


def _public(document: Document) -> bytes:
    return docx(suppressed(document))


make = partial(Form, content_type=CONTENT_TYPE, extension="docx")
register(make("docx", "Word document", write=docx))
register(make("public-docx", "Public version, Word document", write=_public, public=True))

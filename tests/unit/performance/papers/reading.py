"""What the files of a paper say, read back by other means than they were written with."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import docx
import pikepdf
from docx.table import Table as DocxTable

from performance.papers.document import Document, ListBlock, Paragraph, Table
from performance.papers.layout import Heading, items_of

Rows = list[list[str]]


@dataclass
class Said:
    """Headings, paragraphs with their numbers, and tables (header first) in order."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)


def plain(words: str) -> str:
    return " ".join(words.split())


def said_by(document: Document) -> Said:
    said = Said()
    for item in items_of(document):
        match item:
            case Heading():
                said.headings.append((item.level, item.text))
            case Paragraph():
                said.prose.append(plain(f"{item.number} {item.text}"))
            case ListBlock():
                said.prose.append(plain(f"{item.number} {item.caption}"))
                said.prose += [plain("".join(run.words for run in runs)) for runs in item.items]
            case Table():
                said.tables.append(_rows(item))
            case _:
                said.tables.append(_rows(item.table))
    return said


def _rows(table: Table) -> Rows:
    return [list(table.header), *([cell.words for cell in row] for row in table.rows)]


# PDF: the tree of tags, with the words of each.


@dataclass
class Tag:
    name: str
    words: str = ""
    alt: str = ""
    scope: str = ""
    children: list[Tag] = field(default_factory=list)

    @property
    def text(self) -> str:
        return plain(self.words + " ".join(child.text for child in self.children))

    def all(self, name: str) -> list[Tag]:
        found = [self] if self.name == name else []
        return found + [tag for child in self.children for tag in child.all(name)]


def pdf_tags(file: bytes) -> tuple[pikepdf.Pdf, Tag]:
    pdf = pikepdf.open(io.BytesIO(file))
    words = {page.objgen: _marked(page) for page in pdf.pages}
    return pdf, _tag(pdf.Root.StructTreeRoot.K, None, words)


def _tag(node: Any, page: Any, words: dict[Any, dict[int, str]]) -> Tag:
    if isinstance(node, int):
        return Tag("", words[page].get(node, ""))
    if isinstance(node, pikepdf.Array):
        return Tag("", children=[_tag(each, page, words) for each in node])
    page = node.Pg.objgen if "/Pg" in node else page
    if "/MCID" in node:
        return Tag("", words[page].get(int(node.MCID), ""))
    if "/K" not in node:
        return Tag(str(node.get("/S", "")).lstrip("/"))
    below = _tag(node.K, page, words)
    attributes = node.get("/A", [])
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    scopes = [str(each.Scope) for each in listed if "/Scope" in each]
    return Tag(
        str(node.S).lstrip("/"),
        alt=str(node.get("/Alt", "")),
        scope="".join(scopes).lstrip("/"),
        children=below.children if not below.name and not below.words else [below],
    )


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """Words by MCID."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[int | None] = []
    letters: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        operands, operator = list(step.operands), str(step.operator)
        match operator:
            case "BDC":
                mark = operands[1]
                known = isinstance(mark, pikepdf.Dictionary) and "/MCID" in mark
                stack.append(int(mark.MCID) if known else None)
            case "BMC":
                stack.append(None)
            case "EMC":
                stack.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ" if stack and stack[-1] is not None:
                shown = operands[0] if operator == "TJ" else operands
                text = "".join(_decoded(each, letters) for each in shown)
                found[stack[-1]] = found.get(stack[-1], "") + text
    return found


def _decoded(piece: Any, letters: dict[int, str]) -> str:
    if not isinstance(piece, pikepdf.String):
        return ""
    raw = bytes(piece)
    codes = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
    return "".join(letters.get(code, "") for code in codes)


def _letters(font: Any) -> dict[int, str]:
    """From the map that every tagged PDF carries for its fonts."""
    table = font.ToUnicode.read_bytes().decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(bytes.fromhex(letter).hex(), 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(start + step)
    return found


def said_by_pdf(file: bytes) -> Said:
    _, tree = pdf_tags(file)
    said = Said()
    for tag in _walk(tree):
        if re.fullmatch(r"H[1-6]", tag.name):
            said.headings.append((int(tag.name[1]), tag.text))
        elif tag.name in {"P", "LBody"}:
            said.prose.append(tag.text)
        elif tag.name == "Table":
            said.tables.append([[cell.text for cell in _cells(row)] for row in tag.all("TR")])
    return said


def _walk(tag: Tag) -> Iterator[Tag]:
    """Down to what is read as one piece."""
    for child in tag.children:
        yield child
        if child.name not in {"Table", "P", "LBody", "Figure"}:
            yield from _walk(child)


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.children if cell.name in {"TH", "TD"}]


# DOCX


def said_by_docx(file: bytes) -> Said:
    read = docx.Document(io.BytesIO(file))
    said = Said()
    for item in read.iter_inner_content():
        if isinstance(item, DocxTable):
            said.tables.append([_docx_row(row) for row in item.rows])
        elif (style := str(item.style and item.style.name)).startswith("Heading"):
            said.headings.append((int(style[-1]), item.text))
        else:
            said.prose.append(plain(item.text))
    return said


def _docx_row(row: Any) -> list[str]:
    whole = {cell._tc for cell in row.cells}
    return [cell.text for cell in row.cells][: len(whole)]


# HTML


class HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said = Said()
        self.pieces: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "table":
            self.said.tables.append([])
        elif tag == "tr":
            self.said.tables[-1].append([])
        if tag in {"h1", "h2", "h3", "h4", "p", "li", "th", "td"}:
            self.pieces = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = plain("".join(self.pieces))
        if tag in {"h2", "h3", "h4"}:
            self.said.headings.append((int(tag[1]) - 1, words))
        elif tag in {"p", "li"}:
            self.said.prose.append(words)
        elif tag in {"th", "td"}:
            self.said.tables[-1][-1].append(words)


def said_by_html(file: bytes) -> Said:
    reader = HtmlReader()
    reader.feed(file.decode())
    return reader.said


READERS = {"pdf": said_by_pdf, "docx": said_by_docx, "html": said_by_html}

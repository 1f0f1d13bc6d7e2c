import io
import zipfile

import pytest
from docx import Document as WordDocument
from openpyxl import Workbook

from core.documents import office as office_files
from core.documents.content import KINDS, kind_of
from core.documents.refusal import DocumentRefused
from tests.factories.documents import JPEG, PDF, TEXT, office, png

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def word() -> bytes:
    file = io.BytesIO()
    made = WordDocument()
    made.add_paragraph("Statement")
    made.save(file)
    return file.getvalue()


def workbook() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "a.pdf", "pdf"),
        (PDF, "A.PDF", "pdf"),
        (png(), "a.png", "png"),
        (JPEG, "a.jpeg", "jpeg"),
        (JPEG + b"\0\0", "a.jpg", "jpeg"),
        (TEXT, "a.txt", "txt"),
        (b"\xef\xbb\xbfname,age\r\n", "a.csv", "txt"),
        (b"5 < 6 and < that is all\n", "a.txt", "txt"),
        (word(), "a.docx", "docx"),
        (workbook(), "a.xlsx", "xlsx"),
    ],
)
def test_kind_is_read_from_the_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) is KINDS[kind]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.txt"),
        # two things at once
        (png() + office(), "a.png"),
        (JPEG + office(), "a.jpg"),
        (PDF + office(), "a.pdf"),
        (office() + PDF, "a.docx"),
        (office() + b"junk", "a.docx"),
        (SCRIPT + PDF, "a.pdf"),
        (png() + SCRIPT, "a.png"),
        (JPEG + SCRIPT, "a.jpg"),
        (PDF + SCRIPT * 20, "a.pdf"),
        (TEXT + office(), "a.txt"),
        # what a browser or a machine would run
        (SVG, "a.svg"),
        (SVG, "a.txt"),
        (b'<?xml version="1.0"?>' + SVG, "a.txt"),
        (b"  \n<!DOCTYPE html><p>", "a.txt"),
        (SCRIPT, "a.txt"),
        (b"#!/bin/sh\nrm -rf /\n", "a.txt"),
        (b"{\\rtf1\\ansi}", "a.txt"),
        (b"MZ\x90\x00\x03", "a.txt"),
        (b"\x7fELF\x02\x01\x01\x00", "a.txt"),
        (b"GIF89a\x01\x00\x01\x00\x00", "a.gif"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc"),
        # text that is none
        (b"a\x00b", "a.txt"),
        (b"\xff\xfea\x00", "a.txt"),
        (b"caf\xe9", "a.txt"),
        (b"\x1b[2J", "a.txt"),
        # broken
        (png()[:-4], "a.png"),
        (png().replace(b"IDAT", b"IDXT"), "a.png"),
        (png(width=10**6), "a.png"),
        (PDF.replace(b"%%EOF", b""), "a.pdf"),
        (JPEG[:-2], "a.jpg"),
        (office()[:-10], "a.docx"),
        (b"PK\x03\x04" + b"\0" * 100, "a.docx"),
        # a name that says something else
        (PDF, "a.png"),
        (PDF, "a.pdf.exe"),
        (PDF, "a"),
        (PDF, ".pdf"),
        (office(), "a.xlsx"),
        (TEXT, "a.html"),
        (TEXT, "a.txt\x00.exe"),
        # programs inside
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</JS(app.alert(1))>>"), "a.pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog/Names<</J#61vaScript 1 0 R>>"), "a.pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog/Names<</EmbeddedFiles 1 0 R>>"), "a.pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch/F(cmd.exe)>>"), "a.pdf"),
        (office(word__vbaProject_dot_bin=b"x"), "a.docx"),
        (office(word__activeX__activeX1_dot_xml=b"x"), "a.docx"),
        (office(word__embeddings__oleObject1_dot_bin=b"x"), "a.docx"),
        # archives that are no document
        (office("readme.txt"), "a.docx"),
        (office(xl__workbook_dot_xml=b"x"), "a.docx"),  # Word and Excel in one
    ],
)
def test_anything_else_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(DocumentRefused):
        kind_of(data, name)


def test_refusal_says_what_is_wrong() -> None:
    with pytest.raises(DocumentRefused, match=r"is called \.png, and holds PDF\. Name it \.pdf"):
        kind_of(PDF, "photo.png")


def zip_of(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_bomb_is_refused_without_being_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = office(word__media__image1_dot_xml=b"\0" * 30 * 10**6)
    assert len(bomb) < 10**5
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(DocumentRefused, match="far larger than a document"):
        kind_of(bomb, "a.docx")


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_files, "MOST_PARTS", 3)
    with pytest.raises(DocumentRefused, match="far larger"):
        kind_of(office(word__a_dot_xml=b"x", word__b_dot_xml=b"x"), "a.docx")


def test_part_that_lies_about_its_size_is_not_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_files, "READ", 100)
    with pytest.raises(DocumentRefused):
        kind_of(office(word___rels__document_dot_xml_dot_rels=b" " * 101), "a.docx")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\x", "C:x", "a/../../b"])
def test_part_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    parts = {"[Content_Types].xml": b"", "word/document.xml": b"", name: b"x"}
    with pytest.raises(DocumentRefused):
        kind_of(zip_of(parts), "a.docx")


def test_template_that_is_fetched_from_elsewhere_is_refused() -> None:
    relation = (
        b'<Relationships><Relationship Id="rId1" TargetMode="External" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="https://evil.example/a.dotm"/></Relationships>'
    )
    with pytest.raises(DocumentRefused, match="from elsewhere"):
        kind_of(office(word___rels__settings_dot_xml_dot_rels=relation), "a.docx")
    link = relation.replace(b"attachedTemplate", b"hyperlink")
    assert kind_of(office(word___rels__document_dot_xml_dot_rels=link), "a.docx").slug == "docx"


def test_macros_by_their_type_are_refused() -> None:
    types = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    parts = {"[Content_Types].xml": types, "word/document.xml": b""}
    with pytest.raises(DocumentRefused, match="macros"):
        kind_of(zip_of(parts), "a.docx")


def test_archive_with_a_password_is_refused() -> None:
    data = bytearray(office())
    data[6] |= 1  # the flag of an encrypted part, in its own header and in the list
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    data[place + 8] |= 1
    with pytest.raises(DocumentRefused):
        kind_of(bytes(data), "a.docx")

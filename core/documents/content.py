"""What a file is, by what it holds. Only a few kinds are kept, and each is one thing alone."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from core.documents.names import ending_of
from core.documents.office import END, kind_of_archive
from core.documents.pictures import JPEG, PNG, check_jpeg, check_png
from core.documents.refusal import DocumentRefused

ALLOWED = "Attach PDF, Word (.docx), Excel (.xlsx), PNG, JPEG or plain text."


@dataclass(frozen=True)
class Kind:
    slug: str
    title: str
    content_type: str
    endings: frozenset[str]

    @property
    def ending(self) -> str:
        return "jpg" if self.slug == "jpeg" else self.slug


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.slug: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", frozenset(["pdf"])),
        Kind("png", "PNG picture", "image/png", frozenset(["png"])),
        Kind("jpeg", "JPEG picture", "image/jpeg", frozenset(["jpg", "jpeg", "jpe"])),
        Kind("docx", "Word", f"{OFFICE}.wordprocessingml.document", frozenset(["docx"])),
        Kind("xlsx", "Excel", f"{OFFICE}.spreadsheetml.sheet", frozenset(["xlsx"])),
        Kind("txt", "Text", "text/plain; charset=utf-8", frozenset(["txt", "csv", "log"])),
    )
}
MARKUP = re.compile(r"\s*(<[!?/a-zA-Z]|\{\\rtf|#!|%!)")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
# What a PDF does by itself, or carries along.
PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z0-9])")
PDF_END = re.compile(rb"%%EOF[\s\0]{0,64}\Z")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def kind_of(data: bytes, name: str) -> Kind:
    """Raises DocumentRefused: what is not allowed, is two things at once, or is called something
    that it is not."""
    if not data:
        raise DocumentRefused("The file is empty.")
    kind = KINDS[_sniffed(data)]
    ending = ending_of(name)
    if ending not in kind.endings:
        called = f"is called .{ending}" if ending else "has no ending in its name"
        raise DocumentRefused(
            f"The file {called}, and holds {kind.title}. Name it .{kind.ending} if that is right."
        )
    return kind


def _sniffed(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return kind_of_archive(data)
    _refuse_archive_behind(data)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(PNG):
        check_png(data)
        return "png"
    if data.startswith(JPEG):
        check_jpeg(data)
        return "jpeg"
    return _text(data)


def _refuse_archive_behind(data: bytes) -> None:
    """An archive is read from its end: behind a picture or a PDF it makes two files of one."""
    if END in data[-66_000:] and b"PK\x01\x02" in data:
        raise DocumentRefused(
            "The file is two things at once. Open it, save it again and send that."
        )


def _pdf(data: bytes) -> str:
    if not PDF_END.search(data[-128:]):
        raise DocumentRefused("The PDF is damaged or incomplete. Save it again and send that.")
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)  # /J#61vaScript
    if PDF_ACTIVE.search(plain):
        raise DocumentRefused("The PDF holds programs or other files. Print it to a new PDF.")
    return "pdf"


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DocumentRefused("The text is UTF-16. Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentRefused(f"This kind of file is not kept. {ALLOWED}") from None
    if CONTROLS.search(text) or MARKUP.match(text):
        raise DocumentRefused(f"This kind of file is not kept. {ALLOWED}")
    return "txt"

"""Word and Excel files are ZIP archives: read as far as is needed to know that they are only that."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from core.documents.refusal import DocumentRefused

MOST_PARTS = 5000
MOST_BYTES = 300 * 10**6  # unpacked
RATIO, RATIO_FROM = 200, 20 * 10**6
READ = 2 * 10**6  # of one part that is read
END = b"PK\x05\x06"
END_SIZE = 22
MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
# Macros, controls and embedded programs; what is fetched from elsewhere when the file is opened.
ACTIVE = re.compile(r"(?i)vbaproject|activex|/embeddings/.*\.bin$|\.exe$|\.js$|\.vbs$")
FETCHED = re.compile(
    rb"(?is)<relationship\b(?=[^>]*targetmode\s*=\s*[\"']external)"
    rb"(?=[^>]*type\s*=\s*[\"'][^\"']*/(attachedtemplate|oleobject|frame|subdocument)[\"'])"
)
DAMAGED = "The file is damaged or incomplete. Open it, save it again and send that."
MACRO = "The file holds macros, controls or embedded programs. Save it without them, or as PDF."


def kind_of_archive(data: bytes) -> str:
    """docx or xlsx. Raises DocumentRefused."""
    _refuse_wrapped(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_bomb(parts, len(data))
            kind = _kind(parts)
            _refuse_active(archive, parts)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError) as error:
        raise DocumentRefused(DAMAGED) from error
    except NotImplementedError as error:  # a way of packing that no Office uses
        raise DocumentRefused(DAMAGED) from error
    except RuntimeError as error:
        raise DocumentRefused("The file has a password. Save it without one.") from error
    return kind


def _refuse_wrapped(data: bytes) -> None:
    """An archive may stand behind another file, or in front of one: then it is two things."""
    end = data.rfind(END)
    if end < 0 or end + END_SIZE + int.from_bytes(data[end + 20 : end + 22], "little") != len(data):
        raise DocumentRefused(DAMAGED)


def _refuse_bomb(parts: list[zipfile.ZipInfo], size: int) -> None:
    """By the sizes in the archive's own list, and by parts that share their bytes."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or unpacked > MOST_BYTES or packed > size:
        raise DocumentRefused("Unpacked, the file is far larger than a document. Save it as PDF.")
    if unpacked > RATIO_FROM and unpacked > RATIO * size:
        raise DocumentRefused("Unpacked, the file is far larger than a document. Save it as PDF.")
    if len(set(names)) < len(names) or any(_leaves(name) for name in names):
        raise DocumentRefused(DAMAGED)


def _leaves(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _kind(parts: list[zipfile.ZipInfo]) -> str:
    names = {part.filename for part in parts}
    found = {kind for main, kind in MAIN.items() if main in names}
    if "[Content_Types].xml" not in names or len(found) != 1:
        raise DocumentRefused(
            "This is a ZIP archive, no Word or Excel file. Unpack it and attach what is inside."
        )
    return found.pop()


def _refuse_active(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    if any(ACTIVE.search(part.filename) for part in parts):
        raise DocumentRefused(MACRO)
    if b"macroenabled" in _read(archive, "[Content_Types].xml").lower():
        raise DocumentRefused(MACRO)
    for part in parts:
        if part.filename.endswith(".rels") and FETCHED.search(_read(archive, part.filename)):
            raise DocumentRefused(
                "The file fetches a part of itself from elsewhere. Save it as PDF."
            )


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        data = part.read(READ + 1)
    if len(data) > READ:
        raise DocumentRefused(DAMAGED)
    return data

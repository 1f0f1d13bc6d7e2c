"""A file on its way in: what it really is, whether it can be read, and its rows in blocks."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import polars as pl
from django.conf import settings

from core.exports.watermark import COLUMN
from core.imports import delimited, spreadsheets
from core.imports.kinds import Kind, plain
from core.imports.receipt import FileRefused
from core.imports.rejects import ERROR, restored, still_misshapen
from core.imports.validation import ROW, Block

CHUNK = 2**20
WIDEST = 500  # columns
RATIO = 150  # gzip makes of real records a tenth; a thousandth is a bomb
RATIO_FROM = 50 * 2**20
IGNORED = {ERROR, COLUMN, ""}  # of our own files, and spreadsheets' empty columns


class Form(Enum):
    CSV = "CSV"
    GZIP = "compressed CSV"
    XLSX = "Excel workbook"


@dataclass
class RecordFile:
    """A file that can be read as records of its kind. Iterated for its blocks, as often as needed."""

    kind: Kind
    path: Path
    form: Form
    header: list[str]  # as the file writes it
    has_header: bool = True
    sha256: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def places(self) -> dict[str, int]:
        """Where each column of the kind stands in the file."""
        return self.kind.places(self.header)

    @property
    def unknown_columns(self) -> list[str]:
        return list(self._unknown)

    @property
    def _unknown(self) -> dict[str, int]:
        known = set(self.places.values())
        return {
            name: place
            for place, name in enumerate(self.header)
            if place not in known and name.lower() not in IGNORED
        }

    @property
    def _kept(self) -> dict[str, int]:
        """What is not read goes along, so that a rejected row comes back whole."""
        return self.places | self._unknown

    def __iter__(self) -> Iterator[Block]:
        for block in self._blocks():
            faults = block.faults
            if ERROR in self.header:
                again = still_misshapen(block.rows, str(self.header.index(ERROR)))
                faults = pl.concat([faults, again])
            rows = block.rows.select(
                ROW, *(pl.col(str(place)).alias(name) for name, place in self._kept.items())
            )
            if ERROR in self.header:
                rows = rows.with_columns(restored(pl.exclude(ROW)))
            own = pl.col(list(self.places))
            rows = rows.filter(~pl.all_horizontal(own.is_null() | (own == "")))
            if rows.height:
                yield Block(rows, self._named(faults, rows[ROW]))

    def _named(self, faults: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        """The faults of these rows; a reader knows its columns by their places only."""
        names = {str(place): name for place, name in enumerate(self.header)}
        names |= {str(place): name for name, place in self.places.items()}
        faults = faults.filter(pl.col(ROW).is_in(rows.implode()))
        return faults.with_columns(pl.col("column").replace(names))

    def _blocks(self) -> Iterator[Block]:
        if self.form is Form.XLSX:
            yield from spreadsheets.blocks(self.path, len(self.header))
            return
        row = 1
        for data in delimited.record_blocks(text_chunks(self.path, self.form)):
            rows, faults = delimited.read_rows(data, len(self.header), row)
            if row == 1 and self.has_header:
                rows, faults = rows[1:], faults.filter(pl.col(ROW) > 1)
            row = int(rows[ROW][-1]) + 1 if len(rows) else row + 1
            yield Block(rows, faults)


def open_file(path: Path, kind: Kind) -> RecordFile:
    """By its start. What is wrong further in shows when it is read: FileRefused then, too."""
    size = path.stat().st_size
    if size == 0:
        raise FileRefused("The file is empty. Export it again and send that.")
    if size > settings.IMPORT_MAX_BYTES:
        raise FileRefused(_too_large("The file is"))
    form = _form(path)
    if form is Form.XLSX:
        header, warnings = spreadsheets.header(path)
        found = RecordFile(kind, path, form, header, warnings=warnings)
    else:
        found = _open_text(path, kind, form)
    _require_columns(found)
    found.sha256 = _digest(path)
    return found


def _open_text(path: Path, kind: Kind, form: Form) -> RecordFile:
    chunks = text_chunks(path, form)
    first = next(chunks, b"")
    if form is Form.GZIP:
        deque(chunks, maxlen=0)  # a bomb is found before anything is made of it
    if not first.strip():
        raise FileRefused("The file holds no rows. Export it again and send that.")
    if b"\n" not in first and first.count(b"\r") > 1:
        raise FileRefused("The lines end as on an old Macintosh. Save the file as CSV UTF-8.")
    header = delimited.read_header(first)
    if kind.headless and len(header) == len(kind.columns) and not kind.places(header):
        header = [column.name for column in kind.columns]
        found = RecordFile(kind, path, form, header, has_header=False)
    else:
        found = RecordFile(kind, path, form, header)
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _form(path: Path) -> Form:
    """By what the file holds; its name may say anything."""
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if start.startswith(b"PK\x03\x04"):
        return _workbook(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            "This is an old Excel file (.xls) or one with a password. Save it as .xlsx without one."
        )
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRefused("The text is UTF-16. In Excel, save it as “CSV UTF-8”.")
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"PAR1")):
        raise FileRefused(
            "What is in this file is a picture, a document or an archive, whatever its name says: "
            "not CSV and no Excel workbook. Send .csv, .csv.gz or .xlsx."
        )
    return Form.CSV


def _workbook(path: Path) -> Form:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise FileRefused("The workbook is damaged or incomplete. Send it again.") from error
    if "xl/workbook.xml" not in names:
        raise FileRefused("This is a ZIP file, not a workbook. Unpack it and send what is inside.")
    return Form.XLSX


def text_chunks(path: Path, form: Form) -> Iterator[bytes]:
    """The text as UTF-8 without byte-order mark; refuses what is not text, and bombs."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    for place, raw in enumerate(_unpacked(path, form)):
        chunk = raw.removeprefix(codecs.BOM_UTF8) if place == 0 else raw
        _refuse_nul(chunk, lines)
        _refuse_other_encodings(chunk, lines, decoder)
        lines += chunk.count(b"\n")
        yield chunk
    _refuse_other_encodings(b"", lines, decoder, final=True)


def _refuse_nul(chunk: bytes, lines: int) -> None:
    place = chunk.find(b"\0")
    if place < 0:
        return
    line = lines + chunk.count(b"\n", 0, place)
    raise FileRefused(
        f"Line {line} holds characters that no text has: the file is damaged, or is not CSV. "
        "Export it again as CSV UTF-8."
    )


def _refuse_other_encodings(
    chunk: bytes, lines: int, decoder: codecs.IncrementalDecoder, *, final: bool = False
) -> None:
    if chunk.isascii() and not decoder.getstate()[0]:
        return
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        line = lines + chunk.count(b"\n", 0, error.start)
        raise FileRefused(
            f"The text is not UTF-8 (line {line}); it may be Windows-1252. "
            "In Excel, save it as “CSV UTF-8”."
        ) from error


def _unpacked(path: Path, form: Form) -> Iterator[bytes]:
    size, total = path.stat().st_size, 0
    try:
        with gzip.open(path) if form is Form.GZIP else path.open("rb") as file:
            while chunk := file.read(CHUNK):
                total += len(chunk)
                if total > settings.IMPORT_MAX_BYTES:
                    raise FileRefused(_too_large("Unpacked, the file is"))
                if total > RATIO_FROM and total > size * RATIO:
                    raise FileRefused(
                        "The file unpacks to far more than records ever do. Send it uncompressed."
                    )
                yield chunk
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileRefused("The compressed file is damaged or incomplete. Send it again.") from error


def _too_large(subject: str) -> str:
    return f"{subject} larger than {settings.IMPORT_MAX_BYTES // 10**6:,} MB. Split it and send the parts."


def _require_columns(file: RecordFile) -> None:
    if len(file.header) > WIDEST:
        raise FileRefused(f"The first row has more than {WIDEST} values. It is not a header row.")
    named = Counter(plain(name) for name in file.header if name)
    doubled = [name for name, times in named.items() if times > 1]
    if doubled:
        raise FileRefused(f"The header names a column twice: {', '.join(doubled)}. Rename one.")
    missing = [c.name for c in file.kind.columns if c.required and c.name not in file.places]
    if not missing:
        return
    if len(file.header) == 1 and (";" in file.header[0] or "\t" in file.header[0]):
        raise FileRefused("The values are not separated by commas. Save the file as CSV UTF-8.")
    raise FileRefused(
        f"This does not look like a file of {file.kind.title.lower()}: the first row does not "
        f"name {_listed(missing)}. Choose another kind, or add what is missing."
    )


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)

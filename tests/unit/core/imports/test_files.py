"""Each file has one fault, or one peculiarity that is no fault."""

import gzip
import os

import polars as pl
import pytest

from core.imports import FileRefused, kind_called
from core.imports.files import open_file
from core.imports.pipeline import Load, load_file
from core.imports.rejects import Rejects
from offenders.models import Crime
from tests.unit.core.imports.records import HEADER, crime, csv_file, frame, gz_file, text

pytestmark = pytest.mark.django_db

GOOD = text(crime("A1"), crime("A2"))
FIRST, SECOND = GOOD.splitlines()[1:]
HEADS = ",".join(HEADER)


def load(path, kind="crimes", **kwargs):
    found = kind_called(kind)
    return load_file(open_file(path, found), Load(found, None, **kwargs))


def refusal(path, kind="crimes"):
    with pytest.raises(FileRefused) as refused:
        load(path, kind)
    assert not Crime.objects.exists()
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.rstrip("\n").encode(),
        GOOD.encode() + b"\n\n",
        (GOOD + ",,,,\n").encode(),
        GOOD.replace("crime_ref", " Crime Ref ").encode(),
        "\n".join(
            f'"{line.replace(",", chr(34) + "," + chr(34))}"' for line in GOOD.split()
        ).encode(),
        "\n".join(line + "," for line in GOOD.split()).encode(),
    ],
    ids=["plain", "mark", "crlf", "no end", "blank end", "empty row", "names", "quoted", "commas"],
)
def test_a_file_is_read_in_whatever_dress(tmp_path, content):
    assert load(csv_file(tmp_path, content)).counts() == {
        "read": 2,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
    }


def test_a_compressed_file_is_known_by_its_content(tmp_path):
    assert load(gz_file(tmp_path, GOOD.encode(), "crimes.txt")).created == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"\n \n", "The file holds no rows"),
        (HEADS.encode() + b"\n", "a header and no rows"),
        (b"%PDF-1.7 ...", "not CSV and no Excel workbook"),
        (b"\xd0\xcf\x11\xe0 old excel", "old Excel file"),
        (b"PK\x03\x04 not really", "The workbook is damaged"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (GOOD.replace("fenland", "fénland").encode("cp1252"), "not UTF-8 (line 2)"),
        (GOOD.encode() + b"\0", "Line 4 holds characters that no text has"),
        (GOOD.replace("\n", "\r").encode(), "old Macintosh"),
        (GOOD.replace(",", ";").encode(), "not separated by commas"),
        (GOOD.replace(",", "\t").encode(), "not separated by commas"),
        (b"call_ref,line,offered_at\n1,999,2021-01-01T00:00\n", "does not name “crime_ref”"),
        (GOOD.replace("district", "dwelling", 1).encode(), "names a column twice: dwelling"),
        (gzip.compress(GOOD.encode(), mtime=0)[:-9], "damaged or incomplete"),
        (f'{HEADS}\n"A1,2021'.encode(), "never closes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, content, said):
    assert said in refusal(csv_file(tmp_path, content))


def test_a_fault_far_inside_refuses_the_file_before_anything_is_written(tmp_path):
    rows = "".join(f"A{n},2021-01-15T10:00,28E,Y,fenland\n" for n in range(40_000))

    assert "line 40002" in refusal(csv_file(tmp_path, f"{HEADS}\n{rows}".encode() + b"\xff"))


def test_a_file_above_the_limit_is_refused_unread(tmp_path, settings):
    path = tmp_path / "large.csv"
    path.touch()
    os.truncate(path, settings.IMPORT_MAX_BYTES + 1)  # two gigabytes that take no room

    assert "larger than 2,000 MB" in refusal(path)


def test_a_file_that_unpacks_above_the_limit_is_refused(tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 2_000_000
    rows = GOOD + os.urandom(1_200_000).hex(",", 8)

    assert "Unpacked, the file is larger" in refusal(gz_file(tmp_path, rows.encode()))


def test_a_gzip_bomb_is_refused(tmp_path):
    assert "far more than records ever do" in refusal(
        gz_file(tmp_path, GOOD.encode() + b"a,\n" * 20_000_000)
    )


def test_a_first_row_without_end_is_refused(tmp_path):
    assert "more than 500 values" in refusal(csv_file(tmp_path, b"a," * 600_000))


def test_unknown_columns_are_reported_and_not_read(tmp_path):
    receipt = load(csv_file(tmp_path, f"{HEADS},shoe_size\n{FIRST},44\n"))

    assert (receipt.created, receipt.unknown_columns) == (1, ["shoe_size"])


@pytest.mark.parametrize(
    ("line", "values"), [("A9,2021-01-15T10:00,28E", 3), (f"{FIRST.replace('A1', 'A9')},x,y", 7)]
)
def test_a_row_out_of_shape_is_rejected_alone(tmp_path, line, values):
    receipt = load(csv_file(tmp_path, f"{HEADS}\n{FIRST}\n{line}\n{SECOND}\n"))

    assert (receipt.created, receipt.rejected) == (2, 1)
    assert (receipt.errors[0].row, receipt.errors[0].message[:12]) == (3, f"has {values} values")


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path):
    lines = [
        HEADS,
        FIRST,
        "",
        '"A3","2021-01-15T10:00","28E","Y","fen\nland"',
        "A4,x,28E,Y,fenland",
    ]

    receipt = load(csv_file(tmp_path, "\n".join(lines)))

    assert [(error.row, error.column) for error in receipt.errors] == [
        (4, "district"),
        (5, "recorded_at"),
    ]


def test_a_stray_quotation_mark_is_text(tmp_path):
    content = (
        "incident_ref,opened_at,grade,location\n"
        'I1,2021-01-15T10:00,prompt,6" pipe\n'
        'I2,2021-01-15T10:00,prompt,"High St, March"\n'
    )

    assert load(csv_file(tmp_path, content), "incidents").created == 2


def test_repeats_are_found_over_the_whole_file(tmp_path, monkeypatch):
    monkeypatch.setattr("core.imports.delimited.BLOCK_BYTES", 100)
    monkeypatch.setattr("core.imports.files.CHUNK", 50)
    rows = [crime(f"A{n}") for n in range(20)] + [crime("A0"), crime("A1", dwelling="N")]

    receipt = load(csv_file(tmp_path, text(*rows)))

    assert receipt.counts() == {
        "read": 22,
        "created": 19,
        "updated": 0,
        "unchanged": 1,
        "rejected": 2,
    }
    assert [error.row for error in receipt.errors] == [3, 23]


def test_rejected_rows_can_be_mended_and_sent_again(tmp_path):
    rejects = Rejects(tmp_path / "rejects.csv")
    path = csv_file(tmp_path, text(crime("A1", district="x", dwelling="?"), crime("A2")))
    load(path, rejects=rejects)

    sent_back = (tmp_path / "rejects.csv").read_text()

    assert sent_back == (
        f"{HEADS},error\nA1,2021-01-15T10:00,28E,?,x,"
        '"Row 2. dwelling: “?” is neither Y nor N. Write Y, N or nothing. '
        'district: “x” is not a known district. Use a code of the list, or have it added."\n'
    )
    mended = sent_back.replace(",?,x,", ",Y,fenland,")
    receipt = load(csv_file(tmp_path, mended, "mended.csv"))
    assert (receipt.created, receipt.unknown_columns) == (1, [])


@pytest.mark.parametrize(
    ("line", "left"),
    [("A9,2021-01-15T10:00,28E", ""), ('"A9",2021-01-15T10:00,28E,Y,fenland,x,"y"', "x,y")],
)
def test_a_row_out_of_shape_comes_back_as_one_until_it_is_mended(tmp_path, line, left):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    load(csv_file(tmp_path, f"{HEADS}\n{line}\n"), rejects=Rejects(first))

    receipt = load(first, rejects=Rejects(second))

    assert (receipt.rejected, receipt.errors[0].value) == (1, left)
    assert second.read_text() == first.read_text()
    mended = pl.read_csv(second, infer_schema=False).with_columns(error=None, dwelling=None)
    assert load(csv_file(tmp_path, mended.write_csv())).created == 1


def test_a_row_out_of_shape_has_that_fault_alone(tmp_path):
    receipt = load(csv_file(tmp_path, f"{HEADS}\nA9\n"))

    assert [error.sentence for error in receipt.errors] == [
        "The row has 1 value where the header has 5 columns. Look for a missing or an extra comma."
    ]


def test_rejected_rows_keep_the_columns_that_are_not_read(tmp_path):
    rejects = tmp_path / "rejects.csv"
    load(csv_file(tmp_path, f"{HEADS},row number\n{FIRST}x,44\n"), rejects=Rejects(rejects))

    assert f'{HEADS},row number,error\n{FIRST}x,44,"Row 2. district: ' in rejects.read_text()


def test_rejects_begin_again_where_an_interrupted_import_stopped(tmp_path):
    path = tmp_path / "rejects.csv"
    path.write_text("crime_ref,error\nA1,wrong\nA2,half a r")

    Rejects(path, size=len("crime_ref,error\nA1,wrong\n"))

    assert path.read_text() == "crime_ref,error\nA1,wrong\n"


def test_a_rejects_file_runs_no_formula(tmp_path):
    rejects = Rejects(tmp_path / "rejects.csv")
    row = crime("A1", district="=1+1", latitude="52", longitude="-0.5")
    load(csv_file(tmp_path, frame(row).write_csv()), rejects=rejects)

    sent_back = (tmp_path / "rejects.csv").read_text()
    assert ",'=1+1,52,-0.5," in sent_back
    receipt = load(csv_file(tmp_path, sent_back, "again.csv"))
    assert receipt.errors[0].value == "=1+1"


def test_blank_lines_where_blocks_meet_are_counted_in_row_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr("core.imports.delimited.BLOCK_BYTES", 60)
    monkeypatch.setattr("core.imports.files.CHUNK", len(f"{HEADS}\n{FIRST}\n\n"))

    receipt = load(csv_file(tmp_path, f"{HEADS}\n{FIRST}\n\nA2,x,28E,Y,fenland\n"))

    assert receipt.errors[0].row == 4

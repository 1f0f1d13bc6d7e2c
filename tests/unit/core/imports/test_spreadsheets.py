import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from core.imports import FileRefused, kind_called
from core.imports.files import open_file
from core.imports.pipeline import Load, load_file
from offenders.models import Crime
from tests.unit.core.imports.records import HEADER, csv_file, workbook

pytestmark = pytest.mark.django_db

TYPED = ["A1", datetime(2021, 1, 15, 10), 48, True, "fenland"]  # noqa: DTZ001  # as Excel has it


def load(path):
    crimes = kind_called("crimes")
    return load_file(open_file(path, crimes), Load(crimes, None))


def test_typed_cells_are_read_as_what_they_are(tmp_path):
    assert load(workbook(tmp_path, HEADER, TYPED)).created == 1

    crime = Crime.objects.get()
    assert (crime.offence_id, crime.is_dwelling, crime.recorded_at.hour) == ("48", True, 10)


def test_a_formula_is_an_error_whatever_it_shows(tmp_path):
    receipt = load(workbook(tmp_path, HEADER, [*TYPED[:3], "Y", "=LOWER(A1)"], ["A2", *TYPED[1:]]))

    assert (receipt.created, receipt.rejected) == (1, 1)
    error = receipt.errors[0]
    assert (error.row, error.column, error.value) == (2, "district", "=LOWER(A1)")
    assert "paste it as values" in error.message


def test_a_number_that_excel_has_cut_short_is_an_error(tmp_path):
    receipt = load(workbook(tmp_path, HEADER, [1234567890123456789, *TYPED[1:]]))

    assert "has lost figures" in receipt.errors[0].message


def test_blank_rows_are_passed_over_and_counted_in_row_numbers(tmp_path):
    receipt = load(workbook(tmp_path, HEADER, [], TYPED, [None] * 5, ["A2", "soon", 48]))

    assert receipt.read == 2
    assert receipt.errors[0].row == 5


def test_other_sheets_are_not_read_and_named(tmp_path):
    book = Workbook()
    for row in (HEADER, TYPED):
        book.active.append(row)
    book.create_sheet("Notes").append(["a note"])
    book.save(tmp_path / "two.xlsx")

    assert load(tmp_path / "two.xlsx").warnings == ["Only the first sheet was read; not Notes."]


def test_a_workbook_without_cells_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="The first sheet is empty"):
        load(workbook(tmp_path))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("crimes.csv", "x")

    with pytest.raises(FileRefused, match="Unpack it"):
        load(tmp_path / "a.xlsx")


def test_a_spreadsheet_bomb_is_refused(tmp_path):
    path = workbook(tmp_path, HEADER, TYPED)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros", b"\0" * 60_000_000)

    with pytest.raises(FileRefused, match="far more than records do"):
        load(path)


def test_a_cell_far_away_takes_no_memory(tmp_path):
    book = Workbook()
    for row in (HEADER, TYPED):
        book.active.append(row)
    book.active["XFD1048576"] = "far"
    book.save(tmp_path / "far.xlsx")

    assert load(tmp_path / "far.xlsx").created == 1


def test_a_workbook_of_broken_xml_is_refused(tmp_path):
    path = workbook(tmp_path, HEADER, TYPED)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-40]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    with pytest.raises(FileRefused, match="damaged"):
        load(path)
    assert not Crime.objects.exists()


def test_xml_entities_that_explode_are_refused(tmp_path):
    path = workbook(tmp_path, HEADER, TYPED)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    parts["xl/worksheets/sheet1.xml"] = (
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet xmlns='
        '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    with pytest.raises(FileRefused):
        load(path)


def test_a_csv_named_xlsx_is_read_as_what_it_is(tmp_path):
    content = ",".join(HEADER) + "\nA1,2021-01-15T10:00,28E,Y,fenland\n"

    assert load(csv_file(tmp_path, content, "crimes.xlsx")).created == 1

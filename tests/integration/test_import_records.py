import json

import pytest
from django.core.management import CommandError, call_command

from offenders.models import Crime
from tests.unit.core.imports.records import crime, csv_file, text

pytestmark = pytest.mark.django_db

GOOD = text(crime("A1"), crime("A2"))
BAD = text(crime("A3"), crime("A4", district="x"))


def run(capsys, *args):
    call_command("import_records", "crimes", *map(str, args))
    return capsys.readouterr().out


def test_command_prints_the_counts(tmp_path, capsys):
    out = run(capsys, csv_file(tmp_path, GOOD))

    assert out == "2 read, 2 created, 0 updated, 0 unchanged, 0 rejected\n"


def test_command_prints_json_of_several_files(tmp_path, capsys):
    again = csv_file(tmp_path, GOOD, "again.csv")

    told = json.loads(run(capsys, csv_file(tmp_path, GOOD), again, "--json"))

    assert (told["read"], told["created"], told["unchanged"]) == (4, 2, 2)
    assert told["dry_run"] is False


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_command_says_of_a_file_with_nothing_new_that_all_is_known(tmp_path, capsys, dry):
    file = csv_file(tmp_path, GOOD)
    assert "Nothing new" not in run(capsys, file)

    told = run(capsys, file, *dry)

    assert f"{file}: Nothing new in this file: all 2 rows are in Aware already.\n" in told


def test_command_dry_run_changes_nothing(tmp_path, capsys):
    assert run(capsys, csv_file(tmp_path, GOOD), "--dry-run") == (
        "2 read, 2 would be created, 0 would be updated, 0 unchanged, 0 would be rejected: "
        "nothing was written\n"
    )
    assert json.loads(run(capsys, csv_file(tmp_path, GOOD), "--dry-run", "--json"))["dry_run"]
    assert not Crime.objects.exists()


def test_command_fails_on_rejected_rows_and_keeps_the_good(tmp_path, capsys):
    out = tmp_path / "out.csv"

    with pytest.raises(CommandError, match="1 rows rejected, 0 files refused"):
        run(capsys, csv_file(tmp_path, BAD), "--rejects", out)

    assert "row 3: district: “x” is not a known district" in capsys.readouterr().err
    assert Crime.objects.get().pk == "A3"
    assert out.read_text().startswith("crime_ref,")


def test_command_says_how_many_rejected_rows_it_does_not_show(tmp_path, capsys):
    rows = text(*(crime(f"A{n}", district="x", dwelling="?") for n in range(12)))

    with pytest.raises(CommandError, match="12 rows rejected"):
        run(capsys, csv_file(tmp_path, rows))

    assert "the faults of 5 of 12 rejected rows" in capsys.readouterr().err


def test_command_goes_on_after_a_file_that_is_refused(tmp_path, capsys):
    empty = csv_file(tmp_path, "", "empty.csv")

    with pytest.raises(CommandError, match="1 files refused"):
        run(capsys, empty, csv_file(tmp_path, GOOD))

    assert Crime.objects.count() == 2


def test_command_names_a_file_that_is_not_there(tmp_path, capsys):
    with pytest.raises(CommandError):
        run(capsys, tmp_path / "none.csv")

    assert "There is no such file." in capsys.readouterr().err


def test_command_names_the_kinds_for_an_unknown_one():
    with pytest.raises(CommandError, match="police-uk-street"):
        call_command("import_records", "shoes", "x.csv")

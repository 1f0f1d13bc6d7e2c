import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.shared import shared

pytestmark = pytest.mark.django_db


def said(*args, **options):
    out = io.StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_board_prints_a_table():
    OutcomeFactory()
    fold_changes()
    out = said("board", "combat-acquisitive-crime", month="2021-01")
    assert "Combat acquisitive crime, January 2021, Force" in out
    assert "100.0" in out


def test_board_prints_the_columns_of_the_paper():
    paper = shared("paper/board_tables_2021-01.csv").read_text().splitlines()
    out = said("board", "combat-acquisitive-crime", month="2021-01", format="csv")
    assert out.splitlines()[0] == paper[0]


def test_board_names_its_rows_as_the_paper():
    names = ("table", "group", "indicator", "unit")
    paper = csv.DictReader(shared("paper/board_tables_2021-01.csv").read_text().splitlines())
    ours = [
        row
        for slug in ("combat-acquisitive-crime", "increase-public-satisfaction")
        for row in csv.DictReader(io.StringIO(said("board", slug, month="2021-01", format="csv")))
    ]
    assert [[row[name] for name in names] for row in ours] == [
        [row[name] for name in names] for row in paper
    ]


def test_board_prints_json_of_a_unit():
    CrimeFactory(district_id="fenland")
    fold_changes()
    rows = json.loads(
        said("board", "combat-acquisitive-crime", month="2021-01", unit="north", format="json")
    )
    assert rows[1]["current"] == "1"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"month": "January"}, "is not a month"),
        ({"month": "2021-01", "unit": "nowhere"}, "There is no unit “nowhere”"),
    ],
)
def test_board_says_what_is_wrong(options, message):
    with pytest.raises(CommandError, match=message):
        said("board", "combat-acquisitive-crime", **options)


def test_verify_agrees_after_a_fold():
    CrimeFactory()
    assert "Every figure agrees" in said("verify_figures")


def test_verify_fails_on_a_difference():
    CrimeFactory(district_id=None)
    fold_changes()
    Figure.objects.filter(indicator="all-crime-recorded").update(numerator=7)
    with pytest.raises(CommandError, match="1 figures differ"):
        said("verify_figures")


def test_recompute_puts_figures_right():
    CrimeFactory()
    fold_changes()
    Figure.objects.all().delete()
    said("recompute", all=True, wait=True)
    assert Figure.objects.filter(indicator="all-crime-recorded", month=date(2021, 1, 1)).exists()


def test_recompute_of_a_month_says_how_many():
    CrimeFactory(district_id=None)
    fold_changes()
    Figure.objects.filter(indicator="all-crime-recorded").update(numerator=7)
    assert said("recompute", month=["2021-01"], wait=True) == "Figures put right: 1.\n"


def test_recompute_refuses_what_is_no_month():
    with pytest.raises(CommandError, match="is not a month"):
        said("recompute", month=["soon"], wait=True)


def test_recompute_without_a_choice_is_refused():
    with pytest.raises(CommandError, match="--all --month"):
        said("recompute")

"""The ledger by file: the rule of the balance holds there too, and wrong rows come back in words."""

import csv
from datetime import date, timedelta

import polars as pl
import pytest

from core.imports import load
from core.services.imports import load_from_disk
from operations.models import PackBalance, PackMovement
from tests.factories.packs import DELIVERED, GIVEN, GiftFactory, PartnerFactory, StockPlaceFactory

pytestmark = pytest.mark.django_db
HEADER = ["movement_ref", "kind", "level", "place", "number", "moved_on", "partner", "address"]


@pytest.fixture
def place():
    return StockPlaceFactory.create(code="store")


def row(ref, kind="given", **changes):
    found = {"movement_ref": ref, "kind": kind, "level": "bronze", "place": "store"}
    where = "1 Invented Row" if kind == "given" else ""
    day = DELIVERED if kind == "delivery" else GIVEN
    return found | {"number": 1, "moved_on": day, "partner": "", "address": where} | changes


def told(*rows, **options):
    frame = pl.DataFrame([{k: str(v) for k, v in one.items()} for one in rows], strict=False)
    return load("pack-movements", [frame], by=None, **options)


def test_file_of_five_thousand_with_twelve_wrong(place, tmp_path):
    PartnerFactory.create(code="food-bank")
    wrong = [
        row("W01", number=0),
        row("W02", number=-4),
        row("W03", level="platinum"),
        row("W04", kind="lent"),
        row("W05", place="nowhere"),
        row("W06", partner="nobody", address=""),
        row("W07", address=""),
        row("W08", partner="food-bank"),
        row("W09", moved_on="2021-02-30"),
        row("W10", level="silver"),
        row("W11", moved_on=DELIVERED - timedelta(days=1)),
        row("W12", number=99_999),
    ]
    right = [row(f"G{n:04d}", number=1 + n % 3) for n in range(4987)]
    file, rejects = tmp_path / "packs.csv", tmp_path / "rejects.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, HEADER)
        writer.writeheader()
        writer.writerows(
            [*right[:3000], *wrong, *right[3000:], row("IN", "delivery", number=10_000)]
        )
    dry = load_from_disk(kind="pack-movements", path=file, dry_run=True)
    assert (dry.created, dry.rejected, PackMovement.objects.count()) == (4988, 12, 0)
    receipt = load_from_disk(kind="pack-movements", path=file, dry_run=False, rejects=rejects)
    assert (receipt.read, receipt.created, receipt.rejected) == (5000, 4988, 12)
    with rejects.open() as told_back:
        back = {one["movement_ref"]: one["error"] for one in csv.DictReader(told_back)}
    assert sorted(back) == [one["movement_ref"] for one in wrong]
    assert "number: At least one pack moves" in back["W01"]
    assert "address: Packs are given to a partner or to an address: name one" in back["W07"]
    assert "Only -1 silver packs would be in stock at Store" in back["W10"]
    assert "would be in stock" in back["W11"]
    assert "would be in stock" in back["W12"]
    given = sum(one["number"] for one in right)
    assert PackBalance.objects.get(level="bronze").balance == 10_000 - given
    again = load_from_disk(kind="pack-movements", path=file, dry_run=False)
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 4988, 12)


def test_rows_of_a_file_stand_in_whatever_order(place):
    back = row("A-BACK", "returned", gift_ref="B-GIFT", moved_on=GIVEN, number=2, address="")
    gift = row("B-GIFT", number=5, gift_ref="")
    stock = row("C-IN", "delivery", number=5, gift_ref="")
    receipt = told(back, gift, stock)
    assert (receipt.created, receipt.rejected) == (3, 0)
    assert PackBalance.objects.get().balance == 2


def test_changed_row_is_held_to_the_rule(place):
    told(row("IN", "delivery", number=5), row("G", number=5))
    receipt = told(row("IN", "delivery", number=4))
    assert (receipt.updated, receipt.rejected) == (0, 1)
    assert "Only -1 bronze packs would be in stock" in receipt.errors[0].message
    assert told(row("IN", "delivery", number=6)).updated == 1


def test_count_in_a_file_needs_its_reason(place):
    told(row("IN", "delivery", number=5))
    receipt = told(row("C", "count", number=-1, note=""))
    assert receipt.errors[0].column == "note"
    assert "Say why the count differs" in receipt.errors[0].message
    assert told(row("C", "count", number=-1, note="One was damp")).created == 1


def test_return_in_a_file_names_a_gift(place):
    told(row("IN", "delivery", number=5))
    receipt = told(row("R", "returned", gift_ref="NONE", address=""))
    assert "There is no gift NONE" in receipt.errors[0].message
    gift = GiftFactory.create(place=place, number=3)
    receipt = told(row("R", "returned", gift_ref=gift.pk, number=4, address=""))
    assert "4 cannot come back" in receipt.errors[0].message


def test_day_ahead_is_refused(place):
    receipt = told(row("IN", "delivery", moved_on=date(2100, 1, 1)))
    assert receipt.rejected == 1

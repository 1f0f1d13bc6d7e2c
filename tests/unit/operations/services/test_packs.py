"""The ledger of packs: what it refuses, whoever writes, and that balances are its sums."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.access.decision import NotAllowed
from core.models import AuditEvent
from operations.models import PackBalance, PackMovement
from operations.selectors.packs import balances, day_of_ledger, in_stock, tiles
from operations.services import packs
from tests.factories.packs import (
    DELIVERED,
    GIVEN,
    DeliveryFactory,
    GiftFactory,
    PackTargetFactory,
    PartnerFactory,
    StockPlaceFactory,
)
from tests.factories.properties import PropertyFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def staff():
    return UserFactory.create(roles=["isd-staff"])


@pytest.fixture
def place():
    return DeliveryFactory.create().place


def give(by, place, **changes):
    facts: dict[str, Any] = {
        "level": "bronze",
        "number": 40,
        "moved_on": GIVEN,
        "address": "1 Invented Row",
    }
    return packs.give_packs(by=by, place=place, **(facts | changes))


def stored():
    rows = PackBalance.objects.values_list("place__name", "level", "balance")
    return sorted(row for row in rows if row[2])


def test_gift_is_entered_audited_and_leaves_the_stock(staff, place):
    gift = give(staff, place)
    assert (gift.change, gift.given) == (-40, 40)
    assert in_stock(place.pk, "bronze", GIVEN) == 60
    assert AuditEvent.objects.get(action="record.created").target_id == gift.pk


def test_only_those_who_keep_prevention_move_packs(place):
    with pytest.raises(NotAllowed):
        give(UserFactory.create(roles=["act-supervisor"]), place)


def test_pack_that_is_not_in_stock_is_refused_with_how_many_are(staff, place):
    with pytest.raises(ValidationError, match="Only 100 bronze packs can leave"):
        give(staff, place, number=101)
    with pytest.raises(ValidationError, match="Only 0 silver packs can leave"):
        give(staff, place, level="silver", number=1)


def test_gift_before_the_stock_came_is_refused(staff, place):
    with pytest.raises(ValidationError, match=r"Only 0 bronze packs .* 3 January 2021"):
        give(staff, place, moved_on=DELIVERED - DAY, number=1)


def test_gift_of_an_earlier_day_leaves_enough_for_the_later_ones(staff, place):
    give(staff, place, number=90, moved_on=GIVEN + 10 * DAY)
    with pytest.raises(ValidationError, match="Only 10 bronze"):
        give(staff, place, number=11)
    DeliveryFactory.create(place=place, moved_on=GIVEN + 20 * DAY)
    with pytest.raises(ValidationError, match="Only 10 bronze"):
        give(staff, place, number=11)
    assert give(staff, place, number=10)


@pytest.mark.parametrize("number", [0, -3])
def test_no_pack_is_no_gift(staff, place, number):
    with pytest.raises(ValidationError, match="At least one pack moves"):
        give(staff, place, number=number)


def test_gift_goes_to_one_partner_or_address(staff, place):
    with pytest.raises(ValidationError, match="name one"):
        give(staff, place, address="")
    with pytest.raises(ValidationError, match="name one"):
        give(staff, place, partner=PartnerFactory.create())


def test_gift_in_the_future_is_refused(staff, place):
    with time_machine.travel(date(2021, 1, 10)), pytest.raises(ValidationError, match="future"):
        give(staff, place)


def test_partner_that_no_longer_helps_is_refused(staff, place):
    partner = PartnerFactory.create(is_open=False)
    with pytest.raises(ValidationError, match="no longer helps"):
        give(staff, place, address="", partner=partner)


def test_gift_sent_twice_is_given_once(staff, place):
    first, second = (give(staff, place, movement_ref="PM-TWICE") for _ in range(2))
    assert first == second
    assert in_stock(place.pk, "bronze", GIVEN) == 60


def test_gift_to_a_known_property_is_linked_and_counted_in_its_district(staff, place):
    home = PropertyFactory.create(address="4 Invented Close", postcode="ZZ1 1ZZ")
    gift = give(staff, place, address="4 invented close, zz1 1zz")
    assert (gift.home, gift.address, gift.district_id) == (home, "", home.district_id)
    assert give(staff, place, number=1, address="Elsewhere").home is None


def test_return_larger_than_the_gift_is_refused(staff, place):
    gift = give(staff, place)
    packs.return_packs(by=staff, gift=gift, number=30, moved_on=GIVEN)
    with pytest.raises(ValidationError, match="Only 10 of this gift can still come back"):
        packs.return_packs(by=staff, gift=gift, number=11, moved_on=GIVEN)
    assert in_stock(place.pk, "bronze", GIVEN) == 90


def test_return_before_the_gift_is_refused(staff, place):
    gift = give(staff, place)
    with pytest.raises(ValidationError, match="before they were given"):
        packs.return_packs(by=staff, gift=gift, number=1, moved_on=GIVEN - DAY)


def test_only_gifts_come_back(staff, place):
    delivery = PackMovement.objects.get()
    with pytest.raises(ValidationError, match="Only packs that were given"):
        packs.return_packs(by=staff, gift=delivery, number=1, moved_on=GIVEN)


def test_count_is_reconciled_with_a_reason(staff, place):
    facts = {"place": place, "level": "bronze", "moved_on": GIVEN}
    entry = packs.count_packs(by=staff, found=97, note="Three were damp", **facts)
    assert entry.number == -3
    assert in_stock(place.pk, "bronze", GIVEN) == 97
    with pytest.raises(ValidationError, match="Say why the count differs"):
        packs.count_packs(by=staff, found=90, note="", **facts)
    with pytest.raises(ValidationError, match="agrees with the entries"):
        packs.count_packs(by=staff, found=97, note="As it is", **facts)
    with pytest.raises(ValidationError, match="0 or more"):
        packs.count_packs(by=staff, found=-1, note="No", **facts)


def test_count_cannot_leave_less_than_was_given_later(staff, place):
    give(staff, place, number=90, moved_on=GIVEN + DAY)
    with pytest.raises(ValidationError, match="Only 10 bronze"):
        packs.count_packs(
            by=staff, place=place, level="bronze", moved_on=GIVEN, found=50, note="Fewer"
        )


def test_withdrawn_entry_counts_no_longer_and_keeps_its_reason(staff, place):
    gift = give(staff, place)
    with pytest.raises(ValidationError, match="Say why"):
        packs.withdraw_movement(by=staff, movement=gift, why=" ")
    packs.withdraw_movement(by=staff, movement=gift, why="Typed 40 for 4")
    assert in_stock(place.pk, "bronze", GIVEN) == 100
    with pytest.raises(ValidationError, match="withdrawn already"):
        packs.withdraw_movement(by=staff, movement=gift, why="Again")


def test_delivery_whose_packs_are_given_cannot_be_withdrawn(staff, place):
    give(staff, place)
    delivery = PackMovement.objects.get(kind="delivery")
    with pytest.raises(ValidationError, match="Only -40 bronze packs would be in stock"):
        packs.withdraw_movement(by=staff, movement=delivery, why="Never came")


def test_gift_that_came_back_cannot_be_withdrawn(staff, place):
    gift = give(staff, place)
    packs.return_packs(by=staff, gift=gift, number=5, moved_on=GIVEN)
    with pytest.raises(ValidationError, match="Only 0 packs were given"):
        packs.withdraw_movement(by=staff, movement=gift, why="Wrong")


def test_database_refuses_what_no_service_saw(place):
    for wrong in ({"number": 101}, {"moved_on": DELIVERED - DAY}, {"level": "gold"}):
        with pytest.raises(IntegrityError, match="would be in stock"), transaction.atomic():
            GiftFactory.create(place=place, **wrong)
    gift = GiftFactory.create(place=place, number=100)
    with pytest.raises(IntegrityError, match="would be in stock"), transaction.atomic():
        PackMovement.objects.filter(kind="delivery").update(number=99)
    with pytest.raises(IntegrityError, match="would be in stock"), transaction.atomic():
        PackMovement.objects.filter(kind="delivery").delete()
    back = {"place": place, "kind": "returned", "gift_ref": gift.pk}
    for wrong, said in (
        ({"number": 101}, "cannot come back"),
        ({"moved_on": GIVEN - DAY}, "before they were given"),
        ({"level": "silver"}, "is no gift of silver packs"),
        ({"gift_ref": "NONE"}, "There is no gift NONE"),
    ):
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            DeliveryFactory.create(**(back | {"moved_on": GIVEN} | wrong))


def test_balances_are_rebuilt_from_the_ledger(staff, place):
    other = StockPlaceFactory.create()
    DeliveryFactory.create(place=other, level="silver", number=30)
    gift = give(staff, place)
    packs.return_packs(by=staff, gift=gift, number=4, moved_on=GIVEN, place=other)
    packs.count_packs(
        by=staff, place=other, level="silver", moved_on=GIVEN, found=28, note="Two damp"
    )
    packs.withdraw_movement(by=staff, movement=give(staff, place, number=2), why="Slip")
    PackMovement.objects.filter(kind="delivery", level="silver").update(number=31)
    DeliveryFactory.create(place=place, number=7).delete()
    assert stored() == balances(date(2021, 2, 1))
    assert stored() == sorted(
        [(place.name, "bronze", 60), (other.name, "bronze", 4), (other.name, "silver", 29)]
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE operations_packmovement")
    assert stored() == []


def test_tiles_say_balance_given_and_outlook(staff, place, django_assert_num_queries):
    PackTargetFactory.create(number=90, due_on=GIVEN + 27 * DAY)
    give(staff, place)
    with django_assert_num_queries(3):
        bronze, silver, _ = tiles(GIVEN + 6 * DAY)
    assert (bronze.balance, bronze.given) == (60, 40)
    assert bronze.forecast
    assert bronze.forecast.words == "Needs 17 a week; at the present rate 70 by then."
    assert (silver.balance, silver.target, silver.forecast) == (0, None, None)


def test_target_is_that_which_is_due_next(staff, place):
    PackTargetFactory.create(number=10, due_on=GIVEN - DAY, title="first")
    PackTargetFactory.create(number=20, due_on=GIVEN + DAY, title="second")
    PackTargetFactory.create(number=30, due_on=GIVEN + 9 * DAY, title="third")
    targets = [tiles(day)[0].target for day in (GIVEN, GIVEN + 90 * DAY)]
    assert [target and target.title for target in targets] == ["second", "third"]


def test_ledger_that_rests_is_read_as_of_its_last_day(place):
    with time_machine.travel(date(2021, 2, 1)):
        assert day_of_ledger() == date(2021, 2, 1)
    with time_machine.travel(date(2021, 6, 1)):
        assert day_of_ledger() == DELIVERED


def apart(work):
    """In a thread with a connection of its own; what it was refused, in words."""
    try:
        work()
    except (ValidationError, IntegrityError) as refusal:
        return str(refusal)
    finally:
        connection.close()
    return ""


@pytest.mark.django_db(transaction=True)
def test_two_people_giving_the_last_pack_at_once():
    place, both = DeliveryFactory.create(number=1).place, Barrier(2)
    people = [UserFactory.create(roles=["isd-staff"]) for _ in range(2)]

    def take(by):
        both.wait()
        give(by, place, number=1)

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(lambda by: apart(lambda: take(by)), people))
    assert told[0] == ""
    assert "Only 0 bronze packs can leave" in told[1]
    assert stored() == []


@pytest.mark.django_db(transaction=True)
def test_two_writers_past_every_service_cannot_take_the_last_pack():
    place, both = DeliveryFactory.create(number=1).place, Barrier(2)
    partner = PartnerFactory.create()

    def take(ref):
        with transaction.atomic():
            both.wait()
            GiftFactory.create(movement_ref=ref, place=place, partner=partner, number=1)

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(lambda ref: apart(lambda: take(ref)), ["A", "B"]))
    assert told[0] == ""
    assert "Only -1 bronze packs would be in stock" in told[1]
    assert PackMovement.objects.filter(kind="given").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_returns_of_one_gift_at_once_are_no_more_than_the_gift():
    place, both = DeliveryFactory.create().place, Barrier(2)
    other = StockPlaceFactory.create()
    gift = GiftFactory.create(place=place, number=10)

    def back(to):
        with transaction.atomic():
            both.wait()
            DeliveryFactory.create(
                movement_ref=f"BACK-{to.pk}", kind="returned", gift_ref=gift.pk, place=to,
                number=10, moved_on=GIVEN,
            )  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(lambda to: apart(lambda: back(to)), [place, other]))
    assert told[0] == ""
    assert "cannot come back" in told[1]

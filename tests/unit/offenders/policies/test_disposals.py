"""One test for each refusal of an offer."""

from datetime import date
from typing import Any

import pytest

from core.ranks import Rank
from offenders.disposal_types import PLAIN, TYPES
from offenders.models import DisposalType
from offenders.policies.disposals import Offer, Refusal, missing

DAY = date(2021, 2, 1)
DUE = date(2021, 2, 20)
END = date(2021, 4, 1)


def offer(code, **changes):
    facts: dict[str, Any] = {
        "type": DisposalType(code=code, **PLAIN | TYPES[code]),
        "day": DAY,
        "age": 30,
        "admission": "guilt",
        "victim_view": "supports",
        "rank": Rank.INSPECTOR,
        "ends_on": END,
        "due": [DUE],
    }
    return missing(Offer(**facts | changes))


@pytest.mark.parametrize(
    ("expected", "code", "changes"),
    [
        (Refusal.NOT_IN_FORCE, "diversionary-caution", {}),
        (Refusal.NOT_IN_FORCE, "community-caution", {}),
        (
            Refusal.NOT_IN_FORCE,
            "outcome-22",
            {"day": date(2019, 3, 31), "due": [], "ends_on": None},
        ),
        (Refusal.AGE_UNKNOWN, "conditional-caution", {"age": None}),
        (Refusal.TOO_YOUNG, "conditional-caution", {"age": 17}),
        (Refusal.TOO_YOUNG, "youth-conditional-caution", {"age": 9}),
        (Refusal.TOO_OLD, "youth-conditional-caution", {"age": 18}),
        (Refusal.ADMISSION, "conditional-caution", {"admission": "none"}),
        (Refusal.ADMISSION, "conditional-caution", {"admission": "responsibility"}),
        (Refusal.RESPONSIBILITY, "community-resolution", {"admission": "none", "ends_on": DUE}),
        (Refusal.NO_ADULT, "youth-conditional-caution", {"age": 17}),
        (Refusal.VICTIM_VIEW, "conditional-caution", {"victim_view": "not-asked"}),
        (Refusal.RANK, "conditional-caution", {"rank": Rank.CONSTABLE}),
        (Refusal.NO_CONDITIONS, "simple-caution", {}),
        (Refusal.CONDITIONS_NEEDED, "conditional-caution", {"due": []}),
        (Refusal.PERIOD_NEEDED, "conditional-caution", {"ends_on": None}),
        (Refusal.PERIOD_ENDS_FIRST, "conditional-caution", {"ends_on": date(2021, 1, 31)}),
        (Refusal.PERIOD_TOO_LONG, "conditional-caution", {"ends_on": date(2021, 6, 22)}),
        (Refusal.CONDITION_DATE, "conditional-caution", {"due": [date(2021, 4, 2)]}),
        (Refusal.CONDITION_DATE, "conditional-caution", {"due": [date(2021, 1, 31)]}),
    ],
)
def test_offer_is_refused(expected, code, changes):
    assert expected in offer(code, **changes)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("conditional-caution", {}),
        ("conditional-caution", {"ends_on": date(2021, 6, 21)}),  # 140 days
        ("conditional-caution", {"age": 18}),
        ("youth-conditional-caution", {"age": 17, "appropriate_adult": "Aunt Invented"}),
        ("community-resolution", {"admission": "responsibility", "age": 12}),
        ("outcome-22", {"admission": "none"}),
        ("no-further-action", {"age": None, "due": [], "admission": "none"}),
        ("simple-caution", {"due": [], "ends_on": None}),
    ],
)
def test_offer_is_taken(code, changes):
    assert offer(code, **changes) == []


def test_everything_that_is_missing_is_said_at_once():
    found = offer("conditional-caution", admission="none", rank=Rank.CONSTABLE, due=[])
    assert found == [Refusal.RANK, Refusal.ADMISSION, Refusal.CONDITIONS_NEEDED]


def test_every_refusal_is_a_sentence():
    assert all(str(reason.label).endswith(".") for reason in Refusal)

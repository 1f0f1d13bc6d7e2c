from datetime import UTC, date, datetime

import pytest

from core.ranks import Rank
from core.words import facts_of, words_of
from offenders.models import Bail, Disposal
from tests.factories.crimes import CrimeFactory


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "-"),
        ("", "-"),
        (0, "0"),
        (False, "No"),
        (True, "Yes"),
        (date(2021, 1, 5), "5 Jan 2021"),
        (datetime(2020, 7, 1, 11, tzinfo=UTC), "1 Jul 2020 12:00"),
        ("28E", "28E"),
    ],
)
def test_words_of_a_value(value, words):
    assert words_of(value) == words


def test_facts_carry_the_label_of_their_field():
    crime = CrimeFactory.build(is_allocated=None)
    assert facts_of(crime, ["is_allocated"]) == [
        {"key": "Allocated to an investigator", "value": "-"}
    ]


def test_flag_is_named_without_its_verb():
    assert facts_of(Bail(), ["is_offence_recorded"]) == [{"key": "Offence recorded", "value": "No"}]


def test_facts_say_a_choice_in_words():
    disposal = Disposal(admission="guilt", authorised_rank=Rank.INSPECTOR)
    found = facts_of(disposal, ["admission", "authorised_rank"])
    assert [fact["value"] for fact in found] == ["Admits the offence", "Inspector"]

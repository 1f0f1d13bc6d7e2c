from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.models import Alias, Identifier, Vehicle
from offenders.selectors.duplicates import likely_duplicates
from offenders.selectors.search import find_nominals, parse, slips_of
from tests.factories.nominals import NominalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def oswin():
    NominalFactory.create(surname="Brambleholt", forenames="Ted", date_of_birth="1971-02-03")
    nominal = NominalFactory.create(
        surname="O'Quill-Feather",
        forenames="Oswin José",
        date_of_birth="1990-05-07",
        pnc_id="90/123456A",
        custody_ref="CU900",
    )
    Alias.objects.create(nominal=nominal, forenames="Spindle", date_of_birth="1991-06-08")
    Alias.objects.create(nominal=nominal, surname="Marrowby", forenames="Lee")
    Identifier.objects.create(nominal=nominal, kind="cro", value="77/90B")
    Vehicle.objects.create(nominal=nominal, registration="ZZ12ZZX")
    return nominal


@pytest.mark.parametrize(
    "text",
    [
        "oquill, oswin",
        "Oswin O\u2019Quill",
        "jose feather",
        "oswni oqill",  # slips
        "ozwin fedder",  # by its sound
        "osw",  # the start of a name
        "spindle",
        "marroby lee",
        "oswin 07/05/1990",
        "7.5.1990",
        "1990-05-07",
        "7 May 1990",
        "7th may 1990",
        "oswin 07-MAY-1990",
        "05/07/1990",  # day and month swapped
        "08061991",  # the birthday of an alias
        "90/123456a",
        "cu900",
        "77/90b",
        "zz12 zzx",
        "z12z",
    ],
)
def test_search_finds(oswin, text):
    assert [hit.pk for hit in find_nominals(text)][:1] == [oswin.pk]


@pytest.mark.parametrize("text", ["", "  ", ",", "%", "'", "31/02/1990", "zz", "{}"])
def test_search_finds_nobody_by_nothing(oswin, text):
    assert find_nominals(text) == []


def test_search_follows_a_changed_name(oswin):
    oswin.surname = "Tansyworth"
    oswin.save()
    assert [hit.pk for hit in find_nominals("tansyworth")] == [oswin.pk]
    oswin.aliases.all().delete()
    assert find_nominals("spindle") == []


@given(st.text(max_size=40))
def test_parse_takes_whatever_is_typed(text):
    assert all(word.isascii() and word.isalpha() for word in parse(text).words)


def test_slips_of_a_short_word_are_one_letter_away():
    assert {"lea", "lee", "eel", "le", "leen", "ele"} & slips_of("lee") == {
        "lea",
        "le",
        "leen",
        "ele",
    }


def test_duplicates_differ_by_birthday(oswin):
    twin = NominalFactory.build(surname="Quill Feather", forenames="Oswyn", lead_officer=None)
    for born, likely in (
        (date(1990, 5, 7), [oswin]),
        (date(1990, 7, 5), [oswin]),
        (date(1990, 5, 17), [oswin]),
        (None, [oswin]),
        (date(1962, 1, 30), []),
    ):
        twin.date_of_birth = born
        assert likely_duplicates(twin) == likely

from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from performance.indicators import INDICATORS
from performance.selectors.drill_down import COUNTED, drill_of, rows_urls
from performance.selectors.values import Period, Value
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def words(slug, part):
    return drill_of(slug, {"part": part, "month": "2021-01", "unit": "north"}).words()


@pytest.mark.parametrize(
    ("slug", "part", "said"),
    [
        (
            "theft-of-motor-vehicle-outcome-rate",
            "numerator",
            (
                "Crimes whose live outcome was recorded in January 2021, North, outcome prosecution "
                "possible, theft of motor vehicle, not cancelled"
            ),
        ),
        (
            "hub-referral-rate",
            "denominator",
            "Crimes recorded in January 2021, North, with a victim, not cancelled",
        ),
        (
            "prompt-domestic-response",
            "median",
            (
                "Incidents opened, with an arrival within 48 hours, in January 2021, North, prompt, "
                "domestic"
            ),
        ),
        (
            "calls-non-emergency-answered",
            "numerator",
            (
                "Calls offered in January 2021, North, non-emergency, answered within 10 seconds or "
                "answered in 10 to 30 seconds"
            ),
        ),
        (
            "vehicle-crime-allocated",
            "denominator",
            (
                "Crimes recorded in January 2021, North, vehicle crime, known whether allocated "
                "to an investigator, not cancelled"
            ),
        ),
        (
            "supervisory-reviews-overdue",
            "numerator",
            "Supervisory reviews open at the end of January 2021, North, overdue then",
        ),
    ],
)
def test_words_say_the_conditions(slug, part, said):
    assert words(slug, part) == said


def test_every_basis_is_put_into_words():
    bases = {part.basis for each in INDICATORS.values() for part in each.measures.values()}
    assert bases - set(COUNTED) == set()


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_part_is_put_into_words(slug):
    for part in INDICATORS[slug].measures:
        assert words(slug, part)


def test_blank_query_means_the_first_part_and_the_force():
    drill = drill_of("dwelling-burglary-outcome-rate", {})
    assert (drill.part, drill.unit.pk, drill.period) == ("numerator", "force", Period.MONTH)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"part": "median"}, "no part “median”"),
        ({"unit": "x"}, "not a unit"),
        ({"month": "x"}, "not a month"),
        ({"period": "x"}, "not a period"),
    ],
)
def test_query_that_cannot_be_says_why(query, why):
    with pytest.raises(ValidationError, match=why):
        drill_of("dwelling-burglary-outcome-rate", query)


def test_unknown_indicator_says_so():
    with pytest.raises(ValidationError, match="no indicator “x”"):
        drill_of("x", {})


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (Value(), []),
        (Value(77, None, Fraction(77), historic=True), []),
        (Value(77, None, Fraction(77)), ["numerator"]),
    ],
)
def test_figure_without_rows_has_no_address(value, parts):
    drill = drill_of("dwelling-burglary-recorded", {})
    by = UserFactory.create(roles=["manager"])
    found = rows_urls(
        drill.indicator, value, by=by, month=drill.month, unit=drill.unit, period=drill.period
    )
    assert list(found) == parts

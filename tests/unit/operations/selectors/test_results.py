from datetime import date

import pytest

from offenders.models import Sentence
from operations.models import OperationForce, OperationPremises, OperationProperty
from operations.selectors.results import FIGURES, operation_summary, results_of, rows_of
from tests.factories.custody import ArrestFactory
from tests.factories.operations import (
    OperationArrestFactory,
    OperationConvictionFactory,
    OperationFactory,
    OperationVehicleFactory,
)

pytestmark = pytest.mark.django_db
JANUARY = date(2023, 1, 31)


@pytest.fixture
def family():
    """An operation that stands in another, with two of most things."""
    outer = OperationFactory.create(slug="op-outer", name="Op Outer")
    inner = OperationFactory.create(slug="op-inner", name="Op Inner", parent=outer)
    first = OperationVehicleFactory.create(operation=inner, recovered_on=date(2023, 1, 9))
    OperationVehicleFactory.create(operation=inner, stolen_on=date(2023, 2, 2))
    OperationVehicleFactory.create(
        operation=outer, registration=first.registration, shared_from=first
    )
    for county in ("Inventedshire", "Farshire"):
        OperationForce.objects.create(operation=inner, county=county)
    OperationForce.objects.create(operation=outer, county="Farshire")
    OperationProperty.objects.create(
        operation=outer, recovered_on=date(2023, 1, 3), description="Tools", value=500
    )
    OperationPremises.objects.create(
        operation=inner, kind="chop-shop", line="1 Bramble Row", town="Peterborough"
    )
    OperationArrestFactory.create(operation=inner, arrest=ArrestFactory.create())
    link = OperationConvictionFactory.create(operation=inner)
    for day, months in ((date(2023, 1, 25), 54), (date(2023, 2, 5), 12)):
        Sentence.objects.create(
            conviction=link.conviction, kind="custody", sentenced_on=day, months=months
        )
    return outer


def test_family_counts_what_stands_inside_it(family):
    found = results_of(family)
    assert (found["arrests"].count, found["convictions"].count) == (1, 1)
    assert (found["vehicles"].count, found["vehicles"].pounds) == (2, 40_000)
    assert (found["recovered"].count, found["recovered"].pounds) == (1, 20_000)
    assert found["counties"].count == 2
    assert found["property"].pounds == 500
    assert found.custody_months == [54, 12]


def test_operation_alone_counts_its_own(family):
    found = results_of(family, family=False)
    assert (found["arrests"].count, found["vehicles"].count, found["counties"].count) == (0, 1, 1)


def test_day_cuts_off_what_came_later(family):
    found = results_of(family, until=JANUARY)
    assert found["vehicles"].count == 1
    assert found.custody_months == [54]


@pytest.mark.parametrize("slug", FIGURES)
@pytest.mark.parametrize("until", [None, JANUARY])
def test_figure_opens_exactly_the_rows_that_it_counts(family, slug, until):
    figure = results_of(family, until=until)[slug]
    assert figure.count == len(list(rows_of(slug, family, until=until)))


def test_answer_is_made_of_the_figures(family):
    assert results_of(family).answer == (
        "1 arrest, 0 charges and 1 conviction. Custody in all: 5 years 6 months. "
        "Of 2 stolen vehicles, 1 recovered, worth £20,000."
    )


def test_answer_leaves_vehicles_out_where_none_was_stolen():
    operation = OperationFactory.create()

    assert results_of(operation).answer == "0 arrests, 0 charges and 0 convictions."


def test_summary_names_nobody_and_says_where_it_stands(family):
    told = operation_summary("op-inner", JANUARY)
    assert (told.within, told.counties, told.vehicles) == ("Op Outer", 2, 1)
    assert told.premises == ("Chop shop, Peterborough",)
    assert [(one.on, one.months) for one in told.sentenced] == [(date(2023, 1, 25), 54)]

"""Facts about members of cohorts who live near, each under the rule that shows it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.ranks import Rank
from offenders.models import Bail, BailCondition, CourtBail, Detention
from operations.selectors.living_near import Event, neighbours_of
from tests.factories.custody import ArrestFactory
from tests.factories.scans import A_METRE, HERE, neighbour
from tests.factories.tags import worn

pytestmark = pytest.mark.django_db
SINCE = datetime(2021, 1, 20, 22, tzinfo=UTC)  # a Wednesday
UNTIL = SINCE + timedelta(hours=2)
DAY = timedelta(days=1)


def event(**facts):
    said: dict[str, Any] = (
        {"place": 1, "since": SINCE, "until": UNTIL, "offence": "28E"} | HERE | facts
    )
    return Event(**said)


def told(**facts):
    """Tags of the facts about the nearest member."""
    return [fact.tag for fact in neighbours_of([event(**facts)])[1][0].facts if fact.tag]


def test_members_within_the_distance_are_shown_the_nearest_first():
    far, near = neighbour(metres_north=900), neighbour(metres_north=100)
    neighbour(metres_north=1_100)
    found = neighbours_of([event()])[1]
    assert [(one.nominal, one.metres) for one in found] == [(near, 100), (far, 900)]


def test_address_counts_only_while_it_is_used():
    nominal = neighbour()
    nominal.addresses.update(until=(SINCE - DAY).date())
    assert neighbours_of([event()])[1] == []


def test_nominal_outside_of_every_cohort_is_not_shown():
    nominal = neighbour()
    nominal.memberships.all().delete()
    assert neighbours_of([event()])[1] == []


def test_every_fact_has_its_rule_and_none_is_a_score():
    neighbour()
    facts = neighbours_of([event()])[1][0].facts
    assert all(fact.rule for fact in facts)
    assert [fact.text.split(":")[0] for fact in facts][1] == "At large"


@pytest.mark.parametrize(
    ("arrested", "ended", "said"),
    [
        (SINCE - DAY, None, ["In custody then"]),
        (SINCE - DAY, UNTIL + DAY, ["In custody then"]),
        (SINCE - DAY, UNTIL - timedelta(hours=1), ["At large"]),
        (UNTIL + DAY, None, ["At large"]),
    ],
)
def test_custody_over_the_whole_time_means_not_at_large(arrested, ended, said):
    arrest = ArrestFactory.create(nominal=neighbour(), arrested_at=arrested)
    result = "no-action" if ended else ""
    Detention.objects.create(
        arrest=arrest,
        station="Nowhere",
        officer=arrest.arresting_officer,
        ended_at=ended,
        result=result,
        hours_used=1 if ended else None,
    )
    assert told() == said


def test_tag_and_its_curfew_are_told_when_they_ran():
    nominal = neighbour()
    tag = worn(nominal=nominal)
    tag.conditions.create(
        kind="curfew",
        place="At home",
        weekdays=[2],
        starts="21:00",
        ends="06:00",
        since="2021-01-12",
    )
    assert told() == ["At large", "Tag", "Curfew"]
    assert told(since=SINCE + DAY, until=UNTIL + DAY) == ["At large", "Tag"]  # Thursday night
    assert told(since=SINCE - 60 * DAY, until=UNTIL - 60 * DAY) == ["At large"]


@pytest.mark.parametrize(
    ("kind", "said"), [("curfew", ["At large", "Bail"]), ("contact", ["At large"])]
)
def test_bail_is_told_with_conditions_about_where_to_be(kind, said):
    arrest = ArrestFactory.create(nominal=neighbour(), arrested_at=SINCE - 5 * DAY)
    bail = Bail.objects.create(
        arrest=arrest,
        granted_at=SINCE - 4 * DAY,
        authorised_by="Invented",
        authorised_rank=Rank.INSPECTOR,
        ends_on=(SINCE + 20 * DAY).date(),
        by=arrest.arresting_officer,
    )
    BailCondition.objects.create(bail=bail, kind=kind, text="Invented", from_at=SINCE - 4 * DAY)
    assert told() == said


def test_court_bail_is_told():
    nominal = neighbour()
    CourtBail.objects.create(
        nominal=nominal, court="Nowhere", granted_on="2021-01-10", by=nominal.lead_officer
    )
    assert told() == ["At large", "Court bail"]


def test_typology_is_told_where_it_is_of_this_kind_of_offence():
    nominal = neighbour()
    nominal.typologies.create(kind="burglar")
    texts = [fact.text for fact in neighbours_of([event()])[1][0].facts]
    assert "Typology on record: Burglar." in texts
    other = [fact.text for fact in neighbours_of([event(offence="45")])[1][0].facts]
    assert "Typology on record: Burglar." not in other


def test_metres_are_those_of_the_surface():
    neighbour(metres_north=500)
    east = 300 * A_METRE / 0.6129  # cosine of 52.2 degrees
    found = neighbours_of([event(longitude=HERE["longitude"] + east)])[1]
    assert found[0].metres == pytest.approx(583, abs=2)

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.access.decision import NotAllowed
from core.concurrency import EditConflict
from core.dates import today
from core.models import AuditEvent
from core.selectors.history import history_of
from offenders.models import CrimeSeries, SeriesCrime, SeriesSuspect
from offenders.selectors.series import Content, series_of_crime
from offenders.services.merges import merge_nominals
from offenders.services.series import (
    amend_series,
    close_series,
    eliminate_suspect,
    link_crime,
    name_suspect,
    open_series,
    reopen_series,
    suspect_again,
    unlink_crime,
)
from tests.factories.crimes import JANUARY, CrimeFactory
from tests.factories.nominals import NominalFactory
from tests.factories.series import (
    SeriesCrimeFactory,
    SeriesFactory,
    SeriesSuspectFactory,
    officer,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {"name": "Back doors", "method": "Rear doors forced in the afternoon"}


@pytest.fixture
def by():
    return officer()


def says(call, **arguments):
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        call(**arguments)
    return " ".join(refusal.value.messages)


def test_series_is_opened_with_a_reference_and_an_owner(by):
    series = open_series(by=by, **FACTS)
    assert series.ref == f"S{series.pk:05d}"
    assert series.owner == by
    assert AuditEvent.objects.filter(action="record.created", target_id=series.pk).exists()


def test_series_is_opened_with_its_first_crime(by):
    crime = CrimeFactory.create()
    series = open_series(by=by, crime=crime, why="The first of them", **FACTS)
    (link,) = series_of_crime(crime)
    assert (link.series, link.why, link.linked_by) == (series, "The first of them", by)


def test_series_whose_first_crime_has_no_reason_is_not_opened(by):
    says(open_series, by=by, crime=CrimeFactory.create(), **FACTS)
    assert not CrimeSeries.objects.exists()


@pytest.mark.parametrize("field", ["name", "method"])
def test_series_needs_a_name_and_a_method(by, field):
    with pytest.raises(ValidationError) as refusal:
        open_series(by=by, **(FACTS | {field: ""}))
    assert field in refusal.value.message_dict


def test_series_is_not_opened_in_the_future(by):
    tomorrow = today() + timedelta(days=1)
    assert "in the future" in says(open_series, by=by, opened_on=tomorrow, **FACTS)


def test_series_is_owned_by_an_officer_who_is_here(by):
    assert "may own a series" in says(open_series, by=by, owner=UserFactory.create(), **FACTS)
    gone = officer(is_active=False)
    assert "has left" in says(open_series, by=by, owner=gone, **FACTS)


@pytest.mark.parametrize("role", ["analyst", "manager", "machine"])
def test_series_is_worked_by_officers_alone(role):
    with pytest.raises(NotAllowed):
        open_series(by=UserFactory.create(roles=[role]), **FACTS)


def test_crime_is_linked_with_who_and_why(by):
    series, crime = SeriesFactory.create(), CrimeFactory.create()
    link = link_crime(by=by, series=series, crime=crime, why="Same tool marks")
    assert (link.why, link.linked_by) == ("Same tool marks", by)
    events = AuditEvent.objects.filter(action="record.changed", detail__reason="Same tool marks")
    assert {event.target_id for event in events} == {str(series.pk), crime.pk}


def test_crime_is_in_a_series_once(by):
    link = SeriesCrimeFactory.create()
    said = {"series": link.series, "crime": link.crime, "why": "Again"}
    assert says(link_crime, by=by, **said) == "This crime is in the series already."


def test_crime_may_be_in_two_series(by):
    link = SeriesCrimeFactory.create()
    link_crime(by=by, series=SeriesFactory.create(), crime=link.crime, why="Both")
    assert len(series_of_crime(link.crime)) == 2


@pytest.mark.parametrize("why", ["", "  "])
def test_crime_is_not_linked_without_a_reason(by, why):
    said = {"series": SeriesFactory.create(), "crime": CrimeFactory.create(), "why": why}
    says(link_crime, by=by, **said)
    assert not SeriesCrime.objects.exists()


def test_cancelled_crime_belongs_to_no_series(by):
    crime = CrimeFactory.create(cancelled_at=JANUARY + timedelta(days=1))
    text = says(link_crime, by=by, series=SeriesFactory.create(), crime=crime, why="x")
    assert text == "This crime is cancelled: it belongs to no series."


def test_crime_taken_out_stays_on_record_and_may_come_back(by):
    link = SeriesCrimeFactory.create()
    unlink_crime(by=by, link=link, reason="Another hand")
    content = Content(link.series)
    assert content.linked == []
    assert [row.unlinked_why for row in content.unlinked] == ["Another hand"]
    assert "already" in says(unlink_crime, by=by, link=link, reason="Twice")
    link_crime(by=by, series=link.series, crime=link.crime, why="The same hand after all")
    assert len(Content(link.series).linked) == 1


def test_crime_is_not_taken_out_without_a_reason(by):
    link = SeriesCrimeFactory.create()
    assert "does not belong" in says(unlink_crime, by=by, link=link, reason=" ")


def test_suspect_is_named_eliminated_and_suspected_again(by):
    series, nominal = SeriesFactory.create(), NominalFactory.create()
    suspect = name_suspect(by=by, series=series, nominal=nominal, why="Footwear")
    eliminate_suspect(by=by, suspect=suspect, reason="In prison that week")
    assert [row.standing for row in Content(series).suspects] == ["eliminated"]
    again = suspect_again(by=by, suspect=suspect, reason="The dates were wrong")
    assert (again.standing, again.decided_why) == ("suspected", "The dates were wrong")
    changes = [change.label for revision in history_of(again) for change in revision.changes]
    assert changes.count("Standing") == 2


def test_suspect_is_not_eliminated_twice_nor_without_a_reason(by):
    suspect = SeriesSuspectFactory.create()
    assert "Say why" in says(eliminate_suspect, by=by, suspect=suspect, reason="")
    eliminate_suspect(by=by, suspect=suspect, reason="x")
    text = says(eliminate_suspect, by=by, suspect=suspect, reason="x")
    assert text == "The suspect of a series is eliminated: it cannot be eliminated now."


def test_nominal_is_named_once(by):
    suspect = SeriesSuspectFactory.create()
    said = {"series": suspect.series, "nominal": suspect.nominal, "why": "Again"}
    assert says(name_suspect, by=by, **said) == "This nominal is named in the series already."


def test_closed_series_takes_nothing_until_it_is_open_again(by):
    series = SeriesFactory.create()
    close_series(by=by, series=series, reason="All charged")
    closed = "This series is closed. Open it again first."
    crime, nominal = CrimeFactory.create(), NominalFactory.create()
    assert says(link_crime, by=by, series=series, crime=crime, why="x") == closed
    assert says(name_suspect, by=by, series=series, nominal=nominal, why="x") == closed
    assert "cannot be closed now" in says(close_series, by=by, series=series, reason="x")
    reopen_series(by=by, series=series, reason="Another one last night")
    link_crime(by=by, series=series, crime=crime, why="x")


def test_series_is_not_closed_without_a_reason_or_before_it_was_opened(by):
    series = SeriesFactory.create(opened_on=today())
    assert "Say why" in says(close_series, by=by, series=series, reason=" ")
    early = today() - timedelta(days=1)
    text = says(close_series, by=by, series=series, reason="x", on=early)
    assert text == "A series cannot close before it was opened."
    late = today() + timedelta(days=1)
    assert "in the future" in says(close_series, by=by, series=series, reason="x", on=late)


def test_two_officers_who_edit_one_series_are_told(by):
    series = SeriesFactory.create()
    amend_series(by=by, series=series, version=1, name="First")
    with pytest.raises(EditConflict):
        amend_series(by=by, series=series, version=1, name="Second")


def test_merge_takes_the_suspicion_along(by):
    supervisor = UserFactory.create(roles=["act-supervisor"])
    suspect, kept = SeriesSuspectFactory.create(), NominalFactory.create()
    merge_nominals(by=supervisor, kept=kept, gone=suspect.nominal, reason="One person")
    assert [row.nominal for row in Content(suspect.series).suspects] == [kept]


def test_merge_of_two_suspects_of_one_series_shows_one(by):
    supervisor = UserFactory.create(roles=["act-supervisor"])
    suspect = SeriesSuspectFactory.create()
    other = SeriesSuspectFactory.create(series=suspect.series)
    merge_nominals(by=supervisor, kept=suspect.nominal, gone=other.nominal, reason="One person")
    assert [row.nominal for row in Content(suspect.series).suspects] == [suspect.nominal]
    assert SeriesSuspect.objects.count() == 2


def test_database_holds_an_elimination_to_its_reason():
    suspect = SeriesSuspectFactory.create()
    with pytest.raises(IntegrityError, match="series_eliminated_by_a_decision"):
        SeriesSuspect.objects.filter(pk=suspect.pk).update(standing="eliminated")

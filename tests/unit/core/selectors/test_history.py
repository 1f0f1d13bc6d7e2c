from datetime import UTC, datetime

import pghistory
import pytest
import structlog

from core import audit
from core.jobs import job
from core.selectors.history import FieldChange, histories_of, history_of
from offenders.models import Alias, Crime, Nominal, Outcome
from tests.factories.crimes import CrimeFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def change(crime: Crime, **values: object) -> None:
    Crime.objects.filter(pk=crime.pk).update(**values)
    crime.refresh_from_db()


def test_new_record_has_no_history() -> None:
    assert history_of(CrimeFactory.create()) == []


def test_history_shows_before_and_after_newest_first() -> None:
    crime = CrimeFactory.create(is_dwelling=True, district_id="fenland")
    change(crime, is_dwelling=False)
    change(crime, district_id="cambridge", is_dwelling=None)
    assert [revision.changes for revision in history_of(crime)] == [
        (FieldChange("Dwelling", "No", ""), FieldChange("District", "fenland", "cambridge")),
        (FieldChange("Dwelling", "Yes", "No"),),
    ]


def test_history_names_the_person() -> None:
    crime = CrimeFactory.create()
    with pghistory.context(user=UserFactory.create(full_name="Ana").pk):
        change(crime, is_dwelling=False)
    assert history_of(crime)[0].by == "Ana"


def test_history_never_puts_a_job_down_to_a_person() -> None:
    crime = CrimeFactory.create()
    with pghistory.context(user=UserFactory.create().pk), job("import_records"):
        change(crime, is_dwelling=False)
    assert history_of(crime)[0].by == "the job import_records"


def test_history_gives_the_reason_of_the_same_request() -> None:
    crime = CrimeFactory.create()
    with (
        structlog.contextvars.bound_contextvars(request_id="r-1"),
        pghistory.context(request_id="r-1"),
    ):
        change(crime, cancelled_at=datetime(2021, 2, 1, 9, tzinfo=UTC))
        audit.record(
            by=None,
            action=audit.Action.RECORD_CANCELLED,
            target=crime,
            detail={"reason": "Recorded twice"},
        )
    (revision,) = history_of(crime)
    assert revision.text == "Recorded twice"
    assert revision.title == "Cancelled"
    assert revision.changes == (FieldChange("Cancelled at", "", "1 Feb 2021 09:00"),)


def test_history_names_a_reinstatement() -> None:
    crime = CrimeFactory.create()
    change(crime, cancelled_at=datetime(2021, 2, 1, 9, tzinfo=UTC))
    change(crime, cancelled_at=None)
    change(crime, is_dwelling=False)
    titles = [revision.title for revision in history_of(crime)]
    assert titles == ["Changed", "Reinstated", "Cancelled"]


def test_what_the_database_derives_is_no_change() -> None:
    crime = CrimeFactory.create()
    Outcome.objects.create(crime=crime, code_id="1", outcome_at=datetime(2021, 2, 1, tzinfo=UTC))
    crime.refresh_from_db()
    assert crime.outcome_id == "1"
    assert history_of(crime) == []


def test_history_costs_the_same_however_long(django_assert_num_queries) -> None:
    crime = CrimeFactory.create()
    for turn in range(5):
        with pghistory.context(user=UserFactory.create().pk):
            change(crime, is_dwelling=bool(turn % 2))
    with django_assert_num_queries(3):
        assert len(history_of(crime)) == 5


def test_history_calls_people_by_their_names() -> None:
    old, new = (UserFactory.create(full_name=name) for name in ("Ana", "Bea"))
    nominal = NominalFactory.create(lead_officer=old)
    Nominal.objects.filter(pk=nominal.pk).update(lead_officer=new)
    nominal.refresh_from_db()
    (revision,) = history_of(nominal)
    assert revision.changes == (FieldChange("Lead officer", "Ana", "Bea"),)


def test_histories_tell_of_rows_that_are_gone() -> None:
    nominal = NominalFactory.create()
    alias = Alias.objects.create(nominal=nominal, forenames="Spindle")
    Alias.objects.create(nominal=NominalFactory.create(), forenames="Other").delete()
    Alias.objects.filter(pk=alias.pk).update(forenames="Spindel")
    with pghistory.context(user=UserFactory.create(full_name="Ana").pk):
        alias.delete()
    removed, changed = histories_of(Alias, nominal=nominal.pk)
    assert (removed.title, removed.by) == ("Removed: alias", "Ana")
    assert removed.changes == (FieldChange("Forenames", "Spindel", ""),)
    assert changed.changes == (FieldChange("Forenames", "Spindle", "Spindel"),)


def test_histories_never_put_a_job_down_to_a_person() -> None:
    alias = Alias.objects.create(nominal=NominalFactory.create(), forenames="Spindle")
    with pghistory.context(user=UserFactory.create().pk), job("import_records"):
        Alias.objects.filter(pk=alias.pk).update(forenames="Spindel")
    (revision,) = histories_of(Alias, nominal=alias.nominal_id)
    assert revision.by == "the job import_records"


def test_history_keeps_its_queries_however_long_it_is(django_assert_num_queries) -> None:
    nominal = NominalFactory.create()
    officers = [UserFactory.create() for _ in range(6)]
    for officer in officers:
        Nominal.objects.filter(pk=nominal.pk).update(lead_officer=officer)
    nominal.refresh_from_db()
    with django_assert_num_queries(3):  # the revisions, their reasons, the officers
        assert len(history_of(nominal)) == 6

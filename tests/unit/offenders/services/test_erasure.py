"""What is left of a person once they are disposed of: rows to count, and nobody."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from string import ascii_uppercase
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import CharField, Model, TextField
from psycopg.sql import SQL
from psycopg.sql import Identifier as Name

from core.access.decision import NotAllowed
from core.models import Approval, AuditEvent, ExportRun, HistoryContext, SavedView
from core.services.approvals import approve, ask, refuse
from core.services.exports import LARGE
from offenders.erasure import RULES, Keep
from offenders.models import (
    Address,
    Alias,
    Arrest,
    Association,
    CohortReview,
    Conviction,
    Disposal,
    GroupMember,
    Identifier,
    Membership,
    MembershipStep,
    NameWord,
    Nominal,
    NominalGroup,
    NominalName,
    Priority,
    RetentionReview,
    RiskScore,
    TagDeployment,
    Typology,
    Vehicle,
    VoluntaryAttendance,
    WarningMarker,
)
from offenders.selectors.person_records import keys_of
from offenders.services.erasure import dispose
from offenders.services.merges import merge_nominals
from offenders.services.parts import add_part, remove_part
from offenders.services.retention import open_review, place_hold, propose_disposal
from offenders.services.tag_watch import check, raise_alert
from offenders.services.tags import remove
from operations.models import OperationNominal
from performance.models import Figure
from performance.services.figures import fold_changes, verify
from tests.factories.actions import raised
from tests.factories.bail import HOME, applied, bailed, court_bailed
from tests.factories.cohorts import op_aware
from tests.factories.convictions import ConvictionFactory
from tests.factories.custody import AUTHORISED, ArrestFactory, detained
from tests.factories.disposals import officer, running
from tests.factories.nominals import NominalFactory
from tests.factories.operations import FootwearScanFactory, OperationFactory
from tests.factories.retention import NO, approval_of, held, proposed, reviewer, supervisor
from tests.factories.series import SeriesSuspectFactory
from tests.factories.tags import FITTED, worn

UNIQUE = "ZWXVQA"  # stands in every text of the person
LATER = datetime(2045, 3, 1, 12, tzinfo=UTC)
ENDED = datetime(2026, 1, 5, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def somebody() -> Nominal:
    """With something of every kind, all of it over."""
    officer = supervisor()
    nominal = NominalFactory.create(unit_id="north", surname=UNIQUE.title())
    twin = NominalFactory.create(surname=UNIQUE.title(), forenames="Twin")
    _identity(officer, nominal)
    _custody(officer, nominal)
    _tag(officer, nominal)
    _rest(officer, nominal)
    merge_nominals(by=officer, kept=nominal, gone=twin, reason=f"{UNIQUE} and the twin")
    return nominal


def _identity(officer: Any, nominal: Nominal) -> None:
    gone = add_part(Alias, by=officer, nominal=nominal, surname=UNIQUE)
    remove_part(gone, by=officer, reason="Wrong")
    other = NominalFactory.create()
    for model, facts in (
        (Alias, {"surname": "Other"}),
        (Identifier, {"kind": "cro", "value": "CRO1"}),
        (Address, {"line": "1 Invented Street"}),
        (Vehicle, {"registration": "QX1"}),
        (Association, {"other": other}),
        (WarningMarker, {"marker": "violent"}),
        (Typology, {"kind": "burglar"}),
        (RiskScore, {"instrument": "other", "instrument_version": "1", "band": "low"}),
        (Priority, {"threat": 1, "risk": 1, "harm": 1, "vulnerability": 1, "reason": "Known",
                    "decided_by": officer}),
    ):  # fmt: skip
        model.objects.create(nominal=nominal, **facts)
    group = NominalGroup.objects.create(name="Op Invented", made_by=officer)
    GroupMember.objects.create(group=group, nominal=nominal)


def _custody(officer: Any, nominal: Nominal) -> None:
    detention = detained(by=officer, nominal=nominal)
    type(detention).objects.update(ended_at=ENDED, result="no-action", hours_used=5)
    bail = bailed(by=officer, arrest=detention.arrest, granted_at=AUTHORISED, conditions=[HOME])
    type(bail).objects.update(ended_at=ENDED, state="cancelled")
    FootwearScanFactory.create(arrest=detention.arrest)
    applied(by=officer, nominal=nominal)
    court = court_bailed(by=officer, nominal=nominal)
    type(court).objects.update(ended_on=ENDED.date(), ended_reason="Over")
    VoluntaryAttendance.objects.create(
        nominal=nominal, station="Parkside", reason="Asked", officer=officer, attended_at=ENDED
    )


def _tag(officer: Any, nominal: Nominal) -> None:
    tag = worn(by=officer, nominal=nominal)
    check(by=officer, tag=tag, at=FITTED, result="good", battery=80)
    raise_alert(by=officer, tag=tag, kind="strap", at=FITTED, text="Loose")
    remove(by=officer, tag=tag, at=ENDED, reason="end-date")


def _rest(officer: Any, nominal: Nominal) -> None:
    disposal = running(by=officer, nominal=nominal)
    Disposal.objects.filter(pk=disposal.pk).update(state="completed", ended_at=disposal.offered_at)
    ConvictionFactory.create(nominal=nominal, charge=disposal)
    SeriesSuspectFactory.create(nominal=nominal)
    raised(nominal=nominal)
    OperationNominal.objects.create(operation=OperationFactory.create(), nominal=nominal)
    member = Membership.objects.create(
        cohort=op_aware(), nominal=nominal, state="de-selected", category="fixed", exit="moved",
        nominated_on=date(2023, 1, 9), joined_on=date(2023, 1, 9), closed_on=date(2024, 1, 9),
    )  # fmt: skip
    MembershipStep.objects.create(
        membership=member, step="nominated", state="nominated", on=date(2023, 1, 9),
        reason="Wanted", decided_by=officer,
    )  # fmt: skip
    CohortReview.objects.create(
        membership=member, unit_id="north", opened_on=date(2023, 1, 9), due_on=date(2023, 2, 9),
        done_on=date(2023, 2, 9),
    )  # fmt: skip


def texts_of(model: type[Model], rule: Any) -> Iterator[Any]:
    stays = rule.stays if isinstance(rule, Keep) else frozenset()
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, CharField | TextField) and not field.choices
        if is_text and not field.primary_key and field.name not in stays:
            yield field


def write_everywhere(nominal: Nominal) -> int:
    """The unique string into every text of every row of the person, twice: history has it too."""
    written = 0
    keys = keys_of([nominal.pk, *nominal.merged.values_list("pk", flat=True)])
    texts = [
        (model, key, field.name, f"{UNIQUE}{turn}{ascii_uppercase[place]}")
        for turn in "12"
        for model, rule in RULES.items()
        for field in texts_of(model, rule)
        for place, key in enumerate(sorted(keys[model]))
    ]
    for model, key, name, text in texts:
        with suppress(IntegrityError), transaction.atomic():  # empty by a rule, in this state
            written += model._default_manager.filter(pk=key).update(**{name: text})
    return written


def where_found(text: str) -> dict[str, int]:
    """Rows of every table of the database in which the text stands, in whatever column."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            count_in = SQL("SELECT count(*) FROM {} AS one WHERE one::text ILIKE %s")
            cursor.execute(count_in.format(Name(table)), [f"%{text}%"])
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def figures() -> list[tuple[Any, ...]]:
    fold_changes()
    columns = ("indicator", "month", "unit", "numerator", "denominator", "value", "n")
    return sorted(Figure.objects.values_list(*columns), key=str)


def run(statement: str, values: list[Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def disposed(nominal: Nominal) -> RetentionReview:
    with time_machine.travel(LATER, tick=False):
        review = open_review(by=reviewer(), nominal=nominal)
        propose_disposal(by=reviewer(), review=review, **NO, reason=f"{UNIQUE} is long gone")
        approve(by=supervisor(), approval=approval_of(review), note=f"{UNIQUE}: agreed")
    review.refresh_from_db()
    return review


def test_no_table_knows_the_person_and_every_figure_stands() -> None:
    nominal = somebody()
    rows = len(keys_of([nominal.pk]))
    assert rows > 35  # of every kind of record that leads to a person
    assert write_everywhere(nominal) > 80
    names = [nominal.ref, *nominal.merged.values_list("ref", flat=True)]
    before, seen = figures(), where_found(UNIQUE)
    assert {"offenders_aliasevent", "offenders_nominal", "offenders_nameword"} <= set(seen)
    review = disposed(nominal)
    assert where_found(UNIQUE) == {"core_auditevent": AuditEvent.objects.filter(
        detail__icontains=UNIQUE).count()}  # fmt: skip
    assert {table for ref in names for table in where_found(ref)} <= {"core_auditevent"}
    assert figures() == before
    assert verify() == 0
    assert review.state == "disposed"


def test_shell_is_nobody() -> None:
    nominal = somebody()
    twin = nominal.merged.get()
    review = disposed(nominal)
    nominal.refresh_from_db()
    twin.refresh_from_db()
    assert nominal.ref == f"D{review.pk:07d}"
    assert twin.ref == f"D{review.pk:07d}-1"
    assert (nominal.date_of_birth, nominal.pnc_id, nominal.note, nominal.sex) == (None, "", "", "X")
    assert nominal.disposed_at == twin.disposed_at == LATER
    assert not NominalName.objects.filter(nominal__in=[nominal, twin]).exists()
    assert not NameWord.objects.filter(word=UNIQUE.lower()).exists()
    kept = (Arrest, Disposal, Conviction, TagDeployment, Membership)
    assert all(model.objects.filter(nominal=nominal).exists() for model in kept)


def test_log_of_the_erasure_is_metadata_alone() -> None:
    nominal = somebody()
    review = disposed(nominal)
    event = AuditEvent.objects.get(action="nominal.erased")
    assert event.people == [nominal.pk]
    assert set(event.detail) == {"review", "erased", "with"}
    assert event.detail["erased"] == review.erased
    assert review.erased["offenders_address"] == 1
    assert review.reason == "Erased"


def test_name_of_somebody_else_stays_in_the_search() -> None:
    nominal = somebody()
    NominalFactory.create(surname=UNIQUE.title())
    disposed(nominal)
    assert NameWord.objects.filter(word=UNIQUE.lower(), is_surname=True).exists()


def test_requests_about_the_person_keep_who_decided_and_no_words() -> None:
    nominal, by = somebody(), supervisor()
    with time_machine.travel(LATER, tick=False):
        review = open_review(by=reviewer(), nominal=nominal)
        for decide in (refuse, approve):
            propose_disposal(by=reviewer(), review=review, **NO, reason="Long gone")
            approval = approval_of(review)
            Approval.objects.filter(pk=approval.pk).update(reason=f"{UNIQUE} wants it")
            decide(by=by, approval=approval, note=f"{UNIQUE} came to mind")
    asked = Approval.objects.order_by("pk")
    assert [(one.reason, one.note) for one in asked] == [("Erased", "Erased")] * 2
    assert [(one.is_approved, one.decided_by) for one in asked] == [(False, by), (True, by)]


def test_kept_searches_for_the_person_go_with_them() -> None:
    nominal, by = somebody(), supervisor()
    for at, sought in enumerate((UNIQUE, f"{UNIQUE.lower()}, twin", nominal.ref, "Somebody else")):
        address = urlencode({"q": sought, "sex": "F"})
        SavedView.objects.create(user=by, name=f"View {at}", path=f"/nominals/?{address}")
        ExportRun.objects.create(by=by, kind="nominals", format="csv", query=address)
    run = ExportRun.objects.get(query__contains=nominal.ref)
    asked = ask(by=by, kind=LARGE, target=run, reason=UNIQUE, payload={"query": run.query})
    disposed(nominal)
    assert [view.name for view in SavedView.objects.all()] == ["View 3"]
    kept = ExportRun.objects.values_list("query", flat=True)
    assert sorted(kept) == ["q=Erased"] * 3 + ["q=Somebody+else&sex=F"]
    asked.refresh_from_db()
    assert (asked.payload, asked.reason) == ({}, "Erased")


def test_others_keep_what_is_theirs() -> None:
    other = NominalFactory.create(note="Mine")
    other.note = "Mine still"
    other.save()
    disposed(somebody())
    other.refresh_from_db()
    assert other.note == "Mine still"
    assert other.events.filter(note="Mine").exists()  # type: ignore[attr-defined]  # of its history


def test_address_of_a_page_leaves_the_context_of_history() -> None:
    nominal = somebody()
    context = HistoryContext.objects.create(
        pk="8a4d5c3e-0000-4000-8000-000000000001", metadata={"url": f"/x/?q={nominal.ref}"}
    )
    nominal.note = "Changed"
    nominal.save()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE offenders_nominalevent SET pgh_context_id = %s", [context.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    disposed(nominal)
    context.refresh_from_db()
    assert context.metadata == {}


def test_proposer_does_not_approve() -> None:
    by = reviewer()
    review = proposed(by=by)
    with pytest.raises(NotAllowed):
        approve(by=by, approval=approval_of(review))
    with pytest.raises(NotAllowed, match="You proposed this"):
        dispose(by=by, review=review)


def test_officer_does_not_approve() -> None:
    with pytest.raises(NotAllowed):
        approve(by=officer(), approval=approval_of(proposed()))


def test_hold_that_came_since_stops_the_disposal() -> None:
    review = proposed()
    place_hold(by=supervisor(), nominal=review.nominal, kind="complaint", reason="IOPC asked")
    with pytest.raises(NotAllowed, match="A hold is on this nominal"):
        approve(by=supervisor(), approval=approval_of(review))
    review.refresh_from_db()
    assert (review.state, Nominal.objects.get(pk=review.nominal_id).surname) == (
        "proposed",
        "Testcase",
    )


def test_arrest_that_came_since_stops_the_disposal() -> None:
    review = proposed()
    ArrestFactory.create(nominal=review.nominal)
    with pytest.raises(NotAllowed, match="period of this record has not passed"):
        approve(by=supervisor(), approval=approval_of(review))


def test_refusal_leaves_the_review_due() -> None:
    review = proposed()
    refuse(by=supervisor(), approval=approval_of(review), note="Ask again after the trial")
    review.refresh_from_db()
    assert review.state == "due"


def test_history_is_erased_for_an_approved_disposal_alone() -> None:
    review = proposed()
    statement = "SELECT erase_history(%s, 'offenders_nominalevent', 'pgh_obj_id', %s)"
    with pytest.raises(ProgrammingError, match="for an approved disposal and for nothing else"):
        run(statement, [review.pk, [review.nominal_id]])


@pytest.mark.parametrize(
    ("table", "key"),
    [("core_user", "id"), ("offenders_nominal", "id"), ("offenders_nominalevent", "surname")],
)
def test_function_touches_nothing_but_history(table: str, key: str) -> None:
    review = proposed()
    said = {"state": "approved", "decided_by": supervisor(), "decided_at": LATER}
    RetentionReview.objects.filter(pk=review.pk).update(**said)
    statement = "SELECT erase_history(%s, %s::regclass, %s, '{1}')"
    with pytest.raises(ProgrammingError, match="is no table of history"):
        run(statement, [review.pk, table, key])


def test_database_approves_nothing_while_a_hold_is_live() -> None:
    review = proposed()
    place_hold(by=supervisor(), nominal=review.nominal, kind="cpia", reason="Case to be heard")
    said = {"state": "approved", "decided_by": supervisor(), "decided_at": LATER}
    with pytest.raises(IntegrityError, match="A hold is on this nominal"), transaction.atomic():
        RetentionReview.objects.filter(pk=review.pk).update(**said)


def test_database_empties_no_record_while_a_hold_is_live() -> None:
    hold = held()
    with pytest.raises(IntegrityError, match="A hold is on this nominal"), transaction.atomic():
        Nominal.objects.filter(pk=hold.nominal_id).update(disposed_at=LATER)


def test_hold_on_a_merged_record_counts_in_the_database_too() -> None:
    twin = NominalFactory.create()
    place_hold(by=supervisor(), nominal=twin, kind="cpia", reason="Case to be heard")
    review = proposed()
    Nominal.objects.filter(pk=twin.pk).update(merged_into=review.nominal_id, merged_at=LATER)
    said = {"state": "approved", "decided_by": supervisor(), "decided_at": LATER}
    with pytest.raises(IntegrityError, match="A hold is on this nominal"), transaction.atomic():
        RetentionReview.objects.filter(pk=review.pk).update(**said)

"""Crime series: opened, fed with crimes and suspects, closed. Everything keeps its reason."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from core import audit
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Crime, CrimeSeries, Nominal, SeriesCrime, SeriesSuspect
from offenders.models.series import SERIES, SUSPECT, SeriesState
from offenders.policies.series import (
    Refusal,
    can_name,
    can_work_series,
    why_not_changed,
    why_not_linked,
    why_not_owned_by,
)

FIRST_REF = "S{:05d}"


@transaction.atomic
def open_series(
    *, by: User, crime: Crime | None = None, why: str = "", **facts: Any
) -> CrimeSeries:
    """Gives a reference where none is given; with `crime`, that is its first one and `why` says so.

    `facts`: name, method, and ref, owner, unit, opened_on. Raises NotAllowed, ValidationError.
    """
    can_work_series(by).require()
    series = CrimeSeries(**({"owner": by} | facts))
    _give_reference(series)
    _check(series)
    _refuse(why_not_owned_by(series.owner), "owner")
    series.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=series)
    if crime is not None:
        link_crime(by=by, series=series, crime=crime, why=why)
    return series


@transaction.atomic
def amend_series(
    *, by: User, series: CrimeSeries, version: int | None, **changes: Any
) -> CrimeSeries:
    """Raises EditConflict when somebody else changed it since `version` was shown."""
    current = _open_for(by, series, version)
    for name, value in changes.items():
        setattr(current, name, value)
    _check(current)
    if "owner" in changes:
        _refuse(why_not_owned_by(current.owner), "owner")
    current.save(update_fields=list(changes))
    _log(by, current, fields=sorted(changes))
    return current


@transaction.atomic
def close_series(
    *, by: User, series: CrimeSeries, reason: str, on: date | None = None
) -> CrimeSeries:
    can_work_series(by).require()
    current = lock_for_edit(CrimeSeries, series.pk, version=None)
    current.state = SERIES.after(current.state, "closed")
    _said(reason, "reason", "Say why the series is closed.")
    current.closed_on, current.closed_why = on or today(), reason.strip()
    if current.closed_on > today():
        raise ValidationError({"on": "This day lies in the future."})
    return _saved(by, current, closed=str(current.closed_on), reason=reason)


@transaction.atomic
def reopen_series(*, by: User, series: CrimeSeries, reason: str) -> CrimeSeries:
    can_work_series(by).require()
    current = lock_for_edit(CrimeSeries, series.pk, version=None)
    current.state = SERIES.after(current.state, "opened again")
    _said(reason, "reason", "Say why the series is opened again.")
    current.closed_on, current.closed_why = None, ""
    return _saved(by, current, state=str(SeriesState.OPEN), reason=reason)


@transaction.atomic
def link_crime(*, by: User, series: CrimeSeries, crime: Crime, why: str) -> SeriesCrime:
    """Raises NotAllowed, ValidationError: also where the crime is in the series already."""
    current = _open_for(by, series, None)
    _refuse(why_not_linked(current, crime), "crime")
    link = SeriesCrime(series=current, crime=crime, why=why.strip(), linked_by=by)
    link.full_clean()
    link.save(force_insert=True)
    _log(by, current, linked=crime.pk, reason=why)
    audit.record(
        by=by,
        action=audit.Action.RECORD_CHANGED,
        target=crime,
        detail={"series": current.ref, "reason": why},
    )
    return link


@transaction.atomic
def unlink_crime(*, by: User, link: SeriesCrime, reason: str) -> SeriesCrime:
    """It stays on record that the crime was linked, by whom, and why it was taken out."""
    series = _open_for(by, link.series, None)
    current = SeriesCrime.objects.select_for_update().get(pk=link.pk)
    if current.unlinked_at is not None:
        raise ValidationError("This crime was taken out of the series already.")
    _said(reason, "reason", "Say why this crime does not belong to the series.")
    current.unlinked_at, current.unlinked_by = timezone.now(), by
    current.unlinked_why = reason.strip()
    current.save(update_fields=["unlinked_at", "unlinked_by", "unlinked_why"])
    _log(by, series, unlinked=current.crime_id, reason=reason)
    return current


@transaction.atomic
def name_suspect(*, by: User, series: CrimeSeries, nominal: Nominal, why: str) -> SeriesSuspect:
    current = _open_for(by, series, None)
    can_name(by, nominal).require()
    suspect = SeriesSuspect(series=current, nominal=nominal, why=why.strip(), named_by=by)
    suspect.full_clean()
    suspect.save(force_insert=True)
    _log_suspect(by, suspect, "suspected", why)
    return suspect


@transaction.atomic
def eliminate_suspect(*, by: User, suspect: SeriesSuspect, reason: str) -> SeriesSuspect:
    return _decide(by, suspect, "eliminated", reason)


@transaction.atomic
def suspect_again(*, by: User, suspect: SeriesSuspect, reason: str) -> SeriesSuspect:
    return _decide(by, suspect, "suspected again", reason)


def _decide(by: User, suspect: SeriesSuspect, step: str, reason: str) -> SeriesSuspect:
    _open_for(by, suspect.series, None)
    current = lock_for_edit(SeriesSuspect, suspect.pk, version=None)
    can_name(by, current.nominal).require()
    current.standing = SUSPECT.after(current.standing, step)
    _said(reason, "reason", f"Say why this nominal is {step}.")
    current.decided_by, current.decided_at = by, timezone.now()
    current.decided_why = reason.strip()
    current.full_clean()
    current.save()
    _log_suspect(by, current, step, reason)
    return current


def _open_for(by: User, series: CrimeSeries, version: int | None) -> CrimeSeries:
    can_work_series(by).require()
    current = lock_for_edit(CrimeSeries, series.pk, version=version)
    _refuse(why_not_changed(current))
    return current


def _check(series: CrimeSeries) -> None:
    series.full_clean()
    if series.opened_on > today():
        raise ValidationError({"opened_on": "This day lies in the future."})


def _saved(by: User, series: CrimeSeries, **detail: Any) -> CrimeSeries:
    series.full_clean()
    series.save()
    _log(by, series, **detail)
    return series


def _give_reference(series: CrimeSeries) -> None:
    """The next number of the table is both the key and the reference."""
    if series.ref:
        return
    with connection.cursor() as cursor:
        table = CrimeSeries._meta.db_table
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        (series.pk,) = cursor.fetchone()
    series.ref = FIRST_REF.format(series.pk)


def _said(reason: str, field: str, text: str) -> None:
    if not reason.strip():
        raise ValidationError({field: text})


def _refuse(refusal: Refusal | None, field: str = "__all__") -> None:
    if refusal:
        raise ValidationError({field: ValidationError(str(refusal.label), code=str(refusal.value))})


def _log(by: User, series: CrimeSeries, **detail: Any) -> None:
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=series, detail=detail)


def _log_suspect(by: User, suspect: SeriesSuspect, step: str, reason: str) -> None:
    """Under the nominal: whoever asks what was done to a person finds it in one place."""
    detail = {"series": suspect.series.ref, "step": step, "reason": reason}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=suspect.nominal, detail=detail)

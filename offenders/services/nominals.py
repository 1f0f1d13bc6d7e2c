from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from core import audit, looks
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Nominal
from offenders.policies.nominals import can_change_nominal, why_not_led_by
from offenders.selectors.duplicates import likely_duplicates

OLDEST = 120  # years
FIRST_REF = "N{:07d}"
BY_HANDOVER = "The lead officer changes by a handover, which keeps its reason: hand it over."


class LikelyDuplicatesError(ValidationError):
    """Nominals that may be the same person; whoever records says that none of them is."""

    def __init__(self, found: list[Nominal]) -> None:
        self.found = found
        names = "; ".join(f"{nominal} ({nominal.ref})" for nominal in found)
        super().__init__(
            f"This may be somebody who is recorded already: {names}. Look at them first. If none "
            "of them is this person, say so and save again.",
            code="duplicates",
        )


@transaction.atomic
def record_nominal(*, by: User, none_of_these: bool = False, **fields: Any) -> Nominal:
    """Gives a reference where none is given. Raises LikelyDuplicatesError unless `none_of_these`."""
    can_change_nominal(by).require()
    fields.setdefault("lead_officer", by)
    nominal = Nominal(**fields)
    _give_reference(nominal)
    _check(nominal)
    _led_by(nominal.lead_officer)
    if not none_of_these and (found := likely_duplicates(nominal)):
        _record_alike(by, found)
        raise LikelyDuplicatesError(found)
    nominal.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=nominal)
    return nominal


def _record_alike(by: User, found: list[Nominal]) -> None:
    """Whoever records somebody is shown those who are like them: that is a search."""
    for nominal in found:
        looks.saw(nominal.pk)
    alike = {"likely duplicates": [nominal.pk for nominal in found]}
    audit.record(by=by, action=audit.Action.NOMINAL_SEARCHED, detail=alike)


@transaction.atomic
def amend_nominal(*, by: User, nominal: Nominal, version: int | None, **changes: Any) -> Nominal:
    """Raises EditConflict when somebody else changed it since `version` was shown.

    The lead officer changes by a handover alone, which keeps its reason.
    """
    if "lead_officer" in changes:
        raise ValidationError({"lead_officer": BY_HANDOVER})
    current = lock_for_edit(Nominal, nominal.pk, version=version)
    can_change_nominal(by, current).require()
    for name, value in changes.items():
        setattr(current, name, value)
    _check(current)
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


def _give_reference(nominal: Nominal) -> None:
    """The next number of the table is both the key and the reference."""
    if nominal.ref:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Nominal._meta.db_table])
        (nominal.pk,) = cursor.fetchone()
    nominal.ref = FIRST_REF.format(nominal.pk)


def _led_by(lead: User) -> None:
    if refusal := why_not_led_by(lead):
        raise ValidationError({"lead_officer": str(refusal.label)})


def _check(nominal: Nominal) -> None:
    for name in ("ref", "pnc_id", "custody_ref"):
        setattr(nominal, name, getattr(nominal, name).strip().upper())
    nominal.full_clean()
    born = nominal.date_of_birth
    if born is not None and not 0 <= (nominal.age_on(today()) or 0) <= OLDEST:
        raise ValidationError({"date_of_birth": "Nobody alive was born on this day."})

"""What is known of a nominal, row by row: aliases, addresses, warnings, scores and the rest."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Address, Alias, Identifier, Nominal, Priority, RiskScore, Vehicle
from offenders.models.identity import Part
from offenders.policies.nominals import can_change_nominal

P = TypeVar("P", bound=Part)


@transaction.atomic
def add_part(model: type[P], *, by: User, nominal: Nominal, **fields: Any) -> P:
    can_change_nominal(by, nominal).require()
    part = model(nominal=nominal, **fields)
    _check(part)
    part.save(force_insert=True)
    _log(by, part, added=part._meta.verbose_name)
    return part


@transaction.atomic
def amend_part(part: P, *, by: User, version: int | None, **changes: Any) -> P:
    """Raises EditConflict when somebody else changed it since `version` was shown."""
    current = lock_for_edit(type(part), part.pk, version=version)
    can_change_nominal(by, nominal_of(current)).require()
    for name, value in changes.items():
        setattr(current, name, value)
    _check(current)
    current.save(update_fields=list(changes))
    _log(by, current, changed=current._meta.verbose_name)
    return current


@transaction.atomic
def remove_part(part: Part, *, by: User, reason: str) -> None:
    """For what was never true; what has ended gets its last day instead."""
    current = lock_for_edit(type(part), part.pk, version=None)
    can_change_nominal(by, nominal_of(current)).require()
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is removed."})
    _log(by, current, removed=current._meta.verbose_name, reason=reason)
    current.delete()


def decide_priority(*, by: User, nominal: Nominal, **fields: Any) -> Priority:
    """A new decision; the earlier ones stay as its history."""
    return add_part(Priority, by=by, nominal=nominal, decided_by=by, **fields)


def nominal_of(part: Part) -> Nominal:
    nominal: Nominal = part.nominal  # type: ignore[attr-defined]  # every part has one
    return nominal


def _check(part: Part) -> None:
    if tidy := TIDY.get(type(part)):
        tidy(part)
    part.full_clean(exclude=["decided_by"])
    nominal_of(part)
    days = {name: getattr(part, name, None) for name in ("since", "scored_on", "date_of_birth")}
    for name, day in days.items():
        if day is not None and day > today():
            raise ValidationError({name: "This day lies in the future."})


def _log(by: User, part: Part, **detail: Any) -> None:
    """Under the nominal: whoever asks what was done to a person finds it in one place."""
    said = {name: str(value) for name, value in detail.items()}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=nominal_of(part), detail=said)


def _tidy_vehicle(part: Any) -> None:
    part.registration = re.sub(r"\s", "", part.registration).upper()


def _tidy_identifier(part: Any) -> None:
    part.value = part.value.strip().upper()


def _tidy_address(part: Any) -> None:
    """A postcode as it is written: in capitals, a blank before the last three."""
    code = re.sub(r"\s", "", part.postcode).upper()
    if code and not re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", code):
        raise ValidationError({"postcode": "This is not a postcode. Write it like PE1 1AA."})
    part.postcode = f"{code[:-3]} {code[-3:]}".strip()


def _tidy_score(part: Any) -> None:
    """The bands of OGRS3 are given by the score."""
    if part.instrument == "ogrs3" and part.value is not None:
        least = ((90, "very-high"), (75, "high"), (50, "medium"), (0, "low"))
        band = next((band for from_, band in least if part.value >= from_), part.band)
        if band != part.band:
            raise ValidationError({"band": f"OGRS3 {part.value} is the band “{band}”."})


def _tidy_alias(part: Any) -> None:
    part.surname, part.forenames = part.surname.strip(), part.forenames.strip()


TIDY: dict[type[Part], Callable[[Any], None]] = {
    Vehicle: _tidy_vehicle,
    Identifier: _tidy_identifier,
    Address: _tidy_address,
    RiskScore: _tidy_score,
    Alias: _tidy_alias,
}

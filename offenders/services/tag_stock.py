"""The units that the force owns, and groups of nominals whose answer is shown together."""

from typing import Any

from django.db import transaction

from core import audit
from core.access.decision import Decision, Reason
from core.access.permissions import Permission
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import GroupMember, Nominal, NominalGroup, TagUnit
from offenders.models.tag import GONE
from offenders.policies.nominals import can_change_nominal
from offenders.policies.tags import can_change_unit
from offenders.services.tags import required


@transaction.atomic
def add_unit(*, by: User, **facts: Any) -> TagUnit:
    _officer(by).require()
    unit = TagUnit(**facts)
    unit.full_clean()
    unit.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=unit)
    return unit


@transaction.atomic
def change_unit(*, by: User, unit: TagUnit, version: int | None, **changes: Any) -> TagUnit:
    """Moved to another area, sent to repair, lost, retired, found. Raises EditConflict."""
    _officer(by).require()
    current = lock_for_edit(TagUnit, unit.pk, version=version)
    required(can_change_unit(current, changes), "status")
    for name, value in changes.items():
        setattr(current, name, value)
    current.until = (current.until or today()) if current.status in GONE else None
    current.full_clean()
    current.save(update_fields=[*changes, "until"])
    detail = {name: str(value) for name, value in changes.items()}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


@transaction.atomic
def make_group(*, by: User, name: str, note: str = "") -> NominalGroup:
    _officer(by).require()
    group = NominalGroup(name=name, note=note, made_by=by)
    group.full_clean()
    group.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=group)
    return group


@transaction.atomic
def add_to_group(*, by: User, group: NominalGroup, nominal: Nominal) -> GroupMember:
    can_change_nominal(by, nominal).require()
    member = GroupMember(group=group, nominal=nominal)
    member.full_clean()
    member.save(force_insert=True)
    detail = {"added to": group.name}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=nominal, detail=detail)
    return member


@transaction.atomic
def remove_from_group(*, by: User, group: NominalGroup, nominal: Nominal) -> None:
    can_change_nominal(by, nominal).require()
    group.members.filter(nominal=nominal).delete()
    detail = {"removed from": group.name}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=nominal, detail=detail)


def _officer(by: User) -> Decision:
    return Decision(None if by.has(Permission.NOMINAL_CHANGE) else Reason.PERMISSION)

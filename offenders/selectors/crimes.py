from django.db.models import Q

from core.audit import Action
from core.models import AuditEvent
from offenders.models import Crime, OffenceGroup, OffenceGroupCode
from offenders.models.crime import CrimeQuerySet


def crimes_of_group(crimes: CrimeQuerySet, group: OffenceGroup) -> CrimeQuerySet:
    """Crimes whose offence stood in the group in the month that they were recorded."""
    found = Q(pk__in=[])
    for member in group.codes.all():
        found |= _crimes_of(member)
    return crimes.filter(found)


def _crimes_of(member: OffenceGroupCode) -> Q:
    crimes = Q(offence=member.offence_id)
    if member.valid_from:
        crimes &= Q(recorded_month__gte=member.valid_from)
    if member.valid_to:
        crimes &= Q(recorded_month__lte=member.valid_to)
    return crimes & Q(is_dwelling=True) if member.dwelling_only else crimes


def reason_of_cancelling(crime: Crime) -> str:
    """The reason is told to the audit log: the crime itself holds facts."""
    if crime.cancelled_at is None:
        return ""
    events = AuditEvent.objects.filter(
        target_type=crime._meta.label_lower, target_id=crime.pk, action=Action.RECORD_CANCELLED
    )
    event = events.first()
    return str(event.detail.get("reason", "")) if event else ""

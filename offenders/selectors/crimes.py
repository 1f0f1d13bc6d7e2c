from django.db.models import Exists, OuterRef, Q

from core.audit import Action
from core.models import AuditEvent
from offenders.models import Crime, OffenceGroup, OffenceGroupCode
from offenders.models.crime import CrimeQuerySet


def crimes_of_group(crimes: CrimeQuerySet, group: OffenceGroup) -> CrimeQuerySet:
    """Crimes whose offence stood in the group in the month that they were recorded."""
    month = OuterRef("recorded_month")
    codes = OffenceGroupCode.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=month),
        Q(valid_to__isnull=True) | Q(valid_to__gte=month),
        group=group,
        offence=OuterRef("offence_id"),
    )
    dwellings = codes.filter(dwelling_only=True)
    return crimes.filter(
        Exists(codes.filter(dwelling_only=False)) | Q(is_dwelling=True) & Exists(dwellings)
    )


def reason_of_cancelling(crime: Crime) -> str:
    """The reason is told to the audit log: the crime itself holds facts."""
    if crime.cancelled_at is None:
        return ""
    events = AuditEvent.objects.filter(
        target_type=crime._meta.label_lower, target_id=crime.pk, action=Action.RECORD_CANCELLED
    )
    event = events.first()
    return str(event.detail.get("reason", "")) if event else ""

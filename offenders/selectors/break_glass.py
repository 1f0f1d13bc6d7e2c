"""Which records were opened in an emergency: for the rule that opens them, and for those who ask."""

from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.access.permissions import Permission
from core.dates import today
from core.models import AuditEvent, User
from offenders.models.break_glass import BreakGlass, open_glass_of
from offenders.models.scope import visible

TOLD = timedelta(days=7)  # for which the lead officer's home page tells it


def has_broken_glass(user: User, nominal_pk: int) -> bool:
    """Costs one query for each request of a supervisor, however often it is asked."""
    found = open_glass_of(user)
    return found is not None and found.nominal == nominal_pk


def broken_glass(by: User) -> QuerySet[BreakGlass]:
    """For those who review; with the reference of each nominal, and nothing else of them.

    Auditors judge what was done with every record, whoever may see it.
    """
    rows = BreakGlass.objects.all()
    return (
        (rows if by.has(Permission.AUDIT_VIEW) else visible(rows, by))
        .select_related("by", "reviewed_by")
        .annotate(ref=F("nominal__ref"), over_at=Coalesce("ended_at", "ends_at"))
        .order_by("-begun_at", "-pk")
    )


def waiting_for_review(by: User) -> QuerySet[BreakGlass]:
    return broken_glass(by).filter(reviewed_at=None).exclude(by=by)


def overdue(rows: QuerySet[BreakGlass]) -> QuerySet[BreakGlass]:
    return rows.filter(reviewed_at=None, review_due__lt=today())


def told_to(lead: User) -> list[BreakGlass]:
    """What was done lately with the records of whom this person leads."""
    since = timezone.now() - TOLD
    if not lead.has(Permission.NOMINAL_VIEW):
        return []
    rows = broken_glass(lead).filter(nominal__lead_officer=lead, begun_at__gte=since)
    return list(rows.exclude(by=lead)[:5])


def seen_behind(glass: BreakGlass) -> QuerySet[AuditEvent]:
    """What the log holds of this person and this nominal in that hour."""
    over = glass.ended_at or glass.ends_at
    return AuditEvent.objects.filter(
        actor=glass.by.get_username(),
        at__gte=glass.begun_at,
        at__lte=over,
        people__contains=[glass.nominal_id],
    ).order_by("at", "pk")

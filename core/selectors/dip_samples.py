"""A supervisor's dip sample: whose looks may be in it, and what was said of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from core.access.permissions import Permission
from core.dates import start_of
from core.known_people import closed_to
from core.models import AuditEvent, DipLook, DipSample, UnitClosure, User
from core.selectors.audit_questions import Told, looks, told


def team_of(by: User) -> QuerySet[User]:
    """Everybody of the supervisor's unit and of those below it, but not the supervisor."""
    if by.unit_id is None:
        return User.objects.none()
    below = UnitClosure.objects.filter(ancestor=by.unit_id).values("descendant")
    return User.objects.filter(unit__in=below).exclude(pk=by.pk)


def looks_of_team(by: User, since: date, until: date) -> QuerySet[AuditEvent]:
    """Without those at somebody whom the supervisor may not see: what was searched for names them."""
    found = looks().filter(
        actor__in=team_of(by).values("username"),
        at__gte=start_of(since),
        at__lt=start_of(until + timedelta(days=1)),
        people__len__gt=0,
    )
    closed = closed_to(by)
    return found.exclude(people__overlap=sorted(closed)) if closed else found


def samples_for(by: User) -> QuerySet[DipSample]:
    """A supervisor's own; an auditor's all."""
    rows = DipSample.objects.select_related("by").annotate(
        size=Count("looks"),
        open=Count("looks", filter=Q(looks__is_justified__isnull=True)),
        wrong=Count("looks", filter=Q(looks__is_justified=False)),
    )
    rows = rows.order_by("-made_at", "-pk")
    return rows if by.has(Permission.AUDIT_VIEW) else rows.filter(by=by)


@dataclass(frozen=True)
class Judged:
    look: DipLook
    told: Told


def judged(by: User, sample: DipSample) -> list[Judged]:
    """A supervisor does not see those at somebody who was closed to them since; an auditor all."""
    rows = list(sample.looks.select_related("judged_by"))
    closed = set() if by.has(Permission.AUDIT_VIEW) else closed_to(by)
    found = AuditEvent.objects.in_bulk([row.event for row in rows])
    events = {pk: event for pk, event in found.items() if closed.isdisjoint(event.people)}
    words = {row.event.pk: row for row in told(events.values())}
    return [Judged(row, words[row.event]) for row in rows if row.event in words]

from django.db.models import QuerySet

from core.audit import Action
from core.models import AuditEvent


def audit_events() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.order_by("-at", "-pk")


def doer(event: AuditEvent) -> str:
    if event.job:
        return f"job {event.job}"
    return event.actor or "nobody signed in"


def deed(event: AuditEvent) -> str:
    """The action in words; an action that the code no longer knows keeps its stored name."""
    return str(dict(Action.choices).get(event.action, event.action))


def told(event: AuditEvent) -> str:
    """The detail as `role: analyst; kind: crimes`."""
    return "; ".join(
        f"{name}: {_plain(value)}"
        for name, value in event.detail.items()
        if value not in ("", None)
    )


def _plain(value: object) -> str:
    if isinstance(value, list):
        return " → ".join(str(item) for item in value)
    return str(value)

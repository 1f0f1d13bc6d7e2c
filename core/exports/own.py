"""What core itself lets people take away."""

from core.access.permissions import Permission
from core.exports.kinds import ExportKind, register
from core.filters import filtered
from core.selectors.audit_events import AuditFilter, audit_events

COLUMNS = ("at", "actor", "job", "action", "target_type", "target_id", "detail", "address")

register(
    ExportKind(
        "audit",
        "Audit log",
        tuple((column, column) for column in (*COLUMNS, "request_id")),
        lambda query: filtered(AuditFilter, audit_events(), query),
        Permission.AUDIT_VIEW,
    )
)

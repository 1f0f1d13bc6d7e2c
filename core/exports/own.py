"""What core itself lets people take away."""

from core.access.permissions import Permission
from core.exports.kinds import ExportKind, register
from core.filters import filtered
from core.selectors.audit_events import AuditFilter, audit_events, with_operation

COLUMNS = (
    "at",
    "actor",
    "job",
    "operation",
    "action",
    "target_type",
    "target_id",
    "people",
    "purpose",
    "purpose_ref",
    "detail",
    "address",
    "seal",
)

register(
    ExportKind(
        "audit",
        "Audit log",
        tuple((column, column) for column in (*COLUMNS, "request_id")),
        lambda query: with_operation(filtered(AuditFilter, audit_events(), query)),
        Permission.AUDIT_VIEW,
    )
)

from core.imports.kinds import Column, Kind, Refers, register
from core.imports.types import Code, Day, Number, Reference, Text
from core.models import Unit
from performance.models import IntegrityAudit

COUNT = Number(0, 1_000_000, whole=True)

INTEGRITY_AUDITS = register(
    Kind(
        slug="integrity-audits",
        title="Crime data integrity audits",
        about="How many incidents were looked at, and how many were recorded rightly.",
        model=IntegrityAudit,
        key=("audit_ref",),
        columns=(
            Column("audit_ref", Reference(), "The reference of the audit.", required=True),
            Column("audited_on", Day(), "The day of the audit.", required=True),
            Column("subject", Text(120), "What was audited.", required=True),
            Column(
                "district",
                Code("Code of a district, such as `fenland`", lower=True),
                "Where. Blank: the whole force.",
                refers=Refers(Unit, "district", on="audited_on", only={"kind": "district"}),
            ),
            Column("incidents_audited", COUNT, "Incidents that were looked at.", required=True),
            Column("crimes_required", COUNT, "Crimes that should be recorded.", required=True),
            Column("crimes_recorded", COUNT, "Crimes that were.", required=True),
            Column("finding", Text(4000), "What was found."),
            Column("action", Text(4000), "What is done about it."),
        ),
        list_url="performance:audit-list",
    )
)

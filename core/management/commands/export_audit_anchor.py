import json
from typing import Any

from core.commands import JobCommand
from core.models import AuditSeal
from core.services.audit_chain import anchor_of, seal_all


class Command(JobCommand):
    help = (
        "Seals what waits and prints the anchor: one line that pins every row of the audit log up "
        "to now. Keep it outside of this system, and give it to verify_audit --anchor."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        seal_all()
        last = AuditSeal.objects.last()
        self.stdout.write(json.dumps(anchor_of(last) if last else {"number": 0}))

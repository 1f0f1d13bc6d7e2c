from datetime import date

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from performance.models import IntegrityAudit


class IntegrityAuditFactory(DjangoModelFactory[IntegrityAudit]):
    class Meta:
        model = IntegrityAudit

    audit_ref = Sequence(lambda n: f"CDI-{n:04d}")
    audited_on = date(2021, 1, 12)
    subject = "Domestic incidents closed without a crime"
    incidents_audited = 60
    crimes_required = 40
    crimes_recorded = 38

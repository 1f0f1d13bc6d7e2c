from django.db import transaction

from core import audit
from core.jobs import enqueue
from core.models import User


@transaction.atomic
def request_recompute(*, by: User) -> None:
    """Every figure is worked out anew from the records, beside those that stand, and swapped in."""
    audit.record(by=by, action=audit.Action.FIGURES_RECOMPUTED, detail={"months": "all"})
    enqueue("performance.tasks.recompute_all")

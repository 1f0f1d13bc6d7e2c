"""Records behind the pages of reviews and holds: one that is due, and one that is held."""

from typing import Any

from offenders.models import SubjectAccess, WarningMarker
from tests.factories.retention import case_of, due_review, held

CASE = ("subject-access", "subject-access-identity")
REVIEW = ("review", "retain", "dispose")


def item_of(case: SubjectAccess) -> str:
    warning = WarningMarker.objects.get(nominal=case.nominal)
    return f"offenders.warningmarker:{warning.pk}"


def retention_pages() -> dict[str, dict[str, Any]]:
    review, hold = due_review(), held()
    found = case_of()
    case = {"pk": found.pk}
    of_hold = {"pk": hold.nominal_id}
    return {
        **{f"offenders:retention-{page}": {"pk": review.pk} for page in REVIEW},
        "offenders:retention-of": of_hold,
        **{f"offenders:{page}": case for page in CASE},
        "offenders:subject-access-close": {**case, "step": "refuse"},
        "offenders:subject-access-item": {**case, "item": item_of(found)},
        "offenders:subject-access-new": {"pk": review.nominal_id},
        "offenders:hold-new": of_hold,
        "offenders:hold-lift": {**of_hold, "hold": hold.pk},
    }

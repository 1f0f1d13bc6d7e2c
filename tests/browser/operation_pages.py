"""Records for the pages of operations, trials and footwear."""

from typing import Any

from operations.models import OperationNominal
from tests.factories.custody import ArrestFactory
from tests.factories.nominals import NominalFactory
from tests.factories.operations import (
    FootwearMatchFactory,
    OperationFactory,
    OperationVehicleFactory,
    TrialFactory,
)

OPERATION = ("detail", "edit", "achieved")
TRIAL = ("detail", "edit", "test", "data", "result-new")


def operation_pages() -> dict[str, dict[str, Any]]:
    """An operation in a family, with a vehicle and a nominal; a trial with a scan and a match."""
    outer = OperationFactory.create()
    one = OperationFactory.create(parent=outer, offence_group_id="dwelling-burglary")
    vehicle = OperationVehicleFactory.create(operation=one)
    OperationNominal.objects.create(operation=one, nominal=NominalFactory.create(), part="suspect")
    match = FootwearMatchFactory.create(scan__trial=TrialFactory.create())
    slug, row = {"slug": one.pk}, {"slug": one.pk, "part": "vehicle", "row": vehicle.pk}
    scan = {"pk": match.scan_id}
    return {
        **{f"operations:operation-{page}": slug for page in OPERATION},
        "operations:operation-step": {**slug, "step": "closed"},
        "operations:operation-rows": {**slug, "figure": "vehicles"},
        "operations:operation-part-new": {**slug, "part": "vehicle"},
        "operations:operation-part-edit": row,
        "operations:operation-part-remove": row,
        "performance:operation-effect": slug,
        **{f"operations:trial-{page}": {"slug": match.scan.trial_id} for page in TRIAL},
        "operations:footwear-detail": scan,
        "operations:footwear-match-new": scan,
        "operations:footwear-step": {**scan, "match": match.pk, "step": "qualify"},
        "operations:footwear-new": {"pk": match.scan.arrest_id},
        "operations:footwear-of": {"pk": ArrestFactory.create().nominal_id},
    }

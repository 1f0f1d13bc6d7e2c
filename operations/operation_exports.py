"""Operations, what belongs to them, and footwear as files. Nobody is named in them."""

from core.exports.lists import export_of_list
from operations.models import (
    FootwearMatch,
    FootwearScan,
    Operation,
    OperationArrest,
    OperationConviction,
    OperationVehicle,
)
from operations.operation_list import OperationFilter
from operations.result_lists import (
    FootwearMatchFilter,
    FootwearScanFilter,
    OperationArrestFilter,
    OperationConvictionFilter,
    OperationVehicleFilter,
)


def same(*names: str, **others: str) -> dict[str, str]:
    return {name: name for name in names} | others


OPERATION_COLUMNS = same(
    "slug", "name", "state", "starts_on", "ends_on", "aim", parent="parent_id",
    offence_group="offence_group_id",
)  # fmt: skip
VEHICLE_COLUMNS = same(
    "registration", "description", "value", "stolen_on", "recovered_on", "county", "force",
    operation="operation_id", area="area_id",
)  # fmt: skip
ARREST_LINK_COLUMNS = same(
    "arrested_on", "charged_on", operation="operation_id", district="district_id"
)
CONVICTION_LINK_COLUMNS = same("convicted_on", operation="operation_id", area="area_id")
SCAN_COLUMNS = same("scanned_at", "pattern", trial="trial_id", district="district_id", scan="id")
MATCH_COLUMNS = same(
    "decided_at", "state", "came_of", "came_of_on", crime_ref="crime_id",
    district="district_id", match="id",
)  # fmt: skip

export_of_list(
    "operations", "Operations", Operation.objects.all(), OperationFilter, OPERATION_COLUMNS
)
export_of_list(
    "operation-vehicles", "Vehicles of operations", OperationVehicle.objects.all(),
    OperationVehicleFilter, VEHICLE_COLUMNS,
)  # fmt: skip
export_of_list(
    "operation-arrests", "Arrests of operations", OperationArrest.objects.all(),
    OperationArrestFilter, ARREST_LINK_COLUMNS,
)  # fmt: skip
export_of_list(
    "operation-convictions", "Convictions of operations", OperationConviction.objects.all(),
    OperationConvictionFilter, CONVICTION_LINK_COLUMNS,
)  # fmt: skip
export_of_list(
    "footwear-scans", "Footwear scans", FootwearScan.objects.all(), FootwearScanFilter, SCAN_COLUMNS
)
export_of_list(
    "footwear-matches", "Footwear matches", FootwearMatch.objects.all(),
    FootwearMatchFilter, MATCH_COLUMNS,
)  # fmt: skip

from operations.models.action import Action, ActionKind, ActionState, ActionStep, Aim
from operations.models.community import (
    AwarenessGiven,
    Consultation,
    EstateWorks,
    WatchScheme,
)
from operations.models.footwear import FootwearMatch, FootwearScan
from operations.models.incident import Grade, Incident
from operations.models.operation import (
    Operation,
    OperationClosure,
    OperationState,
    OperationStep,
)
from operations.models.operation_links import (
    OperationArrest,
    OperationConviction,
    OperationCrime,
    OperationNominal,
)
from operations.models.operation_parts import (
    OperationArea,
    OperationForce,
    OperationOfficer,
    OperationPremises,
    OperationProperty,
    OperationVehicle,
)
from operations.models.pack import (
    PackBalance,
    PackMovement,
    PackTarget,
    Partner,
    StockPlace,
)
from operations.models.planning import PlanningApplication
from operations.models.property import Assessment, Property, WorksOrder
from operations.models.scan import Mark, Scan, ScanRow
from operations.models.trial import Trial, TrialLook, TrialResult

__all__ = [
    "Action",
    "ActionKind",
    "ActionState",
    "ActionStep",
    "Aim",
    "Assessment",
    "AwarenessGiven",
    "Consultation",
    "EstateWorks",
    "FootwearMatch",
    "FootwearScan",
    "Grade",
    "Incident",
    "Mark",
    "Operation",
    "OperationArea",
    "OperationArrest",
    "OperationClosure",
    "OperationConviction",
    "OperationCrime",
    "OperationForce",
    "OperationNominal",
    "OperationOfficer",
    "OperationPremises",
    "OperationProperty",
    "OperationState",
    "OperationStep",
    "OperationVehicle",
    "PackBalance",
    "PackMovement",
    "PackTarget",
    "Partner",
    "PlanningApplication",
    "Property",
    "Scan",
    "ScanRow",
    "StockPlace",
    "Trial",
    "TrialLook",
    "TrialResult",
    "WatchScheme",
    "WorksOrder",
]

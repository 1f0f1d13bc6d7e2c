from operations.models.action import Action, ActionKind, ActionState, ActionStep, Aim
from operations.models.incident import Grade, Incident
from operations.models.scan import Mark, Scan, ScanRow

__all__ = [
    "Action",
    "ActionKind",
    "ActionState",
    "ActionStep",
    "Aim",
    "Grade",
    "Incident",
    "Mark",
    "Scan",
    "ScanRow",
]

"""What stays of operations and actions when a person is disposed of, and what is weighed before they
are told of it."""

from offenders.disclosure import ask_first
from offenders.erasure import ERASED, keep
from operations.models import (
    Action,
    ActionStep,
    FootwearMatch,
    FootwearScan,
    OperationArrest,
    OperationConviction,
    OperationNominal,
)

keep(Action, place="", about="", task=ERASED, result=ERASED)
keep(ActionStep, "title", note="")
keep(OperationNominal, note="")
keep(OperationArrest)
keep(OperationConviction)
keep(FootwearScan, pattern=ERASED, note="")
keep(FootwearMatch, reason=ERASED, came_of_note="")

ask_first(Action, ActionStep, FootwearMatch, OperationArrest, OperationNominal)

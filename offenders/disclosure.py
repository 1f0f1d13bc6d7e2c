"""What of a person's records is decided one by one before it is given to them.

Every record that has a rule of erasure is part of an answer by itself. Those named here tell what
officers think or plan, so nothing of them leaves before somebody has looked at it.
"""

from django.db.models import Model

from offenders.models import (
    BreakGlass,
    Exclusion,
    NominalMerge,
    NominalName,
    Priority,
    Restriction,
    RestrictionClearance,
    RetentionHold,
    RetentionReview,
    RiskScore,
    SeriesSuspect,
    SubjectAccess,
    SubjectAccessDecision,
    Typology,
    WarningMarker,
)

ASK_FIRST: set[type[Model]] = set()
# Of the system's own keeping, with nothing of the person that the rest does not say.
LEFT_OUT: set[type[Model]] = {NominalName, NominalMerge, SubjectAccess, SubjectAccessDecision}


def ask_first(*models: type[Model]) -> None:
    ASK_FIRST.update(models)


ask_first(BreakGlass, Priority, RetentionHold, RetentionReview, RiskScore, SeriesSuspect)
ask_first(Exclusion, Restriction, RestrictionClearance, Typology, WarningMarker)

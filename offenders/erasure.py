"""What becomes of each record when a person is disposed of. Every app brings the rules of its own.

A record that leads to a nominal and has no rule fails a test: nobody has to think of it twice. The
person's own record stays as an empty shell, and so do the rows that figures count, since a figure
of a closed month does not change because a name was forgotten: docs/adr/0106.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, F, Model, Value, When
from django.db.models.functions import Cast, Concat

from offenders.models import (
    Address,
    Alias,
    Arrest,
    ArrestOffence,
    Association,
    Bail,
    BailCondition,
    BailExtension,
    BreakGlass,
    CohortReview,
    Condition,
    Conviction,
    CourtBail,
    CustodyEvent,
    Detention,
    Disclosure,
    Disposal,
    DisposalCrime,
    Exclusion,
    GroupMember,
    Handover,
    Identifier,
    Membership,
    MembershipStep,
    Nominal,
    NominalMerge,
    NominalName,
    Priority,
    ReleasedUnderInvestigation,
    RemandApplication,
    Restriction,
    RestrictionClearance,
    RetentionHold,
    RetentionReview,
    RiskScore,
    Sentence,
    SeriesSuspect,
    SubjectAccess,
    SubjectAccessDecision,
    TagAlert,
    TagAlertEntry,
    TagCheck,
    TagCondition,
    TagDeployment,
    TagStep,
    Typology,
    Vehicle,
    VoluntaryAttendance,
    WarningMarker,
)

ERASED = "Erased"


@dataclass(frozen=True)
class Delete:
    """The rows go."""


@dataclass(frozen=True)
class Keep:
    """The rows stay, without what is in `blank`. `stays`: texts of the force, not of the person."""

    blank: Mapping[str, Any] = field(default_factory=dict)
    stays: frozenset[str] = frozenset()


RULES: dict[type[Model], Delete | Keep] = {}


def delete(*models: type[Model]) -> None:
    RULES.update(dict.fromkeys(models, Delete()))


def keep(model: type[Model], *stays: str, **blank: Any) -> None:
    RULES[model] = Keep(blank, frozenset(stays))


def numbered(word: str) -> Concat:
    """Told apart by its own key, where the text was part of what is unique."""
    return Concat(Value(f"{word} "), Cast(F("pk"), CharField()))


# Written by the service itself: what is blank depends on the disposal.
keep(
    Nominal, "ref", surname="Disposed of", forenames="", date_of_birth=None, sex="X",
    ethnicity="NS", pnc_id="", custody_ref="", note="",
)  # fmt: skip
delete(
    Alias, Identifier, Address, Vehicle, Association, WarningMarker, Typology, RiskScore, Priority,
    NominalName, NominalMerge, GroupMember, Handover, SeriesSuspect, VoluntaryAttendance,
)  # fmt: skip
delete(Bail, BailExtension, BailCondition, ReleasedUnderInvestigation, CourtBail)
delete(RemandApplication, Disclosure, Condition, RetentionHold)
delete(SubjectAccess, SubjectAccessDecision, Restriction, RestrictionClearance, Exclusion)
delete(TagStep, TagCheck, TagAlert, TagAlertEntry, TagCondition)
keep(Arrest, "operation", ref="", place=ERASED, note="")
keep(ArrestOffence, title=numbered("Offence"))
keep(Detention, "station", custody_number="", appropriate_adult="")
keep(CustodyEvent, authorised_by="", reason=ERASED, withdrawn_reason="")
keep(Membership)
keep(MembershipStep, "step", reason=ERASED)
keep(CohortReview)
keep(Disposal, rationale=ERASED, authorised_by=ERASED, appropriate_adult="", reason="")
keep(DisposalCrime)
keep(Conviction, "court", "operation", title=numbered("Conviction"), note="")
keep(Sentence, note="")
keep(TagDeployment, basis_note=ERASED, why=ERASED)
keep(RetentionReview, "why", reason=ERASED)
keep(
    BreakGlass, reason=ERASED,
    review_note=Case(When(reviewed_at=None, then=Value("")), default=Value(ERASED)),
)  # fmt: skip

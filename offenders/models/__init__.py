from offenders.models.access import Exclusion, Restriction, RestrictionClearance
from offenders.models.arrest import Arrest, ArrestOffence, TrialMode
from offenders.models.assessment import Priority, RiskScore
from offenders.models.attendance import VoluntaryAttendance
from offenders.models.bail import Bail, BailCondition, BailExtension, ReleasedUnderInvestigation
from offenders.models.break_glass import BreakGlass
from offenders.models.cohort import (
    Cohort,
    CohortReview,
    Handover,
    Membership,
    MembershipStep,
)
from offenders.models.conviction import Conviction, Sentence
from offenders.models.crime import Crime
from offenders.models.detention import CustodyEvent, Detention
from offenders.models.disposal import Condition, Disposal, DisposalCrime, DisposalType
from offenders.models.identity import (
    Address,
    Alias,
    Association,
    Identifier,
    Typology,
    Vehicle,
    WarningMarker,
)
from offenders.models.merge import NominalMerge
from offenders.models.nominal import KeptOnce, Nominal
from offenders.models.nominal_group import GroupMember, NominalGroup
from offenders.models.outcome import Outcome
from offenders.models.reference import (
    OffenceCode,
    OffenceGroup,
    OffenceGroupCode,
    OutcomeCode,
    OutcomeSet,
    OutcomeSetCode,
)
from offenders.models.referral import HubReferral
from offenders.models.remand import CourtBail, Disclosure, RemandApplication
from offenders.models.retention import (
    RetentionClass,
    RetentionHold,
    RetentionPeriod,
    RetentionReview,
)
from offenders.models.search import NameWord, NominalName
from offenders.models.series import CrimeSeries, SeriesCrime, SeriesSuspect
from offenders.models.subject_access import SubjectAccess, SubjectAccessDecision
from offenders.models.tag import TagDeployment, TagUnit
from offenders.models.tag_log import TagAlert, TagAlertEntry, TagCheck, TagCondition, TagStep

__all__ = [
    "Address",
    "Alias",
    "Arrest",
    "ArrestOffence",
    "Association",
    "Bail",
    "BailCondition",
    "BailExtension",
    "BreakGlass",
    "Cohort",
    "CohortReview",
    "Condition",
    "Conviction",
    "CourtBail",
    "Crime",
    "CrimeSeries",
    "CustodyEvent",
    "Detention",
    "Disclosure",
    "Disposal",
    "DisposalCrime",
    "DisposalType",
    "Exclusion",
    "GroupMember",
    "Handover",
    "HubReferral",
    "Identifier",
    "KeptOnce",
    "Membership",
    "MembershipStep",
    "NameWord",
    "Nominal",
    "NominalGroup",
    "NominalMerge",
    "NominalName",
    "OffenceCode",
    "OffenceGroup",
    "OffenceGroupCode",
    "Outcome",
    "OutcomeCode",
    "OutcomeSet",
    "OutcomeSetCode",
    "Priority",
    "ReleasedUnderInvestigation",
    "RemandApplication",
    "Restriction",
    "RestrictionClearance",
    "RetentionClass",
    "RetentionHold",
    "RetentionPeriod",
    "RetentionReview",
    "RiskScore",
    "Sentence",
    "SeriesCrime",
    "SeriesSuspect",
    "SubjectAccess",
    "SubjectAccessDecision",
    "TagAlert",
    "TagAlertEntry",
    "TagCheck",
    "TagCondition",
    "TagDeployment",
    "TagStep",
    "TagUnit",
    "TrialMode",
    "Typology",
    "Vehicle",
    "VoluntaryAttendance",
    "WarningMarker",
]

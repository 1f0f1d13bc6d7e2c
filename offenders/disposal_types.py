"""Disposals as every installation begins. Edited afterwards on the admin page.

Periods that the law does not fix (community resolution, outcome 22, conditional caution) are usual
practice, for the force to confirm. The diversionary and the community caution of the Police, Crime,
Sentencing and Courts Act 2022 are loaded without a first day: Parliament has not commenced Part 6.
"""

from datetime import date
from typing import Any

from core.ranks import Rank
from offenders.models import DisposalType
from offenders.models.disposal import (
    Admission,
    BreachRoute,
    Conditions,
    OutcomeWhen,
    Stage,
    Tier,
)

LONG_AGO = date(2004, 7, 1)  # older than any record here
PND_ADULTS_ONLY = date(2013, 4, 8)
YOUTH_CAUTIONS = date(2013, 4, 8)  # Legal Aid, Sentencing and Punishment of Offenders Act 2012
OUTCOME_22 = date(2019, 4, 1)
OUTCOME_23 = date(2026, 2, 12)
WEEK = 7

PLAIN: dict[str, Any] = {
    "stage": Stage.PRE_CHARGE,
    "admission": Admission.NONE,
    "conditions": Conditions.NONE,
    "breach_route": BreachRoute.NONE,
    "least_rank": Rank.SERGEANT,
    "in_force_from": LONG_AGO,
}
ADMITTED: dict[str, Any] = {"admission": Admission.GUILT, "needs_consent": True}
CAUTION_OF_2022: dict[str, Any] = ADMITTED | {
    "tier": Tier.FORMAL,
    "min_age": 18,
    "conditions": Conditions.MUST,
    "needs_victim_view": True,
    "outcome_id": "3",
    "in_force_from": None,
    "note": "Not in force: Part 6 of the Act of 2022 has not been commenced.",
}

TYPES: dict[str, dict[str, Any]] = {
    "no-further-action": {
        "title": "No further action",
        "tier": Tier.NONE,
        "is_offered": False,
        "note": "Record the outcome on each crime: which one it is depends on why. It may be "
        "reopened on new evidence.",
    },
    "outcome-22": {
        "title": "Diversion (outcome 22)",
        "tier": Tier.DIVERSION,
        "min_age": 10,
        "needs_victim_view": True,
        "conditions": Conditions.MUST,
        "default_days": 12 * WEEK,
        "max_days": 16 * WEEK,
        "breach_route": BreachRoute.PROSECUTE,
        "outcome_id": "22",
        "outcome_when": OutcomeWhen.COMPLETED,
        "in_force_from": OUTCOME_22,
        "note": "Needs no admission. The outcome counts only once the activity is completed.",
    },
    "outcome-23": {
        "title": "Deferred prosecution of a child (outcome 23)",
        "tier": Tier.DIVERSION,
        "min_age": 10,
        "max_age": 17,
        "needs_victim_view": True,
        "conditions": Conditions.MUST,
        "breach_route": BreachRoute.PROSECUTE,
        "outcome_id": "23",
        "in_force_from": OUTCOME_23,
        "note": "With the youth justice service, which says when the plan is not kept.",
    },
    "community-resolution": {
        "title": "Community resolution",
        "tier": Tier.INFORMAL,
        "min_age": 10,
        "admission": Admission.RESPONSIBILITY,
        "needs_consent": True,
        "needs_victim_view": True,
        "conditions": Conditions.MAY,
        "default_days": 28,
        "max_days": 122,
        "breach_route": BreachRoute.REOPEN,
        "outcome_id": "8",
        "note": "An inspector for sensitive types. Not for abuse between intimate partners.",
    },
    "cannabis-warning": {
        "title": "Cannabis or khat warning",
        "tier": Tier.INFORMAL,
        "min_age": 18,
        "is_offered": False,
        "admission": Admission.GUILT,
        "least_rank": Rank.CONSTABLE,
        "outcome_id": "7",
    },
    "penalty-notice": {
        "title": "Penalty notice for disorder",
        "tier": Tier.FORMAL,
        "min_age": 18,
        "is_offered": False,
        "least_rank": Rank.CONSTABLE,
        "conditions": Conditions.MUST,
        "default_days": 21,
        "max_days": 21,
        "breach_route": BreachRoute.FINE,
        "outcome_id": "6",
        "in_force_from": PND_ADULTS_ONLY,
        "note": "Its condition is the payment. Unpaid after 21 days, one and a half times the "
        "amount is registered as a fine.",
    },
    "simple-caution": ADMITTED
    | {
        "title": "Simple caution",
        "tier": Tier.FORMAL,
        "min_age": 18,
        "outcome_id": "3",
        "needs_victim_view": True,
        "note": "An inspector where the Criminal Justice and Courts Act 2015 limits it (specified "
        "either-way offences, or a similar caution or conviction in the last two years). Indictable "
        "only: a superintendent, the consent of the CPS and exceptional circumstances.",
    },
    "conditional-caution": ADMITTED
    | {
        "title": "Conditional caution",
        "tier": Tier.FORMAL,
        "min_age": 18,
        "needs_victim_view": True,
        "conditions": Conditions.MUST,
        "default_days": 16 * WEEK,
        "max_days": 20 * WEEK,
        "breach_route": BreachRoute.PROSECUTE,
        "outcome_id": "3",
        "note": "The CPS decides for indictable only and reserved offences. The person signs.",
    },
    "youth-caution": ADMITTED
    | {
        "title": "Youth caution",
        "tier": Tier.FORMAL,
        "min_age": 10,
        "max_age": 17,
        "needs_consent": False,
        "needs_victim_view": True,
        "outcome_id": "2",
        "in_force_from": YOUTH_CAUTIONS,
        "note": "With the youth justice service; an appropriate adult is present.",
    },
    "youth-conditional-caution": ADMITTED
    | {
        "title": "Youth conditional caution",
        "tier": Tier.FORMAL,
        "min_age": 10,
        "max_age": 17,
        "needs_victim_view": True,
        "conditions": Conditions.MUST,
        "default_days": 12 * WEEK,
        "max_days": 92,
        "breach_route": BreachRoute.PROSECUTE,
        "outcome_id": "2",
        "in_force_from": YOUTH_CAUTIONS,
        "note": "With the youth justice service; an appropriate adult is present.",
    },
    "diversionary-caution": CAUTION_OF_2022
    | {
        "title": "Diversionary caution (Act of 2022)",
        "breach_route": BreachRoute.PROSECUTE,
    },
    "community-caution": CAUTION_OF_2022
    | {
        "title": "Community caution (Act of 2022)",
        "breach_route": BreachRoute.FINE,
    },
    "charge": {
        "title": "Charge",
        "stage": Stage.POST_CHARGE,
        "tier": Tier.CHARGE,
        "min_age": 10,
        "is_offered": False,
        "outcome_id": "1",
        "note": "The CPS decides but for summary and some either-way offences.",
    },
    "requisition": {
        "title": "Postal requisition or summons",
        "stage": Stage.POST_CHARGE,
        "tier": Tier.CHARGE,
        "min_age": 10,
        "is_offered": False,
        "outcome_id": "1",
    },
}


def load_disposal_types() -> None:
    """Add what is missing; what an administrator changed stays so."""
    rows = [DisposalType(code=code, **PLAIN | facts) for code, facts in TYPES.items()]
    DisposalType.objects.bulk_create(rows, ignore_conflicts=True)

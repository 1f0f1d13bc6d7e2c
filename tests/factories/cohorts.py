from datetime import date
from typing import Any

from core.models import User
from offenders.models import Cohort, Membership, Nominal
from offenders.services.cohorts import accept, nominate, review
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

NOMINATED = date(2023, 1, 10)  # a Tuesday


def op_aware() -> Cohort:
    return Cohort.objects.get(pk="op-aware")


def supervisor(**fields: Any) -> User:
    return UserFactory.create(roles=["act-supervisor"], **fields)


def nominated(*, by: User | None = None, nominal: Nominal | None = None) -> Membership:
    return nominate(
        by=by or supervisor(),
        nominal=nominal or NominalFactory.create(),
        cohort=op_aware(),
        reason="Three burglaries in a month",
        on=NOMINATED,
    )


def accepted(**given: Any) -> Membership:
    member = nominated(**given)
    reason = "The panel agrees"
    return accept(by=supervisor(), member=member, category="fixed", reason=reason, on=NOMINATED)


def rated(rag: str = "red", **given: Any) -> Membership:
    member = accepted(**given)
    return review(by=supervisor(), member=member, rag=rag, reason="Wanted", on=NOMINATED)

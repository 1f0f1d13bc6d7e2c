from datetime import UTC, datetime
from typing import Any

from core.dates import today
from core.models import Approval, User
from offenders.models import Nominal, RetentionHold, RetentionReview, SubjectAccess, WarningMarker
from offenders.services.retention import open_review, place_hold, propose_disposal
from offenders.services.subject_access import open_case
from tests.factories.custody import ArrestFactory, ArrestOffenceFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

LONG_AGO = datetime(2012, 5, 1, 9, tzinfo=UTC)
NO = dict.fromkeys(("is_violent", "is_pattern", "is_vulnerable", "is_public_trust"), False)


def reviewer(**facts: Any) -> User:
    return UserFactory.create(roles=["data-protection"], **facts)


def supervisor(**facts: Any) -> User:
    return UserFactory.create(roles=["act-supervisor"], **facts)


def old_nominal(offence: str = "28E", **facts: Any) -> Nominal:
    """Recorded and arrested in 2012, and never since: due since 2018 in group 3."""
    nominal = NominalFactory.create(created_at=LONG_AGO, **facts)
    arrest = ArrestFactory.create(nominal=nominal, arrested_at=LONG_AGO)
    ArrestOffenceFactory.create(arrest=arrest, offence_id=offence)
    return nominal


def due_review(**facts: Any) -> RetentionReview:
    return open_review(by=reviewer(), nominal=facts.pop("nominal", None) or old_nominal(**facts))


def proposed(*, by: User | None = None, **facts: Any) -> RetentionReview:
    review = due_review(**facts)
    said: dict[str, Any] = NO | {"reason": "Nothing since the one arrest."}
    return propose_disposal(by=by or reviewer(), review=review, **said)


def case_of(nominal: Nominal | None = None, **facts: Any) -> SubjectAccess:
    """In hand, of somebody who was arrested and has a warning."""
    nominal = nominal or old_nominal()
    WarningMarker.objects.create(nominal=nominal, marker="weapons", text="Said by a neighbour")
    said: dict[str, Any] = {
        "received_on": today(), "requester": "person", "identity": "Passport seen", "by": reviewer()
    } | facts  # fmt: skip
    return open_case(nominal=nominal, **said)


def approval_of(review: RetentionReview) -> Approval:
    return Approval.objects.open().get(kind="disposal", target_id=str(review.pk))


def held(nominal: Nominal | None = None, **facts: Any) -> RetentionHold:
    said = {"kind": "litigation", "reason": "A claim for damages.", "case_ref": "CL/1"} | facts
    by = said.pop("by", None) or supervisor()
    return place_hold(by=by, nominal=nominal or old_nominal(), **said)

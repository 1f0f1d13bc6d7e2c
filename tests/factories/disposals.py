from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from core.models import User
from core.ranks import Rank
from offenders.models import Disposal, DisposalType
from offenders.services.disposals import Wanted, accept, offer_disposal
from tests.factories.crimes import CrimeFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

BORN = date(1990, 5, 17)


def officer() -> User:
    return UserFactory.create(roles=["act-officer"])


def supervisor() -> User:
    return UserFactory.create(roles=["act-supervisor"])


def offered(code: str = "conditional-caution", **facts: Any) -> Disposal:
    """Of an adult who admits it, now, for a dwelling burglary; conditions as the type needs."""
    type_ = DisposalType.objects.get(pk=code)
    at = facts.get("offered_at") or timezone.now()
    due = localdate(at) + timedelta(days=10)
    conditions = [Wanted("reparative", "Write to the victim", due)]
    said: dict[str, Any] = {
        "by": facts.pop("by", None) or officer(),
        "nominal": facts.pop("nominal", None) or NominalFactory.create(date_of_birth=BORN),
        "crimes": facts.pop("crimes", None) or [CrimeFactory.create()],
        "type": type_,
        "offered_at": at,
        "rationale": "A warning did not do.",
        "authorised_by": "Inspector Invented",
        "authorised_rank": Rank.INSPECTOR,
        "admission": "guilt",
        "victim_view": "supports",
        "conditions": conditions if type_.conditions == "must" else [],
    }
    return offer_disposal(**said | facts)


def running(by: User | None = None, **facts: Any) -> Disposal:
    by = by or officer()
    disposal = offered(by=by, **facts)
    return accept(by=by, disposal=disposal, at=disposal.offered_at, has_consent=True)

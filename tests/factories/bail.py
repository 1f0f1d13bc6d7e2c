from datetime import UTC, datetime
from typing import Any

from core.models import User
from core.ranks import Rank
from offenders.models import Bail, CourtBail, RemandApplication
from offenders.services.bail import Authority, Condition, grant_bail
from offenders.services.remand import record_court_bail, record_remand_application
from tests.factories.custody import ArrestFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

OLD = datetime(2021, 1, 10, 14, 0, tzinfo=UTC)  # bail to 7 February 2021
NEW = datetime(2023, 1, 10, 14, 0, tzinfo=UTC)  # bail to 10 April 2023
HOME = Condition("residence", "1 Invented Street")


def bailed(
    *,
    by: User | None = None,
    arrested_at: datetime = NEW,
    rank: int = Rank.INSPECTOR,
    conditions: Any = (),
    **facts: Any,
) -> Bail:
    """Granted at the time of the arrest, by an inspector; the basis and the views are written."""
    by = by or UserFactory.create(roles=["act-officer"])
    said = {"basis_note": "Necessary", "victim_views": "Agrees"} | facts
    arrest = said.pop("arrest", None) or ArrestFactory.create(arrested_at=arrested_at)
    authority = Authority(said.pop("granted_at", arrested_at), "Invented", rank)
    return grant_bail(by=by, arrest=arrest, authority=authority, conditions=conditions, **said)


def court_bailed(*, by: User | None = None, **facts: Any) -> CourtBail:
    by = by or UserFactory.create(roles=["act-officer"])
    said = {"court": "Invented Magistrates", "granted_on": "2023-01-12"} | facts
    nominal = said.pop("nominal", None) or NominalFactory.create()
    said["granted_on"] = datetime.fromisoformat(said["granted_on"]).date()
    return record_court_bail(by=by, nominal=nominal, **said)


def applied(*, by: User | None = None, **facts: Any) -> RemandApplication:
    by = by or UserFactory.create(roles=["act-officer"])
    said: dict[str, Any] = {
        "court": "Invented Magistrates",
        "applied_on": datetime(2023, 1, 12, tzinfo=UTC).date(),
        "offence": "Burglary in a dwelling",
        "grounds": ["offend"],
        "text": "Three offences in a week.",
    } | facts
    nominal = said.pop("nominal", None) or NominalFactory.create()
    return record_remand_application(by=by, nominal=nominal, **said)

from datetime import UTC, datetime, timedelta
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from core.models import User
from offenders.models import TagDeployment, TagUnit
from offenders.services.tags import fit, record_consent, request_tag
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

REQUESTED = datetime(2021, 1, 4, 9, tzinfo=UTC)
CONSENTED = REQUESTED + timedelta(days=1)
FITTED = REQUESTED + timedelta(days=7)


class TagUnitFactory(DjangoModelFactory[TagUnit]):
    class Meta:
        model = TagUnit

    serial = Sequence(lambda n: f"TAG-{n:04d}")
    area_id = "north"
    since = "2020-12-01"


class TagFactory(DjangoModelFactory[TagDeployment]):
    """Asked for, by consent of the wearer."""

    class Meta:
        model = TagDeployment

    nominal = SubFactory(NominalFactory)
    basis = "voluntary"
    why = "To help the wearer stay at home at night"
    area_id = "north"
    officer = SubFactory(UserFactory)
    requested_at = REQUESTED


def consented(*, by: User | None = None, **facts: Any) -> TagDeployment:
    by = by or UserFactory.create(roles=["act-officer"])
    nominal = facts.pop("nominal", None) or NominalFactory.create(unit_id="north")
    said: dict[str, Any] = {"basis": "voluntary", "why": "Invented", "at": REQUESTED} | facts
    tag = request_tag(by=by, nominal=nominal, **said)
    return record_consent(by=by, tag=tag, at=CONSENTED, note="Signed form, seen by a colleague")


def worn(*, by: User | None = None, at: datetime = FITTED, **facts: Any) -> TagDeployment:
    by = by or UserFactory.create(roles=["act-officer"])
    tag = consented(by=by, **facts)
    return fit(by=by, tag=tag, device=TagUnitFactory.create(), at=at)

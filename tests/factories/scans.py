from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from core.models import Unit, User
from offenders.models import Crime
from operations.models import Mark, Scan
from operations.services.scans import finish_scan, mark_row, start_scan
from tests.factories.actions import officer
from tests.factories.cohorts import rated
from tests.factories.crimes import CrimeFactory
from tests.factories.nominals import NominalFactory

MORNING = datetime(2021, 1, 16, 7, 30, tzinfo=UTC)
NIGHT = MORNING - timedelta(hours=6)
HERE = {"latitude": 52.2, "longitude": 0.13}  # in Cambridge
A_METRE = 1 / 111_195  # in degrees of latitude


def night_crime(*, metres_north: float = 0, **facts: Any) -> Crime:
    """A burglary in Cambridge, told in the night before the scan."""
    place = {"latitude": HERE["latitude"] + metres_north * A_METRE, "longitude": HERE["longitude"]}
    return CrimeFactory.create(**{"recorded_at": NIGHT} | place | facts)


def started(*, by: User | None = None, area: str = "south", at: datetime = MORNING) -> Scan:
    with time_machine.travel(at, tick=False):
        return start_scan(by=by or officer(), area=Unit.objects.get(pk=area), at=at)


def finished(*, by: User | None = None, at: datetime = MORNING, **facts: Any) -> Scan:
    by = by or officer()
    scan = started(by=by, at=at, **facts)
    with time_machine.travel(at, tick=False):
        for row in scan.rows.all():
            mark_row(by=by, row=row, mark=Mark.SEEN)
        return finish_scan(by=by, scan=scan, at=at + timedelta(minutes=30))


def neighbour(*, metres_north: float = 0, **facts: Any) -> Any:
    """A member of Op Aware who lives so far north of the place of `night_crime`."""
    member = rated(nominal=NominalFactory.create(**facts))
    member.nominal.addresses.create(
        line="1 Nowhere Row",
        latitude=HERE["latitude"] + metres_north * A_METRE,
        longitude=HERE["longitude"],
    )
    return member.nominal

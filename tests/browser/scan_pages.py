"""Pages of actions and of the daily scan."""

from datetime import timedelta
from typing import Any

from core.access.permissions import Permission
from core.models import User
from tests.factories.actions import accepted
from tests.factories.nominals import NominalFactory
from tests.factories.scans import NIGHT, neighbour, night_crime, started
from tests.factories.users import UserFactory


def scan_pages(viewer: User) -> dict[str, dict[str, Any]]:
    """An action of whoever walks the pages, about a nominal; a scan with somebody who lives near."""
    by = (
        viewer
        if viewer.has(Permission.NOMINAL_CHANGE)
        else UserFactory.create(roles=["act-officer"])
    )
    neighbour(metres_north=200)
    night_crime(recorded_at=NIGHT - timedelta(days=3), metres_north=100)
    night_crime()
    scan = started(by=by)
    first = {"pk": scan.pk, "position": 1}
    action = accepted(owner=by, by=by, nominal=NominalFactory.create())
    return {
        "operations:action-detail": {"pk": action.pk},
        "operations:action-step": {"pk": action.pk, "step": "hand-on"},
        **{f"operations:scan-{page}": {"pk": scan.pk} for page in ("detail", "summary", "finish")},
        "operations:scan-row-link": first,
        "operations:scan-row-action": first,
        "operations:action-of": {"pk": action.nominal_id},
    }

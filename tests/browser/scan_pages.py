"""Pages of actions and of the daily scan."""

from typing import Any

from core.models import User
from tests.factories.actions import accepted
from tests.factories.nominals import NominalFactory


def scan_pages(viewer: User) -> dict[str, dict[str, Any]]:
    """An action of whoever walks the pages, about a nominal."""
    action = accepted(owner=viewer, by=viewer, nominal=NominalFactory.create())
    return {
        "operations:action-detail": {"pk": action.pk},
        "operations:action-step": {"pk": action.pk, "step": "hand-on"},
        "operations:action-of": {"pk": action.nominal_id},
    }

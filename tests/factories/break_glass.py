from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from core.models import User
from offenders.models import BreakGlass, Nominal
from offenders.models.break_glass import HOUR
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory


def glass_of(
    by: User | None = None,
    *,
    nominal: Nominal | None = None,
    ago: timedelta = timedelta(0),
    **more: Any,
) -> BreakGlass:
    """Begun `ago`: two hours ago it is over."""
    begun: datetime = timezone.now() - ago
    facts = {"reason": "Threat to life", "confirmed_at": begun, "ends_at": begun + HOUR} | more
    return BreakGlass.objects.create(
        by=by or UserFactory.create(roles=["act-supervisor"]),
        nominal=nominal or NominalFactory.create(),
        begun_at=begun,
        **facts,
    )

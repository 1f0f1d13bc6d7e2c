"""Who may be given nominals, and which nominals have nobody who may."""

from django.db.models import QuerySet

from core.access.permissions import Permission
from core.access.roles import BY_SLUG
from core.models import RoleGrant, User
from offenders.models import Nominal
from offenders.models.scope import open_rows


def officers() -> QuerySet[User]:
    """Here, and in a role that works nominals."""
    roles = [
        slug for slug, role in BY_SLUG.items() if Permission.NOMINAL_CHANGE in role.permissions
    ]
    holders = RoleGrant.objects.current().filter(role__in=roles).values("user")
    rows = User.objects.filter(is_active=True, pk__in=holders)
    return rows.order_by("full_name", "username")


def without_officer() -> QuerySet[Nominal]:
    """Whose lead officer has left, or works no nominals any more. Each has one in the record."""
    gone = User.objects.exclude(pk__in=officers().order_by().values("pk"))
    rows = open_rows(Nominal.objects.live()).filter(lead_officer__in=gone)
    return rows.select_related("lead_officer", "second_officer", "unit")

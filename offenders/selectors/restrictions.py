"""Who is kept from a nominal and who is cleared, now and before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from core.access.permissions import Permission
from core.access.roles import BY_SLUG
from core.models import RoleGrant, User
from offenders import people
from offenders.models import Exclusion, Nominal, Restriction, RestrictionClearance


@dataclass(frozen=True)
class AccessList:
    """`restriction` is the one that stands."""

    restriction: Restriction | None
    cleared: list[RestrictionClearance]
    excluded: list[Exclusion]
    before: list[Restriction]

    def may_decide(self, asked_by: int) -> bool:
        """Whether somebody is there to decide on what this person asked for."""
        others = (one.user for one in self.cleared if one.user_id != asked_by)
        return any(user.has(Permission.NOMINAL_SUPERVISE) for user in others)


def access_list(nominal: Nominal) -> AccessList:
    rows = nominal.restrictions.select_related("imposed_by", "lifted_by", "lift_approved_by")
    standing = next((row for row in rows if row.lifted_at is None), None)
    cleared = RestrictionClearance.objects.live().filter(restriction=standing)
    excluded = Exclusion.objects.live().filter(nominal=nominal)
    return AccessList(
        standing,
        list(cleared.select_related("user", "by")) if standing else [],
        list(excluded.select_related("user", "by")),
        [row for row in rows if row.lifted_at is not None],
    )


def _now(nominal: Nominal) -> Iterable[people.Now]:
    row = nominal.restrictions.live().first()
    if row is not None:
        is_masked = row.kind == "masked"
        who = "Others see that there is a record." if is_masked else "For others it is not there."
        text = f"{who} {row.reason}"
        yield people.Now("Restricted record", text, tag="Restricted", urgent=True)


def readers() -> QuerySet[User]:
    """Everybody whose role lets them see people: whom one may clear or keep out."""
    roles = [slug for slug, role in BY_SLUG.items() if Permission.NOMINAL_VIEW in role.permissions]
    holders = RoleGrant.objects.current().filter(role__in=roles).values("user")
    return User.objects.filter(is_active=True, pk__in=holders).order_by("full_name", "username")


people.nows.append(_now)

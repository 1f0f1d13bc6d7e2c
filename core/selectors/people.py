from django.db.models import Prefetch, QuerySet

from core.models import ApiToken, RoleGrant, User


def people() -> QuerySet[User]:
    """Everybody with an account; `current_grants` holds their roles."""
    current = Prefetch("grants", RoleGrant.objects.current(), to_attr="current_grants")
    return User.objects.prefetch_related(current)


def people_without_role() -> QuerySet[User]:
    """They may sign in and open nothing."""
    holders = RoleGrant.objects.current().values("user")
    return User.objects.filter(is_active=True).exclude(pk__in=holders)


def grants_of(user: User) -> QuerySet[RoleGrant]:
    """Roles held now and before, newest first, with who gave and who took them."""
    return user.grants.select_related("granted_by", "ended_by").order_by("-granted_at")


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return user.api_tokens.select_related("user")

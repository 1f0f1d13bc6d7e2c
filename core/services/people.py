"""Accounts and the roles they hold. `by` is None for a command run on the machine itself."""

from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.access.roles import BY_SLUG
from core.models import RoleGrant, User
from core.policies import can_change_account


@transaction.atomic
def create_account(
    *, by: User | None, username: str, full_name: str, email: str = "", roles: Iterable[str] = ()
) -> User:
    """An account without a password: its person chooses one through `sign_in_link`."""
    user = User(username=username, full_name=full_name, email=email)
    if by is not None:
        can_change_account(by, user).require()
    user.set_unusable_password()
    user.full_clean()
    user.save()
    audit.record(by=by, action=audit.Action.ACCOUNT_CREATED, target=user)
    _grant(by, user, _known(roles))
    return user


@transaction.atomic
def change_account(*, by: User, user: User, full_name: str, email: str, is_active: bool) -> User:
    can_change_account(by, user).require()
    before = {"full_name": user.full_name, "email": user.email, "is_active": user.is_active}
    after = {"full_name": full_name, "email": email, "is_active": is_active}
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return user
    for name, value in after.items():
        setattr(user, name, value)
    user.full_clean()
    user.save(update_fields=list(after))
    if "is_active" in changed:
        _end_sessions(user)
    audit.record(by=by, action=audit.Action.ACCOUNT_CHANGED, target=user, detail=changed)
    return user


@transaction.atomic
def set_roles(*, by: User | None, user: User, roles: Iterable[str]) -> None:
    """Grant what is missing, end what is not named, and end the sessions if anything changed."""
    if by is not None:
        can_change_account(by, user).require()
    wanted = _known(roles)
    # The lock keeps two administrators from granting the same role at once.
    User.objects.select_for_update().get(pk=user.pk)
    held = set(user.grants.current().values_list("role", flat=True))
    _end(by, user, held - wanted)
    _grant(by, user, wanted - held)
    if wanted != held:
        _end_sessions(user)


def sign_in_link(*, by: User | None, user: User) -> str:
    """The path of a page where the person chooses a password; works once, for a few days."""
    if by is not None:
        can_change_account(by, user).require()
    audit.record(
        by=by, action=audit.Action.ACCOUNT_CHANGED, target=user, detail={"link": "sign-in"}
    )
    key = default_token_generator.make_token(user)
    named = {"uidb36": user_pk_to_url_str(user), "key": key}
    return reverse("account_reset_password_from_key", kwargs=named)


@transaction.atomic
def remove_second_factor(*, user: User) -> None:
    """Only on the machine itself: whoever could do it in a browser could take over the account."""
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    audit.record(by=None, action=audit.Action.SECOND_FACTOR_REMOVED, target=user)


def _known(roles: Iterable[str]) -> set[str]:
    wanted = set(roles)
    if unknown := wanted - set(BY_SLUG):
        raise ValidationError(f"There is no role {', '.join(sorted(unknown))}.")
    return wanted


def _grant(by: User | None, user: User, roles: set[str]) -> None:
    for role in sorted(roles):
        RoleGrant.objects.create(user=user, role=role, granted_by=by)
        audit.record(by=by, action=audit.Action.ROLE_GRANTED, target=user, detail={"role": role})


def _end(by: User | None, user: User, roles: set[str]) -> None:
    for grant in user.grants.current().filter(role__in=roles):
        grant.ended_at = timezone.now()
        grant.ended_by = by
        grant.save(update_fields=["ended_at", "ended_by"])
        audit.record(
            by=by, action=audit.Action.ROLE_ENDED, target=user, detail={"role": grant.role}
        )


def _end_sessions(user: User) -> None:
    user.sessions_ended_at = timezone.now()
    user.save(update_fields=["sessions_ended_at"])
    for name in ("role_slugs", "permissions"):
        user.__dict__.pop(name, None)

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
from core.access.permissions import Permission
from core.access.roles import ADMINISTRATOR, BY_SLUG, MACHINE, POWERFUL, permissions_of
from core.models import Approval, RoleGrant, User
from core.policies import can_change_account, can_open_account
from core.services.approvals import ask
from core.services.tokens import revoke_all_tokens

GRANT = "role-grant"  # the kind of approval


@transaction.atomic
def create_account(
    *,
    by: User | None,
    username: str,
    full_name: str,
    email: str = "",
    roles: Iterable[str] = (),
    reason: str = "",
) -> User:
    """An account without a password: its person chooses one through `sign_in_link`.

    `reason` is that of a powerful role, which is only asked for: docs/adr/0102."""
    user = User(username=username, full_name=full_name, email=email)
    if by is not None:
        can_change_account(by, user).require()
    user.set_unusable_password()
    user.full_clean()
    user.save()
    audit.record(by=by, action=audit.Action.ACCOUNT_CREATED, target=user)
    wanted = _known(roles)
    _grant(by, user, wanted - _to_approve(by, wanted))
    _ask_for(by, user, _to_approve(by, wanted), reason)
    return user


@transaction.atomic
def change_account(*, by: User, user: User, full_name: str, email: str, is_active: bool) -> User:
    can_change_account(by, user).require()
    _lock_administrators()
    held = set(user.grants.current().values_list("role", flat=True))
    before = {"full_name": user.full_name, "email": user.email, "is_active": user.is_active}
    after = {"full_name": full_name, "email": email, "is_active": is_active}
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return user
    if "email" in changed:
        can_open_account(by, user).require()
    for name, value in after.items():
        setattr(user, name, value)
    user.full_clean()
    user.save(update_fields=list(after))
    if "is_active" in changed:
        _end_sessions(user)
    if ADMINISTRATOR in held:
        _keep_an_administrator()
    audit.record(by=by, action=audit.Action.ACCOUNT_CHANGED, target=user, detail=changed)
    return user


@transaction.atomic
def set_roles(
    *, by: User | None, user: User, roles: Iterable[str], reason: str = ""
) -> Approval | None:
    """Grant what is missing, end what is not named, and end the sessions if anything changed.

    A powerful role that is missing is only asked for, with a reason; a command grants it at once.
    """
    if by is not None:
        can_change_account(by, user).require()
    wanted = _known(roles)
    _lock_administrators()
    # This lock keeps two administrators from granting the same role at once.
    User.objects.select_for_update().get(pk=user.pk)
    held = set(user.grants.current().values_list("role", flat=True))
    to_approve = _to_approve(by, wanted - held)
    wanted -= to_approve
    _end(by, user, held - wanted)
    _grant(by, user, wanted - held)
    if _tokens_end(held, wanted):
        revoke_all_tokens(by=by, owner=user)
    if wanted != held:
        _end_sessions(user)
    if ADMINISTRATOR in held - wanted:
        _keep_an_administrator()
    return _ask_for(by, user, to_approve, reason)


def grant_approved(by: User, approval: Approval) -> None:
    """What another administrator asked for. Inside of the transaction of the approval."""
    user = User.objects.select_for_update().get(pk=approval.target_id)
    can_change_account(by, user).require()
    if not approval.asked_by.has(Permission.USER_MANAGE):
        raise ValidationError("Whoever asked manages no accounts any more. Refuse this.")
    held = set(user.grants.current().values_list("role", flat=True))
    _known(held | set(approval.payload["roles"]))
    _grant(by, user, set(approval.payload["roles"]) - held, asked_by=approval.asked_by)
    _end_sessions(user)


def sign_in_link(*, by: User | None, user: User) -> str:
    """The path of a page where the person chooses a password; works once, for a few days."""
    if by is not None:
        can_open_account(by, user).require()
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
    if MACHINE in wanted and len(wanted) > 1:
        raise ValidationError("A machine account is no person: it holds no other role.")
    return wanted


def _tokens_end(held: set[str], wanted: set[str]) -> bool:
    """Whoever got a token for a machine must not act as the person that the account becomes."""
    lost = permissions_of(held) - permissions_of(wanted)
    return MACHINE in held - wanted or Permission.API_TOKEN in lost


def _to_approve(by: User | None, roles: set[str]) -> set[str]:
    return set() if by is None else roles & POWERFUL


def _ask_for(by: User | None, user: User, roles: set[str], reason: str) -> Approval | None:
    if by is None or not roles:
        return None
    if not reason.strip():
        raise ValidationError({"reason": "Write why: a second administrator decides on this."})
    payload = {"roles": sorted(roles), "name": str(user)}
    return ask(by=by, kind=GRANT, target=user, reason=reason, payload=payload)


def _lock_administrators() -> None:
    """Two who take the role from each other at once would leave nobody: so one waits."""
    list(RoleGrant.objects.current().filter(role=ADMINISTRATOR).select_for_update(of=("self",)))


def _keep_an_administrator() -> None:
    held = RoleGrant.objects.current().filter(role=ADMINISTRATOR, user__is_active=True)
    if not held.exists():
        raise ValidationError("Nobody would be left who manages accounts.")


def _grant(by: User | None, user: User, roles: set[str], *, asked_by: User | None = None) -> None:
    for role in sorted(roles):
        RoleGrant.objects.create(user=user, role=role, granted_by=by)
        detail = {"role": role} | ({"asked_by": asked_by.username} if asked_by else {})
        audit.record(by=by, action=audit.Action.ROLE_GRANTED, target=user, detail=detail)


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

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import audit
from core.models import ApiToken, User
from core.models.api_token import digest_of
from core.policies import can_issue_token, can_revoke_token

LIFE = timedelta(days=365)


@transaction.atomic
def issue_token(*, by: User, owner: User, name: str) -> tuple[ApiToken, str]:
    """The token and its secret, which is told this once and kept nowhere."""
    can_issue_token(by, owner).require()
    secret = f"aware_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        user=owner, name=name, digest=digest_of(secret), expires_at=timezone.now() + LIFE
    )
    token.full_clean()
    token.save()
    audit.record(by=by, action=audit.Action.TOKEN_ISSUED, target=token, detail=_told(token))
    return token, secret


@transaction.atomic
def revoke_token(*, by: User, token: ApiToken) -> None:
    can_revoke_token(by, token).require()
    if token.revoked_at is None:
        _revoke(by, token)


def revoke_all_tokens(*, by: User | None, owner: User) -> None:
    """With the role that allowed them; `by` is None for a command on the machine itself."""
    for token in owner.api_tokens.live():
        _revoke(by, token)


def _revoke(by: User | None, token: ApiToken) -> None:
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    audit.record(by=by, action=audit.Action.TOKEN_REVOKED, target=token, detail=_told(token))


def _told(token: ApiToken) -> dict[str, str]:
    return {"name": token.name, "owner": token.user.get_username()}

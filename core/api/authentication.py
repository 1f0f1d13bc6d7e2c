import structlog
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.access.decision import Reason
from core.access.middleware import record_refusal
from core.models import ApiToken, User


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token aware_...`, as made on the page of API tokens."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"token":
            return None
        secret = b" ".join(words[1:]).decode("latin-1")
        token = ApiToken.objects.live().with_secret(secret)
        if token is None or not token.user.is_active:
            record_refusal(request._request, Reason.WRONG_TOKEN)
            raise AuthenticationFailed(Reason.WRONG_TOKEN.label)
        structlog.contextvars.bind_contextvars(
            token=token.pk
        )  # for the logs, the audit, and its jobs
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"

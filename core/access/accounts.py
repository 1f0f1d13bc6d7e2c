from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from core import audit
from core.models import User
from core.services.demo_accounts import PASSWORD

NO_ACCOUNT = (
    "You have no account here yet. Ask an administrator of Aware in your force to make one."
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many wrong passwords. Wait five minutes, then try again."
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The password that a demonstration prints opens nothing anywhere else."""
        if credentials.get("password") == PASSWORD and not settings.DEMO:
            self.authentication_failed(request, **credentials)
            return None
        return super().authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username") or credentials.get("email") or "")
        audit.record(by=None, action=audit.Action.SIGN_IN_FAILED, detail={"name": name[:150]})


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signs people in whom the force's own provider knows, to accounts that stand here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The first time, the account is found by its address; afterwards by the provider's number."""
        if sociallogin.is_existing:
            return
        address = sociallogin.user.email
        found = list(User.objects.filter(email__iexact=address, is_active=True)) if address else []
        if len(found) != 1:
            audit.record(by=None, action=audit.Action.SIGN_IN_FAILED, detail={"name": address})
            messages.error(request, NO_ACCOUNT)
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, found[0])

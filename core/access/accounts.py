from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from core import audit


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username") or credentials.get("email") or "")
        audit.record(by=None, action=audit.Action.SIGN_IN_FAILED, detail={"name": name[:150]})

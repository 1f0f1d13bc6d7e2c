# Imported while rest_framework.views is: nothing here may import a view class.
from typing import Any

from django.http import Http404
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.access.decision import NotAllowed, Reason
from core.access.middleware import record_refusal
from core.access.policy import decide, for_method
from core.access.sessions import second_factor_missing
from core.models import ApiToken


class PolicyRequired(BasePermission):
    """Asks the policy that the API view states in `access`; without one it refuses everybody."""

    asks_policy = True

    def has_permission(self, request: Request, view: Any) -> bool:
        method = request.method or ""
        if getattr(view, method.lower(), None) is None:
            raise MethodNotAllowed(method)
        decision = decide(
            for_method(getattr(view, "access", None), method),
            request.user,
            second_factor_missing=_by_session(request) and second_factor_missing(request._request),
        )
        if decision.reason is Reason.SIGN_IN:
            return False  # the framework answers 401 and says how to sign in
        if decision.reason is Reason.NOT_THERE:
            record_refusal(request, decision.reason)
            raise Http404
        if not decision:
            raise NotAllowed(decision.reason)
        return True


def _by_session(request: Request) -> bool:
    """A token is a factor of its own: it was made by somebody who had both."""
    return not isinstance(request.auth, ApiToken)

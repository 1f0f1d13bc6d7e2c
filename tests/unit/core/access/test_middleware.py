from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from rest_framework.views import APIView

from core.access.decision import NotAllowed, Reason
from core.access.middleware import AccessMiddleware
from core.access.permissions import Permission
from core.access.policy import requires
from core.models import AuditEvent
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("answered")


def passed(view: Callable[..., Any], *roles: str) -> HttpResponse | None:
    request = RequestFactory().get("/somewhere/")
    request.user = UserFactory.create(roles=roles)
    request.resolver_match = ResolverMatch(view, (), {}, url_name="somewhere")
    return AccessMiddleware(silent).process_view(request, view, (), {})


def refusal_of(view: Callable[..., Any], *roles: str) -> Reason:
    with pytest.raises(NotAllowed) as refusal:
        passed(view, *roles)
    return Reason(refusal.value.reason)


def test_view_without_policy_answers_nobody() -> None:
    assert refusal_of(silent, "administrator") is Reason.NO_POLICY


def test_refusal_stands_in_the_audit_log() -> None:
    refusal_of(requires(Permission.AUDIT_VIEW)(lambda request: HttpResponse()), "manager")
    event = AuditEvent.objects.get(action="access.refused")
    assert event.detail == {"path": "/somewhere/", "method": "GET", "reason": "permission"}


def test_view_lets_its_permission_in() -> None:
    view = requires(Permission.AUDIT_VIEW)(lambda request: HttpResponse())
    assert passed(view, "auditor") is None


def test_api_view_without_policy_answers_nobody() -> None:
    assert refusal_of(APIView.as_view(), "administrator") is Reason.NO_POLICY


def test_api_view_that_asks_nobody_is_refused() -> None:
    class Open(APIView):
        access = Permission.BOARD_VIEW
        permission_classes = ()

    assert refusal_of(Open.as_view(), "manager") is Reason.NO_POLICY


def test_api_view_with_policy_is_left_to_the_framework() -> None:
    class Stated(APIView):
        access = Permission.AUDIT_VIEW

    assert passed(Stated.as_view(), "manager") is None


def test_missing_second_factor_leads_to_its_page(settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    answer = passed(requires(Permission.AUDIT_VIEW)(lambda request: HttpResponse()), "auditor")
    assert answer is not None
    assert answer["Location"] == "/accounts/2fa/totp/activate/"

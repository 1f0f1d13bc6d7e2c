import pytest
from django.test import Client
from django.urls import path, reverse
from rest_framework.request import Request
from rest_framework.response import Response

from config.urls import urlpatterns as real
from core.access.decision import Reason
from core.access.permissions import Permission
from core.api.base import Api
from core.models import ApiToken, AuditEvent
from core.services.tokens import issue_token, revoke_token
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class WhoAmI(Api):
    access = Permission.RECORD_IMPORT

    def get(self, request: Request) -> Response:
        return Response({"user": request.user.get_username()})


urlpatterns = [*real, path("whoami/", WhoAmI.as_view(), name="whoami")]


def ask(secret: str) -> tuple[int, dict[str, str]]:
    answer = Client().get("/whoami/", headers={"authorization": f"Token {secret}"})
    return answer.status_code, answer.json()


def test_program_acts_as_its_user() -> None:
    robot = UserFactory.create(username="robot", roles=["machine"])
    _, secret = issue_token(by=robot, owner=robot, name="x")
    assert ask(secret) == (200, {"user": "robot"})


def test_token_gives_no_more_than_its_user_has() -> None:
    robot = UserFactory.create(roles=["machine"])
    _, secret = issue_token(by=robot, owner=robot, name="x")
    robot.grants.update(role="board-viewer")
    assert ask(secret)[0] == 403


@pytest.mark.parametrize("secret", ["aware_guess", "two words", "é", ""])
def test_wrong_token_is_unauthorised(secret: str) -> None:
    assert ask(secret)[0] == 401


def test_revoked_token_is_unauthorised() -> None:
    robot = UserFactory.create(roles=["machine"])
    token, secret = issue_token(by=robot, owner=robot, name="x")
    revoke_token(by=robot, token=token)
    assert ask(secret)[0] == 401


def test_closed_account_closes_its_tokens() -> None:
    robot = UserFactory.create(roles=["machine"])
    _, secret = issue_token(by=robot, owner=robot, name="x")
    robot.is_active = False
    robot.save()
    assert ask(secret)[0] == 401


def test_token_opens_no_page() -> None:
    analyst = UserFactory.create(roles=["analyst"])
    _, secret = issue_token(by=analyst, owner=analyst, name="x")
    answer = Client().get(reverse("core:token-list"), headers={"authorization": f"Token {secret}"})
    assert answer.status_code == 302


def test_session_without_second_factor_does_not_reach_the_api(sign_in, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    browser = sign_in("analyst")
    _, secret = issue_token(by=browser.user, owner=browser.user, name="x")
    answer = browser.get("/whoami/")
    assert (answer.status_code, answer.json()["detail"]) == (403, str(Reason.SECOND_FACTOR.label))
    assert ask(secret)[0] == 200


def test_analyst_makes_and_revokes_a_token(sign_in) -> None:
    browser = sign_in("analyst")
    made = browser.post(reverse("core:token-list"), {"name": "Nightly upload"})
    assert "aware_" in made.content.decode()
    listed = browser.get(reverse("core:token-list")).content.decode()
    assert "Nightly upload" in listed
    assert "aware_" not in listed
    browser.post(reverse("core:token-revoke", args=[ApiToken.objects.get().pk]))
    assert not ApiToken.objects.live().exists()


def test_token_needs_a_name(sign_in) -> None:
    answer = sign_in("analyst").post(reverse("core:token-list"), {"name": ""})
    assert answer.context["form"].errors == {"name": ["Answer “What is it for?”."]}
    assert not ApiToken.objects.exists()


def test_refusal_of_a_program_names_its_token() -> None:
    viewer = UserFactory.create(roles=["analyst"])
    token, secret = issue_token(by=viewer, owner=viewer, name="x")
    viewer.grants.update(role="board-viewer")
    ask(secret)
    assert AuditEvent.objects.get(action="access.refused").detail["token"] == token.pk


def test_wrong_token_is_written_down() -> None:
    ask("aware_guess")
    assert AuditEvent.objects.get().detail["reason"] == "wrong-token"

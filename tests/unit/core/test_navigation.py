import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from pytest_django import Settings

from core import context
from tests.factories.users import UserFactory


@pytest.fixture
def titles(rf: RequestFactory):
    def for_role(role: str, path: str = "/") -> list[str]:
        request = rf.get(path)
        request.user = UserFactory.create(roles=[role])
        return [link.title for link in context.navigation(request)["navigation"]]

    return for_role


@pytest.mark.django_db
def test_menu_shows_only_what_the_role_may_open(titles) -> None:
    assert titles("auditor") == ["Audit"]


@pytest.mark.django_db
def test_menu_marks_where_the_person_is(rf: RequestFactory) -> None:
    request = rf.get("/audit/5/")
    request.user = UserFactory.create(roles=["auditor"])
    assert [link.current for link in context.navigation(request)["navigation"]] == [True]


def test_menu_is_empty_for_somebody_unknown(rf: RequestFactory) -> None:
    request = rf.get("/")
    assert context.navigation(request)["navigation"] == []
    request.user = AnonymousUser()
    assert context.navigation(request)["navigation"] == []


@pytest.mark.parametrize("demo", [True, False])
def test_demonstration_force_says_so_on_every_page(
    rf: RequestFactory, settings: Settings, demo: bool
) -> None:
    settings.DEMO = demo
    assert bool(context.navigation(rf.get("/"))["phase"]) is demo

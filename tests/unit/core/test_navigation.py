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
def test_menu_of_a_supervisor_is_one_row_of_sections_in_the_order_of_a_day(titles) -> None:
    assert titles("act-supervisor") == [
        "My work", "Custody", "Nominals", "Crimes", "Operations", "Prevention", "Performance", "Data",
    ]  # fmt: skip


@pytest.fixture
def places(rf: RequestFactory):
    def at(path: str, role: str = "act-officer") -> list[tuple[str, bool]]:
        request = rf.get(path)
        request.user = UserFactory.create(roles=[role])
        return [(link.title, link.current) for link in context.navigation(request)["places"]]

    return at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/custody/5/", "Custody board"),
        ("/bail/remand/5/", "Remand"),
        ("/bail/5/", "Bail"),
        ("/disposals/5/", "Nominals"),
    ],
)
def test_places_of_a_section_stand_below_it_and_one_is_marked(places, path, here) -> None:
    assert [title for title, current in places(path) if current] == [here]


@pytest.mark.django_db
def test_section_of_one_place_and_a_page_of_none_have_nothing_below(places) -> None:
    assert places("/audit/", "auditor") == []
    assert places("/") == []


@pytest.mark.django_db
def test_section_leads_to_the_first_place_that_the_role_may_open(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = UserFactory.create(roles=["manager"])
    links = {link.title: link.url for link in context.navigation(request)["navigation"]}
    assert links["Performance"] == "/boards/"
    assert "Custody" not in links


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

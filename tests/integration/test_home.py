from collections.abc import Callable

import pytest
from django.test import Client

from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.queries import assert_flat, assert_queries


@pytest.fixture
def manager(sign_in: Callable[..., Client]) -> Client:
    return sign_in("manager")


def add_crime() -> None:
    CrimeFactory.create()
    fold_changes()


def test_home_asks_a_fixed_number_of_queries(manager: Client) -> None:
    add_crime()
    assert_queries("core:home", lambda: manager.get("/"))
    assert_flat(lambda: manager.get("/"), add_crime)


def test_home_leads_to_the_boards(manager: Client) -> None:
    add_crime()
    text = manager.get("/").text
    assert "Performance in January 2021" in text
    assert 'href="/boards/combat-acquisitive-crime/"' in text


def test_home_without_a_role_says_what_to_do(sign_in: Callable[..., Client]) -> None:
    assert "Ask an administrator" in sign_in().get("/").text

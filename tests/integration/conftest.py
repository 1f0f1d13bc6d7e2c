from collections.abc import Callable

import pytest
from django.test import Client

from core.models import User
from tests.factories.users import UserFactory


class Browser(Client):
    """A browser in which `user` is signed in."""

    user: User


@pytest.fixture
def sign_in(db: None) -> Callable[..., Browser]:
    """`sign_in("analyst")`: the browser of a new person who holds that role."""

    def sign_in(*roles: str) -> Browser:
        browser = Browser()
        browser.user = UserFactory.create(roles=roles)
        browser.force_login(browser.user)
        return browser

    return sign_in

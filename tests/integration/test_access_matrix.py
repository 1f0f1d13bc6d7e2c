from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import (
    NoReverseMatch,
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)

from core.access.permissions import ABOUT_PEOPLE
from core.access.policy import for_method
from core.access.stated import asks_policy, is_api, stated_policy
from core.models import AuditEvent
from tests.factories.nominals import NominalFactory
from tests.integration.access_matrix import ADMIN, MATRIX
from tests.integration.access_rows import ANONYMOUS, EVERYBODY, VIEWERS, WORLD
from tests.integration.conftest import Browser


def addresses(
    resolver: URLResolver, namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern, inside)
        else:
            yield ":".join([*namespaces, str(pattern.name)]), pattern, namespaces


METHODS = ("get", "post", "put", "patch", "delete")
EVERY_ADDRESS = list(addresses(get_resolver()))
OF_ADMIN = sorted(
    {name for name, pattern, _ in EVERY_ADDRESS if name.startswith("admin:") and pattern.name}
)


@pytest.mark.parametrize(
    ("name", "pattern", "namespaces"), EVERY_ADDRESS, ids=[name for name, *_ in EVERY_ADDRESS]
)
def test_every_address_states_a_policy(
    name: str, pattern: URLPattern, namespaces: tuple[str, ...]
) -> None:
    match = ResolverMatch(
        pattern.callback, (), {}, url_name=pattern.name, namespaces=list(namespaces)
    )
    assert stated_policy(pattern.callback, match) is not None
    assert not is_api(pattern.callback) or asks_policy(pattern.callback)


def test_every_address_is_in_the_matrix() -> None:
    wanted = {name for name, _, _ in EVERY_ADDRESS if not name.startswith("admin:")}
    listed = {key.split()[0] for key in MATRIX}
    assert wanted - listed == set()
    assert listed - wanted == set()


def test_every_method_of_the_api_is_in_the_matrix() -> None:
    views = ((name, pattern.callback) for name, pattern, _ in EVERY_ADDRESS)
    wanted = {
        (name, method)
        for name, view in views
        if is_api(view)
        for method in METHODS
        if hasattr(getattr(view, "cls", None), method)
    }
    listed = {split(key) for key in MATRIX if key.startswith("api:")}
    assert wanted == listed


def split(key: str) -> tuple[str, str]:
    name, _, method = key.partition(" ")
    return name, method.lower() or "get"


def answer(browser: Client, key: str) -> HttpResponse:
    name, method = split(key)
    send: Callable[[str], HttpResponse] = getattr(browser, method)
    return send(reverse(name, kwargs=MATRIX[key].kwargs))


def expected(key: str, who: str) -> int:
    row = MATRIX[key]
    if who == ANONYMOUS and row.anonymous:
        return row.anonymous
    if who in row.allowed:
        return row.status
    if who == ANONYMOUS and row.allowed:
        return 401 if key.startswith("api:") else 302
    return 404 if is_hidden_from(key, who) else 403


def is_hidden_from(key: str, who: str) -> bool:
    """Addresses of people, for those who hold none of the permissions about them."""
    name, method = split(key)
    match = resolve(reverse(name, kwargs=MATRIX[key].kwargs))
    policy = for_method(stated_policy(match.func, match), method.upper())
    return policy in ABOUT_PEOPLE and who not in VIEWERS


@pytest.fixture
def everybody(sign_in: Callable[..., Browser]) -> dict[str, Any]:
    return {role: sign_in(role) for role in sorted(EVERYBODY)} | {ANONYMOUS: Client()}


@pytest.mark.parametrize("key", MATRIX)
def test_address_answers_as_the_matrix_says(key: str, everybody: dict[str, Any]) -> None:
    answers = {who: answer(everybody[who], key).status_code for who in WORLD}
    assert answers == {who: expected(key, who) for who in WORLD}
    hidden = {who for who in EVERYBODY - MATRIX[key].allowed if is_hidden_from(key, who)}
    refused = AuditEvent.objects.filter(action="access.refused", detail__reason="not-there")
    assert {event.actor for event in refused} == {everybody[who].user.username for who in hidden}


def test_staff_of_prevention_meet_nobody(sign_in: Callable[..., Browser]) -> None:
    """Every address of a person, page or API, with every method that the matrix knows."""
    people = [key for key in MATRIX if is_hidden_from(key, "isd-staff")]
    named = [
        key for key in MATRIX if "/nominals" in reverse(split(key)[0], kwargs=MATRIX[key].kwargs)
    ]
    assert set(named) <= set(people)
    assert len(people) > 100
    staff = sign_in("isd-staff")
    assert {answer(staff, key).status_code for key in people} == {404}
    nominal = NominalFactory.create()
    there = [f"/nominals/{nominal.pk}/", f"/api/v1/nominals/{nominal.pk}/"]
    assert [staff.get(path).status_code for path in there] == [404, 404]
    assert nominal.ref not in staff.get(there[0]).text


def admin_path(name: str) -> str:
    for kwargs in (
        {},
        {"object_id": "0"},
        {"app_label": "core"},
        {"content_type_id": 999_999, "object_id": 0},
    ):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    raise AssertionError(f"{name} takes something that this test does not know.")


@pytest.mark.parametrize("name", OF_ADMIN)
def test_admin_answers_as_the_matrix_says(name: str, everybody: dict[str, Client]) -> None:
    path = admin_path(name)
    statuses = {who: everybody[who].get(path).status_code for who in WORLD}
    allowed = ADMIN[max((start for start in ADMIN if name.startswith(start)), key=len)]
    assert {who for who in EVERYBODY if statuses[who] != 403} <= allowed
    assert statuses[ANONYMOUS] == 302
    assert 500 not in statuses.values()
    if not name.endswith(("_delete", "autocomplete")):  # what is not deleted; what has no question
        assert {who for who in EVERYBODY if statuses[who] == 403} == EVERYBODY - allowed

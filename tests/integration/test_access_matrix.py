from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
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


def apps() -> dict[str, list[str]]:
    """All addresses of an app are asked by the same people: making ten for each takes as long as asking."""
    found: dict[str, list[str]] = {}
    for key in MATRIX:
        found.setdefault(key.rpartition(":")[0] or "accounts", []).append(key)
    return found


def wrong(key: str, everybody: dict[str, Any]) -> dict[str, Any]:
    """Who was answered otherwise, and whose refusal the log keeps otherwise; empty where all is well."""
    with transaction.atomic():
        answers = {who: answer(everybody[who], key).status_code for who in WORLD}
        events = AuditEvent.objects.filter(action="access.refused", detail__reason="not-there")
        refused = {event.actor for event in events}
        transaction.set_rollback(True)
    hidden = {who for who in EVERYBODY - MATRIX[key].allowed if is_hidden_from(key, who)}
    found: dict[str, Any] = {
        who: f"{answers[who]} for {expected(key, who)}"
        for who in WORLD
        if answers[who] != expected(key, who)
    }
    if refused != {everybody[who].user.username for who in hidden}:
        found["refused"] = refused
    return found


@pytest.mark.parametrize("app", apps())
def test_address_answers_as_the_matrix_says(app: str, everybody: dict[str, Any]) -> None:
    found = {key: wrong(key, everybody) for key in apps()[app]}
    assert {key: what for key, what in found.items() if what} == {}


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


def wrong_in_admin(name: str, everybody: dict[str, Client]) -> dict[str, Any]:
    path = admin_path(name)
    statuses = {who: everybody[who].get(path).status_code for who in WORLD}
    allowed = ADMIN[max((start for start in ADMIN if name.startswith(start)), key=len)]
    shut = {who for who in EVERYBODY if statuses[who] == 403}
    # What is not deleted, and what has no question, refuses everybody.
    may_refuse = name.endswith(("_delete", "autocomplete"))
    is_right = shut >= EVERYBODY - allowed if may_refuse else shut == EVERYBODY - allowed
    is_right = is_right and statuses[ANONYMOUS] == 302 and 500 not in statuses.values()
    return {} if is_right else statuses


def test_admin_answers_as_the_matrix_says(everybody: dict[str, Client]) -> None:
    assert len(OF_ADMIN) > 50
    found = {name: wrong_in_admin(name, everybody) for name in OF_ADMIN}
    assert {name: what for name, what in found.items() if what} == {}

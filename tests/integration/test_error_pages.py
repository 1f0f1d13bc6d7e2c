from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from core.access.decision import NotAllowed, Reason
from core.views import errors

pytestmark = pytest.mark.django_db


def test_unknown_address_answers_with_our_page(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "Page not found" in response.text
    assert "Reference to give" in response.text


def test_address_that_cannot_be_says_why(rf: RequestFactory) -> None:
    response = errors.not_found(rf.get("/"), Http404("“2021-13” is not a month."))
    assert "“2021-13” is not a month." in response.text


def test_names_of_the_code_are_no_words_for_people(sign_in: Callable[..., Client]) -> None:
    response = sign_in("act-supervisor").get("/break-glass/999/")
    assert response.status_code == 404
    assert "BreakGlass" not in response.text


def test_form_without_its_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert response.status_code == 403
    assert "This form is out of date" in response.text


def test_form_sent_after_the_session_ended_is_shown_again(client: Client) -> None:
    response = client.post("/crimes/x/cancel/", {"reason": "She had moved it.", "version": "3"})
    assert response.status_code == 403
    assert "You were signed out" in response.text
    assert "She had moved it." in response.text
    assert "/accounts/login/?next=/crimes/x/cancel/" in response.text


def test_form_without_its_token_shows_what_was_typed_to_its_person(
    sign_in: Callable[..., Client],
) -> None:
    browser = sign_in("act-officer")
    browser.handler.enforce_csrf_checks = True
    response = browser.post("/crimes/x/cancel/", {"reason": "She had moved it."})
    assert "This form is out of date" in response.text
    assert "She had moved it." in response.text


def test_form_of_another_site_is_not_shown() -> None:
    stranger = Client(enforce_csrf_checks=True)
    response = stranger.post("/crimes/x/cancel/", {"reason": "Call this number"})
    assert "Call this number" not in response.text


def test_passwords_are_never_shown_again(rf: RequestFactory) -> None:
    sent = {"password": "x", "oldpassword": "y", "csrfmiddlewaretoken": "z", "login": "sam"}
    assert errors.typed_into(rf.post("/", sent)) == [{"key": "Login", "value": "sam"}]


def test_refusal_says_why(rf: RequestFactory) -> None:
    response = errors.forbidden(rf.get("/"), NotAllowed(Reason.NOT_YOURS))
    assert response.status_code == 403
    assert Reason.NOT_YOURS.label in response.text


def test_refusal_without_a_reason_still_says_something(rf: RequestFactory) -> None:
    assert "Your roles do not allow this." in errors.forbidden(rf.get("/"), Exception()).text


def test_bad_request_says_that_nothing_was_changed(rf: RequestFactory) -> None:
    response = errors.bad_request(rf.get("/"), Exception())
    assert response.status_code == 400
    assert "Nothing was changed." in response.text


def test_server_error_asks_neither_session_nor_database(
    rf: RequestFactory, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "was not saved" in response.text

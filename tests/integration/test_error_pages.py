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


def test_form_without_its_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert response.status_code == 403
    assert "This form is out of date" in response.text


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

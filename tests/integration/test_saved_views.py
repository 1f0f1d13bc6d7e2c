import pytest
from django.urls import reverse

from core.models import AuditEvent, SavedView
from core.services.saved_views import save_view
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def test_filter_is_saved_under_a_name(sign_in) -> None:
    browser = sign_in("manager")
    page = browser.get(reverse("core:saved-view-create"), {"path": "/crimes/?unit=north"})
    assert 'value="/crimes/?unit=north"' in page.content.decode()
    browser.post(
        reverse("core:saved-view-create"), {"name": "North", "path": "/crimes/?unit=north"}
    )
    for address in (reverse("core:saved-view-list"), "/"):
        assert 'href="/crimes/?unit=north"' in browser.get(address).content.decode()


def test_address_of_another_site_is_refused(sign_in) -> None:
    payload = {"name": "Elsewhere", "path": "//elsewhere.example/"}
    answer = sign_in("manager").post(reverse("core:saved-view-create"), payload)
    assert "address of this site" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_nobody_is_shown_the_views_of_others(sign_in) -> None:
    save_view(by=UserFactory.create(), name="Of somebody else", path="/crimes/?unit=south")
    browser = sign_in("manager")
    for address in (reverse("core:saved-view-list"), "/"):
        assert "Of somebody else" not in browser.get(address).text


def test_shared_address_opens_for_others(sign_in) -> None:
    view = save_view(by=UserFactory.create(), name="North", path="/crimes/?unit=north")
    answer = sign_in("analyst").get(reverse("core:saved-view-open", args=[view.pk]))
    assert answer["Location"] == "/crimes/?unit=north"


@pytest.mark.parametrize("path", ["/nominals/?q=Xylobrand", "/crimes/35/1/21/", "/not-there/"])
def test_shared_address_tells_nothing_to_those_who_may_not_open_it(sign_in, path) -> None:
    """Numbers of views can be guessed, and a query may hold a name."""
    view = save_view(by=UserFactory.create(), name="North", path=path)
    answer = sign_in("board-viewer").get(reverse("core:saved-view-open", args=[view.pk]))
    assert answer.status_code == 404
    assert "Location" not in answer
    assert AuditEvent.objects.filter(action="access.refused").count() == 1


def test_own_view_opens_after_a_right_is_gone_and_is_refused_there(sign_in) -> None:
    browser = sign_in("board-viewer")
    view = save_view(by=browser.user, name="North", path="/crimes/?unit=north")
    answer = browser.get(reverse("core:saved-view-open", args=[view.pk]), follow=True)
    assert answer.status_code == 403


def test_own_view_is_deleted(sign_in) -> None:
    browser = sign_in("manager")
    view = save_view(by=browser.user, name="North", path="/crimes/")
    browser.post(reverse("core:saved-view-delete", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_view_of_another_is_not_deleted(sign_in) -> None:
    view = save_view(by=UserFactory.create(), name="North", path="/crimes/")
    answer = sign_in("manager").post(reverse("core:saved-view-delete", args=[view.pk]))
    assert answer.status_code == 403
    assert SavedView.objects.exists()

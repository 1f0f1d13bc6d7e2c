import pytest
from django.core.exceptions import ValidationError

from core.access.decision import NotAllowed
from core.models import SavedView
from core.services.saved_views import delete_view, save_view
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def test_save_view_keeps_the_query() -> None:
    view = save_view(by=UserFactory.create(), name=" North ", path="/crimes/?unit=north")
    assert (view.name, view.path) == ("North", "/crimes/?unit=north")


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "crimes/",
        "javascript:alert(1)",
    ],
)
def test_save_view_stays_on_this_site(path: str) -> None:
    with pytest.raises(ValidationError, match="address of this site"):
        save_view(by=UserFactory.create(), name="North", path=path)


def test_save_view_refuses_a_name_twice() -> None:
    person = UserFactory.create()
    save_view(by=person, name="North", path="/crimes/")
    with pytest.raises(ValidationError, match="already have"):
        save_view(by=person, name="North", path="/boards/")


def test_delete_view_is_for_its_owner() -> None:
    view = save_view(by=UserFactory.create(), name="North", path="/crimes/")
    with pytest.raises(NotAllowed):
        delete_view(by=UserFactory.create(), view=view)
    delete_view(by=view.user, view=view)
    assert not SavedView.objects.exists()

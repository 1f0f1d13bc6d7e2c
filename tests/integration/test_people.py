import pytest
from django.urls import reverse

from core.models import AuditEvent, User
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(sign_in):
    return sign_in("administrator")


@pytest.fixture
def person() -> User:
    return UserFactory.create(username="sam", full_name="Sam Slope", roles=["board-viewer"])


def test_list_shows_everybody_with_their_roles(administrator, person: User) -> None:
    page = administrator.get(reverse("core:person-list")).content.decode()
    assert "Sam Slope" in page
    assert "Board viewer" in page


def test_list_costs_the_same_for_many(administrator, django_assert_max_num_queries) -> None:
    UserFactory.create_batch(20, roles=["analyst"])
    with django_assert_max_num_queries(7):
        administrator.get(reverse("core:person-list"))


def test_administrator_makes_an_account(administrator) -> None:
    payload = {"username": "new", "full_name": "New Person", "email": "", "roles": ["analyst"]}
    answer = administrator.post(reverse("core:person-create"), payload, follow=True)
    assert "The account is made" in answer.content.decode()
    assert User.objects.get(username="new").role_slugs == {"analyst"}


def test_wrong_user_name_is_told_beside_its_field(administrator) -> None:
    payload = {"username": "two words", "full_name": "New Person"}
    answer = administrator.post(reverse("core:person-create"), payload)
    assert "valid username" in answer.context["form"].errors["username"][0]
    assert 'value="New Person"' in answer.content.decode()


def seen(administrator, path: str) -> str:
    """What the form of that page sends back to say which values it showed."""
    return str(administrator.get(path).context["form"]["seen"].value())


def test_administrator_changes_roles(administrator, person: User) -> None:
    path = reverse("core:person-roles", args=["sam"])
    assert 'value="board-viewer"' in administrator.get(path).content.decode()
    administrator.post(path, {"roles": ["analyst"], "seen": seen(administrator, path)})
    assert User.objects.get(pk=person.pk).role_slugs == {"analyst"}


def test_administrator_closes_an_account(administrator, person: User) -> None:
    path = reverse("core:person-change", args=["sam"])
    payload = {"full_name": "Sam Slope", "email": person.email, "seen": seen(administrator, path)}
    administrator.post(path, payload)
    person.refresh_from_db()
    assert not person.is_active


def test_own_account_cannot_be_changed(administrator) -> None:
    name = administrator.user.username
    page = administrator.get(reverse("core:person-detail", args=[name])).content.decode()
    assert "Ask another administrator" in page
    path = reverse("core:person-roles", args=[name])
    answer = administrator.post(path, {"roles": ["analyst"], "seen": seen(administrator, path)})
    assert answer.status_code == 403
    assert "Ask another administrator" in answer.content.decode()
    assert AuditEvent.objects.filter(action="access.refused").count() == 1


def test_sign_in_link_is_shown_once(administrator, person: User) -> None:
    path = reverse("core:person-link", args=["sam"])
    assert "/accounts/password/reset/key/" in administrator.post(path).content.decode()
    assert administrator.get(path).status_code == 405


def test_machine_gets_its_token_from_an_administrator(administrator) -> None:
    UserFactory.create(username="robot", roles=["machine"])
    page = administrator.get(reverse("core:person-detail", args=["robot"])).content.decode()
    path = reverse("core:person-tokens", args=["robot"])
    assert path in page
    assert "aware_" in administrator.post(path, {"name": "Crime system"}).content.decode()


def test_person_gets_no_token_from_an_administrator(administrator, person: User) -> None:
    answer = administrator.post(reverse("core:person-tokens", args=["sam"]), {"name": "x"})
    assert answer.status_code == 403


def test_second_administrator_is_told_of_the_first(administrator, sign_in, person: User) -> None:
    path = reverse("core:person-roles", args=["sam"])
    shown_before = seen(administrator, path)
    other = sign_in("administrator")
    other.post(path, {"roles": ["manager"], "seen": seen(other, path)})
    answer = administrator.post(path, {"roles": ["analyst"], "seen": shown_before})
    assert "Roles is now “manager”" in answer.content.decode()
    assert User.objects.get(pk=person.pk).role_slugs == {"manager"}
    again = answer.context["form"]["seen"].value()
    administrator.post(path, {"roles": ["analyst"], "seen": again})
    assert User.objects.get(pk=person.pk).role_slugs == {"analyst"}

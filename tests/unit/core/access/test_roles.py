import pytest

from core.access.permissions import Permission
from core.access.roles import BY_SLUG, ROLES, permissions_of
from core.models import User
from tests.factories.users import UserFactory


def test_permissions_of_several_roles_add_up() -> None:
    both = permissions_of(["auditor", "board-viewer"])
    assert both == {Permission.AUDIT_VIEW, Permission.BOARD_VIEW}


def test_unknown_role_gives_nothing() -> None:
    assert permissions_of(["emperor"]) == frozenset()


def test_every_permission_belongs_to_a_role() -> None:
    assert frozenset().union(*(role.permissions for role in ROLES)) == set(Permission)


@pytest.mark.parametrize("slug", ["auditor", "administrator", "board-viewer", "isd-staff"])
def test_role_sees_no_records(slug: str) -> None:
    assert Permission.RECORD_VIEW not in BY_SLUG[slug].permissions


@pytest.mark.django_db
def test_user_asks_the_database_once(django_assert_num_queries) -> None:
    user = User.objects.get(pk=UserFactory.create(roles=["analyst"]).pk)
    with django_assert_num_queries(1):
        assert user.has(Permission.RECORD_IMPORT)
        assert not user.has(Permission.AUDIT_VIEW)


@pytest.mark.django_db
def test_inactive_user_may_nothing() -> None:
    user = UserFactory.create(roles=["analyst"], is_active=False)
    assert user.permissions == frozenset()


@pytest.mark.django_db
def test_ended_grant_gives_nothing() -> None:
    user = UserFactory.create(roles=["analyst"])
    user.grants.update(ended_at="2100-01-01T00:00Z")
    assert not user.has(Permission.RECORD_IMPORT)

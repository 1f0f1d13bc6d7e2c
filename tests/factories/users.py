from collections.abc import Iterable
from typing import Any

from factory import Sequence, post_generation
from factory.django import DjangoModelFactory

from core.models import RoleGrant, User


class UserFactory(DjangoModelFactory[User]):
    """Somebody who may sign in; `UserFactory(roles=["analyst"])` gives roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"person{n}")
    full_name = Sequence(lambda n: f"Person {n}")
    email = Sequence(lambda n: f"person{n}@aware.example")

    @post_generation
    def roles(self: User, create: bool, slugs: Iterable[str] | None, **_: Any) -> None:  # type: ignore[misc]  # the built user
        RoleGrant.objects.bulk_create(RoleGrant(user=self, role=slug) for slug in slugs or ())

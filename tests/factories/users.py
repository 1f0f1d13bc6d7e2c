from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from factory.declarations import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from core.models import RoleGrant, User


class UserFactory(DjangoModelFactory[User]):
    """Somebody who may sign in; `UserFactory.create(roles=["analyst"])` gives roles."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"person{n}")
    full_name = Sequence(lambda n: f"Person {n}")
    email = Sequence(lambda n: f"person{n}@aware.example")
    password = LazyFunction(lambda: make_password("correct horse battery"))

    @classmethod
    def _create(
        cls, model_class: type[User], *args: Any, roles: Iterable[str] = (), **kwargs: Any
    ) -> User:
        user: User = super()._create(model_class, *args, **kwargs)
        RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
        return user

from datetime import timedelta
from typing import Any

from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from core.models import User
from operations.models import Action
from operations.services.actions import accept_action, raise_action
from tests.factories.crimes import JANUARY
from tests.factories.users import UserFactory


class ActionFactory(DjangoModelFactory[Action]):
    """About a place, open, due a day after it was raised."""

    class Meta:
        model = Action

    task = "Fit a better lock"
    place = "1 Nowhere Row"
    owner = SubFactory(UserFactory)
    raised_by = SubFactory(UserFactory)
    raised_at = JANUARY
    due_at = LazyAttribute(lambda action: action.raised_at + timedelta(days=1))


def officer(**facts: Any) -> User:
    return UserFactory.create(roles=["act-officer"], **facts)


def raised(*, by: User | None = None, **facts: Any) -> Action:
    """By the service, of an officer for another."""
    said: dict[str, Any] = {"task": "Knock at the door", "place": "1 Nowhere Row"}
    if {"nominal", "crime", "incident", "about"} & set(facts):
        del said["place"]
    owner = facts.pop("owner", None) or officer()
    return raise_action(by=by or officer(), owner=owner, **said | facts)


def accepted(**facts: Any) -> Action:
    action = raised(**facts)
    return accept_action(by=action.owner, action=action)

"""One invented person a role, so that a demonstration can be seen through everybody's eyes."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from core.access.roles import ADMINISTRATOR, BY_SLUG, ROLES, Role
from core.models import User
from core.services.people import create_account

PASSWORD = "demonstration-only"  # noqa: S105  # no secret: printed on the sign-in page of a demo

# Invented, and made to look it.
NAMES = {
    "act-officer": "Olive Officer",
    "act-supervisor": "Sam Supervisor",
    "isd-staff": "Isla Standards",
    "analyst": "Ana Analyst",
    "manager": "Max Manager",
    "data-protection": "Dara Protection",
    "board-viewer": "Bo Viewer",
    "auditor": "Audrey Auditor",
    "administrator": "Ada Administrator",
    "machine": "Machine of another system",
}


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: str
    role: Role
    note: str = ""

    @property
    def description(self) -> str:
        return self.note or self.role.description


class NotADemonstrationError(Exception):
    """A known password may only exist where every record is invented."""


# Whoever decides on what the first of that role asks for.
ACCOUNTS = (
    *(DemoAccount(role.slug, NAMES[role.slug], role) for role in ROLES),
    DemoAccount(
        "act-supervisor-2",
        "Stella Supervisor",
        BY_SLUG["act-supervisor"],
        "A second supervisor, of the north: decides on what the first one asks for.",
    ),
    DemoAccount(
        "administrator-2",
        "Adam Administrator",
        BY_SLUG[ADMINISTRATOR],
        "A second administrator: approves what the first one asks for.",
    ),
)


@transaction.atomic
def make_demo_accounts() -> None:
    """Raises NotADemonstrationError unless settings.DEMO. Done twice it changes nothing."""
    if not settings.DEMO:
        raise NotADemonstrationError("Demo accounts are made where DEMO is set, and nowhere else.")
    there = set(User.objects.values_list("username", flat=True))
    for account in ACCOUNTS:
        if account.username not in there:
            _make(account)


def _make(account: DemoAccount) -> None:
    user = create_account(
        by=None, username=account.username, full_name=account.name, roles=[account.role.slug]
    )
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])

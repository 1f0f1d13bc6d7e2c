from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from core.models import User
from offenders.models import Exclusion, Nominal, Restriction, RestrictionClearance
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

CONTACT = "DI Example, 01632 960001"


class RestrictionFactory(DjangoModelFactory[Restriction]):
    class Meta:
        model = Restriction

    nominal = SubFactory(NominalFactory)
    kind = "hidden"
    contact = CONTACT
    reason = "An inquiry that others must not disturb."
    imposed_by = SubFactory(UserFactory)


def restricted(kind: str, nominal: Nominal | None = None, cleared: User | None = None) -> Nominal:
    """Somebody behind a restriction of that kind."""
    nominal = nominal or NominalFactory.create()
    row = RestrictionFactory.create(nominal=nominal, kind=kind)
    if cleared:
        RestrictionClearance.objects.create(
            restriction=row, user=cleared, by=row.imposed_by, reason="Works the inquiry."
        )
    return nominal


def excluded(user: User, nominal: Nominal | None = None) -> Nominal:
    """Somebody from whom this person is kept."""
    nominal = nominal or NominalFactory.create()
    by = UserFactory.create()
    Exclusion.objects.create(nominal=nominal, user=user, by=by, reason="A cousin.")
    return nominal

from datetime import date

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from offenders.models import HubReferral
from tests.factories.crimes import CrimeFactory


class HubReferralFactory(DjangoModelFactory[HubReferral]):
    class Meta:
        model = HubReferral

    crime = SubFactory(CrimeFactory)
    referred_on = date(2021, 1, 20)

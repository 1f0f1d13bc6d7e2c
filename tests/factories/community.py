from datetime import date

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from operations.models import AwarenessGiven, Consultation, EstateWorks, WatchScheme

DAY = date(2021, 1, 19)


class ConsultationFactory(DjangoModelFactory[Consultation]):
    class Meta:
        model = Consultation

    title = "The invented shed block"
    held_on = DAY
    channel = "doors"
    people = 40
    involved = 3


class WatchSchemeFactory(DjangoModelFactory[WatchScheme]):
    class Meta:
        model = WatchScheme

    name = Sequence(lambda n: f"Invented Row watch {n}")
    area = "Invented Row"
    coordinator = "a resident"
    members = 12
    started_on = DAY


class EstateWorksFactory(DjangoModelFactory[EstateWorks]):
    class Meta:
        model = EstateWorks

    estate = "The Invented"
    council = "Invented City Council"
    measures = ["trade-buttons"]
    homes = 60
    started_on = DAY


class AwarenessFactory(DjangoModelFactory[AwarenessGiven]):
    class Meta:
        model = AwarenessGiven

    given_on = DAY
    subject = "cuckooing"
    audience = "Invented housing staff"
    people = 9

"""Which records the walk meets on the pages of prevention."""

from typing import Any

from tests.factories.community import (
    AwarenessFactory,
    ConsultationFactory,
    EstateWorksFactory,
    WatchSchemeFactory,
)
from tests.factories.packs import DeliveryFactory, GiftFactory, PackTargetFactory
from tests.factories.planning import PlanningFactory
from tests.factories.properties import ASSESSED, WorksOrderFactory


def prevention_pages() -> dict[str, dict[str, Any]]:
    gift = GiftFactory.create(place=DeliveryFactory.create().place)
    works = WorksOrderFactory.create()
    ordered = WorksOrderFactory.create(state="ordered", ordered_on=ASSESSED)
    application = PlanningFactory.create()
    community = {
        "consultation": ConsultationFactory.create(),
        "watch": WatchSchemeFactory.create(),
        "estate": EstateWorksFactory.create(),
        "awareness": AwarenessFactory.create(),
    }
    records: dict[str, Any] = {
        "pack-movement-detail": gift,
        "pack-return": gift,
        "pack-withdraw": gift,
        "pack-target-edit": PackTargetFactory.create(),
        "partner-detail": gift.partner,
        "partner-edit": gift.partner,
        "property-detail": works.assessment.home,
        "property-edit": works.assessment.home,
        "assessment-new": works.assessment.home,
        "assessment-edit": works.assessment,
        "works-new": works.assessment,
        "works-detail": ordered,
        "works-order": works,
        "works-done": ordered,
        "works-cancel": ordered,
        "planning-detail": application,
        "planning-answer": application,
        "planning-edit": application,
        **{f"{noun}-detail": one for noun, one in community.items()},
        **{f"{noun}-edit": one for noun, one in community.items()},
    }
    return {f"operations:{name}": {"ref": one.pk} for name, one in records.items()}

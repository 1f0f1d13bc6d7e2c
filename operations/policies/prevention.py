"""Who keeps the records of prevention, and what may be done with them now."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from operations.models import Assessment, PackMovement, Partner, StockPlace
from operations.models.pack import MovementKind
from operations.models.property import PackLevel


class Refusal(TextChoices):
    FUTURE = "future", "This day lies in the future."
    PLACE_CLOSED = "place-closed", "This place is no longer in use: choose another."
    PARTNER_GONE = "partner-gone", "This partner no longer helps: choose another."
    NOT_A_GIFT = "not-a-gift", "Only packs that were given can come back."
    WITHDRAWN = "withdrawn", "This entry was withdrawn already."
    NO_REASON = "no-reason", "Say why."
    AGREES = "agrees", "The count agrees with the entries: there is nothing to reconcile."
    NOT_GOLD = "not-gold", "Works belong to a property that was assessed as gold."
    NOT_LATEST = "not-latest", "A newer assessment of this property stands: use that one."
    ORDERED = "ordered", "Works were ordered on this assessment. Assess the property anew."


def can_keep_prevention(by: User) -> Decision:
    return ALLOWED if by.has(Permission.PREVENTION_CHANGE) else Decision(Reason.PERMISSION)


def can_give(place: StockPlace, partner: Partner | None) -> Decision:
    if not place.is_open:
        return Decision(Refusal.PLACE_CLOSED)
    return Decision(Refusal.PARTNER_GONE) if partner and not partner.is_open else ALLOWED


def can_return(gift: PackMovement) -> Decision:
    if gift.withdrawn_at:
        return Decision(Refusal.WITHDRAWN)
    return ALLOWED if gift.kind == MovementKind.GIVEN else Decision(Refusal.NOT_A_GIFT)


def can_withdraw(movement: PackMovement, why: str) -> Decision:
    if movement.withdrawn_at:
        return Decision(Refusal.WITHDRAWN)
    return ALLOWED if why.strip() else Decision(Refusal.NO_REASON)


def can_amend_assessment(*, ordered: bool) -> Decision:
    return Decision(Refusal.ORDERED) if ordered else ALLOWED


def can_quote(assessment: Assessment, *, is_latest: bool) -> Decision:
    if assessment.result != PackLevel.GOLD:
        return Decision(Refusal.NOT_GOLD)
    return ALLOWED if is_latest else Decision(Refusal.NOT_LATEST)

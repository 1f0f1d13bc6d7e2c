"""May this step be taken with a tag, and if not, why not. What follows what is in `models.tag.TAG`."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision
from offenders.models import TagAlert, TagDeployment, TagUnit
from offenders.models.tag import ORDERED, Basis, DeviceStatus, EndReason


class Refusal(TextChoices):
    NO_BASIS = "no-basis", "A tag needs a legal basis: choose what it stands on."
    BASIS_NOTE = (
        "basis-note",
        (
            "On police bail, say which power the tag stands on: consent alone is no legal basis "
            "there."
        ),
    )
    ORDER_NOTE = "order-note", "Say which court or authority ordered the tag."
    FUTURE = "future", "This time lies in the future."
    OUT_OF_ORDER = "out-of-order", "A later step of this tag is recorded already: check the time."
    NOT_CONSENTED = "not-consented", "The nominal has not consented: record that first."
    CONSENT_LATE = (
        "consent-late",
        "The consent is dated after this fitting: a tag is fitted by a consent that was there.",
    )
    NOT_ORDERED = "not-ordered", "The order for this tag is not recorded: record that first."
    BY_ORDER = (
        "by-order",
        "This tag is worn by an order: it needs no consent, and none is withdrawn.",
    )
    BY_CONSENT = "by-consent", "This tag is worn by consent: nobody can order it."
    WITHDRAWN = (
        "withdrawn",
        "Consent was withdrawn: nothing can be done with this tag but to take it off.",
    )
    NO_BREACH = "no-breach", "Consent was withdrawn. That is a fact and never a breach."
    SAY_WITHDRAWN = (
        "say-withdrawn",
        "To end a tag because consent was withdrawn, record the withdrawal itself.",
    )
    NOT_IN_STOCK = "not-in-stock", "This unit is not in stock: choose another."
    NOT_WORN = "not-worn", "Nobody wears this tag at present."
    BEFORE_FITTING = "before-fitting", "This is before the tag was fitted: check the time."
    ALERT_CLOSED = "alert-closed", "This alert is closed already."
    FALSE_WHY = "false-why", "Say why the alarm was true or false."
    ON_SOMEBODY = "on-somebody", "Somebody wears this unit: take the tag off first."
    FITTED_BY_HAND = "fitted-by-hand", "A unit becomes fitted when a tag is fitted to somebody."


def can_request(basis: str, note: str) -> Decision:
    if basis not in Basis.values:
        return Decision(Refusal.NO_BASIS)
    lacks = basis == Basis.POLICE_BAIL and not note.strip()
    return Decision(Refusal.BASIS_NOTE) if lacks else ALLOWED


def can_consent(tag: TagDeployment) -> Decision:
    return ALLOWED if tag.needs_consent else Decision(Refusal.BY_ORDER)


def can_order(tag: TagDeployment, note: str) -> Decision:
    if tag.basis not in ORDERED:
        return Decision(Refusal.BY_CONSENT)
    return ALLOWED if note.strip() else Decision(Refusal.ORDER_NOTE)


def can_withdraw(tag: TagDeployment) -> Decision:
    if not tag.needs_consent:
        return Decision(Refusal.BY_ORDER)
    if tag.consented_at is None:
        return Decision(Refusal.NOT_CONSENTED)
    return Decision(Refusal.WITHDRAWN) if tag.withdrawn_at else ALLOWED


def can_fit(tag: TagDeployment, device: TagUnit, at: datetime) -> Decision:
    given, missing = (
        (tag.consented_at, Refusal.NOT_CONSENTED)
        if tag.needs_consent
        else (tag.ordered_at, Refusal.NOT_ORDERED)
    )
    if given is None:
        return Decision(missing)
    if given > at:
        return Decision(Refusal.CONSENT_LATE if tag.needs_consent else Refusal.OUT_OF_ORDER)
    return ALLOWED if device.status == DeviceStatus.STOCK else Decision(Refusal.NOT_IN_STOCK)


def can_watch(tag: TagDeployment, at: datetime) -> Decision:
    """Whether checks, alerts and conditions may be recorded: never after consent was withdrawn."""
    if tag.withdrawn_at:
        return Decision(Refusal.WITHDRAWN)
    if not tag.is_worn or tag.fitted_at is None:
        return Decision(Refusal.NOT_WORN)
    return Decision(Refusal.BEFORE_FITTING) if at < tag.fitted_at else ALLOWED


def can_end(tag: TagDeployment, reason: str) -> Decision:
    if tag.withdrawn_at:
        return ALLOWED if reason == EndReason.WITHDRAWN else Decision(Refusal.NO_BREACH)
    return Decision(Refusal.SAY_WITHDRAWN) if reason == EndReason.WITHDRAWN else ALLOWED


def can_close_alert(alert: TagAlert, reason: str) -> Decision:
    if alert.closed_at:
        return Decision(Refusal.ALERT_CLOSED)
    return ALLOWED if reason.strip() else Decision(Refusal.FALSE_WHY)


def can_change_unit(unit: TagUnit, changes: Mapping[str, object]) -> Decision:
    status = changes.get("status", unit.status)
    if status == unit.status:
        return ALLOWED
    if unit.status == DeviceStatus.FITTED:
        return Decision(Refusal.ON_SOMEBODY)
    return Decision(Refusal.FITTED_BY_HAND) if status == DeviceStatus.FITTED else ALLOWED

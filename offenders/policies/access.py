"""Whether somebody may see a nominal: one decision, whatever the page, the API or the file."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason


class Restricted(TextChoices):
    MASKED = "masked", "Masked"
    HIDDEN = "hidden", "Hidden"


class Refusal(TextChoices):
    """Why somebody does not see a nominal."""

    ACCOUNT = "account", "This account is closed."
    EXCLUDED = "excluded", "This record is kept from you."
    DISPOSED = "disposed", "This record was disposed of."
    HIDDEN = "hidden", "This record is hidden from those who are not cleared for it."
    MASKED = "masked", "This is a restricted record. Ask its contact."
    READING = "reading", "Your roles do not let you see people."


# Answered as if there were no such record: a refusal would say that there is one.
UNSEEN = frozenset({Refusal.EXCLUDED, Refusal.DISPOSED, Refusal.HIDDEN})


@dataclass(frozen=True)
class Standing:
    """All that the decision depends on. The fields stand in the order in which they refuse.

    Of the area, one of the four is enough; `has_purpose` is also true where none is asked for.
    """

    is_active: bool = True
    lacks_second_factor: bool = False
    is_excluded: bool = False
    is_disposed: bool = False
    restricted: Restricted | None = None
    is_cleared: bool = False
    has_broken_glass: bool = False
    in_area: bool = True
    leads: bool = False
    in_joint_operation: bool = False
    has_purpose: bool = False
    may_see_people: bool = True
    contact: str = ""


def decide(standing: Standing) -> Decision:
    """First refusal wins: account, exclusion, disposal, restriction, area, role."""
    for refusal in (
        _of_the_account(standing),
        Refusal.EXCLUDED if standing.is_excluded else None,
        Refusal.DISPOSED if standing.is_disposed else None,
        _of_the_restriction(standing),
        None if _is_in_reach(standing) else Reason.PURPOSE,
        None if standing.may_see_people else Refusal.READING,
    ):
        if refusal is not None:
            return Decision(refusal, _words(refusal, standing))
    return ALLOWED


def _of_the_account(standing: Standing) -> Refusal | Reason | None:
    if not standing.is_active:
        return Refusal.ACCOUNT
    return Reason.SECOND_FACTOR if standing.lacks_second_factor else None


def _of_the_restriction(standing: Standing) -> Refusal | None:
    if standing.restricted is None or standing.is_cleared or standing.has_broken_glass:
        return None
    return Refusal.HIDDEN if standing.restricted is Restricted.HIDDEN else Refusal.MASKED


def _is_in_reach(standing: Standing) -> bool:
    return (
        standing.in_area
        or standing.leads
        or standing.in_joint_operation
        or standing.has_broken_glass
        or standing.has_purpose
    )


def _words(refusal: Refusal | Reason, standing: Standing) -> str:
    if refusal is Refusal.MASKED and standing.contact:
        return f"Restricted record, contact {standing.contact}"
    return ""

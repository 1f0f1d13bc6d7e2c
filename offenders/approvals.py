"""What needs a second person in this app."""

from typing import cast

from django.urls import reverse

from core.access.decision import Decision
from core.approvals import register
from core.models import Approval, User
from offenders.models import Restriction, RetentionReview
from offenders.models.scope import barred_from, open_rows
from offenders.policies.restrictions import can_approve_lifting, can_lift
from offenders.policies.retention import Refusal, can_decide
from offenders.selectors.retention import DISPOSAL
from offenders.services.erasure import dispose
from offenders.services.restrictions import LIFT, lift_approved
from offenders.services.retention import send_back


def _may_ask(by: User, restriction: Restriction) -> Decision:
    return can_lift(by, restriction)


def _about(approval: Approval) -> str:
    """By the reference, for who may see the record; the name is on its page."""
    rows = open_rows(Restriction.objects.filter(pk=approval.target_id))
    ref = rows.values_list("nominal__ref", flat=True).first()
    return f"Restriction of {ref}" if ref else f"Restriction {approval.target_id}"


def _url(approval: Approval) -> str:
    row = approval.target
    if not isinstance(row, Restriction):
        return ""
    return reverse("offenders:nominal-access", args=[row.nominal_id])


register(
    LIFT,
    name="Lift a restriction",
    may_ask=_may_ask,
    may_decide=can_approve_lifting,
    carry_out=lambda by, approval: lift_approved(by=by, approval=approval),
    about=_about,
    url=_url,
)


def _review(approval: Approval) -> RetentionReview:
    return cast(RetentionReview, approval.target)


def _may_decide(by: User, approval: Approval) -> Decision:
    """Nobody decides about somebody whom they may not see."""
    review, barred = _review(approval), barred_from(by)
    is_barred = review.nominal_id in barred.gone or review.nominal_id in barred.masked
    return Decision(Refusal.NOT_SHOWN) if is_barred else can_decide(by, review)


def _carry_out(by: User, approval: Approval) -> None:
    dispose(by=by, review=_review(approval))


def _refused(by: User, approval: Approval) -> None:
    """Or taken back: the review is due as before."""
    send_back(by=by, review=_review(approval))


def _page(approval: Approval) -> str:
    return reverse("offenders:retention-review", args=[approval.target_id])


def _details(approval: Approval) -> list[tuple[str, str]]:
    review = _review(approval)
    return [("Group", str(review.group)), ("Due", f"{review.due_on:%-d %B %Y}")]


register(
    DISPOSAL,
    name="Disposal of a record",
    may_decide=_may_decide,
    carry_out=_carry_out,
    on_refusal=_refused,
    url=_page,
    details=_details,
)

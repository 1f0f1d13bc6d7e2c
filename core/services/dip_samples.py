"""A supervisor asks a few looks of the team whether they were needed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.models import AuditEvent, DipLook, DipSample, User
from core.models.dip_sample import MOST
from core.policies import can_judge_look, can_sample
from core.selectors.dip_samples import looks_of_team


@transaction.atomic
def draw_sample(*, by: User, since: date, until: date, size: int) -> DipSample:
    """Chance picks, so that nobody can know which look will be asked about."""
    can_sample(by).require()
    if not 1 <= size <= MOST:
        raise ValidationError({"size": f"Write a number from 1 to {MOST}."})
    sample = DipSample(by=by, since=since, until=until, found=0)
    sample.full_clean()
    found = looks_of_team(by, since, until)
    sample.found = found.count()
    if not sample.found:
        raise ValidationError("Nobody of your team looked at anybody in that time.")
    sample.save()
    picked = found.order_by("?").values_list("pk", flat=True)[:size]
    DipLook.objects.bulk_create(DipLook(sample=sample, event=pk) for pk in sorted(picked))
    audit.record(by=by, action=audit.Action.LOOKS_SAMPLED, target=sample)
    return sample


@transaction.atomic
def judge_look(*, by: User, look: DipLook, is_justified: bool, reason: str) -> DipLook:
    """Said once: a judgement stands, and a second one would need the first to be forgotten."""
    current = DipLook.objects.select_for_update().select_related("sample").get(pk=look.pk)
    event = AuditEvent.objects.get(pk=current.event)
    can_judge_look(by, current, event).require()
    current.is_justified, current.reason = is_justified, reason.strip()
    current.judged_by, current.judged_at = by, timezone.now()
    current.full_clean()
    current.save()
    detail = {"look": event.pk, "of": event.actor, "justified": is_justified, "reason": reason}
    audit.record(by=by, action=audit.Action.LOOK_JUDGED, target=current.sample, detail=detail)
    return current

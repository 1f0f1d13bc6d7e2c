"""One closed record for an hour: opened with a reason, told to others, and reviewed afterwards."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit, looks
from core.models import User
from offenders.models import BreakGlass, Nominal
from offenders.models.break_glass import HOUR, forget_open_glass
from offenders.models.scope import barred_from
from offenders.policies.break_glass import can_break_glass, can_end, can_review


@transaction.atomic
def break_glass(
    *, by: User, ref: str = "", record: int | None = None, reason: str, confirmed_at: datetime
) -> BreakGlass:
    """Raises NotAllowed, ValidationError. By the reference, or the number of a masked record, which
    shows none. `confirmed_at`: when the second factor was asked for again; good for one record."""
    can_break_glass(by).require()
    User.objects.select_for_update().get(pk=by.pk)  # of two at once the second is told why not
    nominal = _nominal(by, ref, record)
    now = timezone.now()
    glass = BreakGlass(
        nominal=nominal,
        by=by,
        reason=reason.strip(),
        begun_at=now,
        ends_at=now + HOUR,
        confirmed_at=confirmed_at,
    )
    glass.full_clean()
    glass.save(force_insert=True)
    forget_open_glass(by)
    detail = {"glass": glass.pk, "reason": glass.reason, "until": glass.ends_at.isoformat()}
    audit.record(by=by, action=audit.Action.GLASS_BROKEN, target=nominal, detail=detail)
    return glass


@transaction.atomic
def end_glass(*, by: User, glass: BreakGlass) -> BreakGlass:
    current = _locked(glass)
    can_end(by, current).require()
    current.ended_at = timezone.now()
    current.save(update_fields=["ended_at"])
    forget_open_glass(by)
    _record(by, current, audit.Action.GLASS_ENDED)
    return current


@transaction.atomic
def review_glass(*, by: User, glass: BreakGlass, is_justified: bool, note: str) -> BreakGlass:
    """Said once, by somebody else, as a judgement of a look is."""
    current = _locked(glass)
    can_review(by, current).require()
    current.reviewed_by, current.reviewed_at = by, timezone.now()
    current.is_justified, current.review_note = is_justified, note.strip()
    current.full_clean()
    current.save()
    _record(by, current, audit.Action.GLASS_REVIEWED)
    return current


def _nominal(by: User, ref: str, record: int | None) -> Nominal:
    with looks.unshown():
        rows = Nominal.objects.live().for_service().filter(disposed_at=None)
        named = {"ref__iexact": ref.strip()} if record is None else {"pk": record}
        found = rows.filter(**named).first()
    if found is not None and found.pk in barred_from(by).excluded:
        detail = {"reason": "excluded"}
        audit.record(by=by, action=audit.Action.ACCESS_REFUSED, target=found, detail=detail)
        found = None
    if found is None:
        raise ValidationError({"ref": "There is no nominal with this reference."})
    return found


def _locked(glass: BreakGlass) -> BreakGlass:
    return BreakGlass.objects.select_for_update(of=("self",)).get(pk=glass.pk)


def _record(by: User, glass: BreakGlass, action: audit.Action) -> None:
    """Under the access, not the nominal: whoever ends or reviews it looks at nobody."""
    detail = {"nominal": glass.nominal_id, "of": glass.by.get_username()}
    if glass.is_justified is not None:
        detail |= {"justified": glass.is_justified, "note": glass.review_note}
    audit.record(by=by, action=action, target=glass, detail=detail)

"""The one way to a nominal: asked for by somebody, and logged."""

from collections.abc import Collection

from django.db.models import Q
from django.http import Http404

from core import audit
from core.access.decision import Decision, NotAllowed, Reason
from core.access.permissions import Permission
from core.access.purpose import Need, has_purpose_for, require_purpose
from core.models import UnitClosure, User
from offenders.models import Nominal, Restriction
from offenders.models.scope import barred_from
from offenders.people import joint_work
from offenders.policies.access import UNSEEN, Restricted, Standing, decide
from offenders.selectors.break_glass import has_broken_glass
from offenders.selectors.search import find_nominals

NO_SUCH = "There is no such nominal."
EMERGENCY = "emergency access"  # whose reason stands where it was opened


def can_see_nominals(by: User) -> Decision:
    return Decision(None if by.has(Permission.NOMINAL_VIEW) else Reason.PERMISSION)


def nominal_for(
    by: User,
    pk: int,
    *,
    action: audit.Action = audit.Action.NOMINAL_VIEWED,
    why: str = "",
    is_task: bool = True,
) -> Nominal:
    """The nominal, with one look in the log. Raises NotAllowed, Http404.

    `why` is what led there: a task, which is purpose enough, unless `is_task` says otherwise."""
    can_see_nominals(by).require()
    names = ("lead_officer", "second_officer", "unit", "merged_into")
    rows = Nominal.objects.for_service().select_related(*names)
    if not (found := rows.filter(pk=pk).first()):
        raise Http404(NO_SUCH)
    led_by_task = bool(why) and is_task
    require_standing(by, found, led_by_task=led_by_task)
    if has_broken_glass(by, pk):
        why, led_by_task = why or EMERGENCY, True
    _require_purpose(found, action, led_by_task=led_by_task)
    audit.record(by=by, action=action, target=found, detail={"why": why} if why else None)
    return found


def require_search_purpose(text: str) -> None:
    """For whoever looks for people by words, and not for those whom a list names anyway."""
    if text:
        require_purpose(Need.SEARCH)


def _require_purpose(nominal: Nominal, action: audit.Action, *, led_by_task: bool) -> None:
    """A task that leads to somebody is purpose enough, and so is an emergency."""
    if action == audit.Action.NOMINAL_PRINTED:
        require_purpose(Need.PRINT)
    if led_by_task:
        return
    require_purpose(Need.VIEW)
    if not has_purpose_for(Need.RESTRICTED) and _is_restricted(nominal):
        require_purpose(Need.RESTRICTED)


def _is_restricted(nominal: Nominal) -> bool:
    """Whoever is merged into somebody is as restricted as they are."""
    same = [nominal.pk, nominal.merged_into_id]
    return Restriction.objects.live().filter(nominal__in=same).exists()


def require_standing(by: User, nominal: Nominal, *, led_by_task: bool = False) -> None:
    """Raises NotAllowed; where the record is not there for this person, Http404, and logs why."""
    decision = decide(standing_of(by, nominal, led_by_task=led_by_task))
    if decision.reason in UNSEEN:
        audit.record(
            by=by,
            action=audit.Action.ACCESS_REFUSED,
            target=nominal,
            detail={"reason": decision.reason.value},
        )
        raise Http404(NO_SUCH)
    if not decision:
        raise NotAllowed(decision.reason, words=decision.words, target=nominal)


def standing_of(by: User, nominal: Nominal, *, led_by_task: bool = False) -> Standing:
    """As the database has it. The second factor was asked for before any view ran."""
    barred = barred_from(by)
    is_hidden = nominal.pk in barred.gone
    masked = barred.masked.get(nominal.pk)
    in_area = not is_out_of_area(by, nominal)
    has_purpose = in_area or led_by_task or has_purpose_for(Need.OUT_OF_AREA)
    return Standing(
        is_active=by.is_active,
        is_excluded=is_hidden and nominal.pk in barred.excluded,
        is_disposed=nominal.disposed_at is not None,
        restricted=_restricted(is_hidden, masked),
        has_broken_glass=has_broken_glass(by, nominal.pk),
        in_area=in_area,
        in_joint_operation=not has_purpose and any(asks(by, nominal) for asks in joint_work),
        has_purpose=has_purpose,
        may_see_people=by.has(Permission.NOMINAL_VIEW),
        contact=masked or "",
    )


def _restricted(is_hidden: bool, masked: str | None) -> Restricted | None:
    if is_hidden:
        return Restricted.HIDDEN
    return None if masked is None else Restricted.MASKED


def is_out_of_area(by: User, nominal: Nominal) -> bool:
    """Worked by another area, and not by this person. Where one has no area, nothing is known."""
    if by.unit_id is None or nominal.unit_id is None or by.unit_id == nominal.unit_id:
        return False
    if by.pk in (nominal.lead_officer_id, nominal.second_officer_id):
        return False
    pairs = Q(ancestor=by.unit_id, descendant=nominal.unit_id)
    pairs |= Q(ancestor=nominal.unit_id, descendant=by.unit_id)
    return not UnitClosure.objects.filter(pairs).exists()


def are_open(by: User, people: Collection[int]) -> bool:
    """Whether this person may still see all of them, whom an earlier answer told of."""
    barred = barred_from(by)
    shut = {*barred.gone, *barred.masked}
    disposed = Nominal.objects.for_service().filter(pk__in=people, disposed_at__isnull=False)
    return shut.isdisjoint(people) and not disposed.exists()


def meant_by(by: User, text: str, *, why: str, limit: int = 5) -> list[Nominal]:
    """Whom somebody may mean who was asked for a reference and typed a name. The search is logged;
    `why`, the task that asked, is its purpose."""
    can_see_nominals(by).require()
    detail = {"query": text, "why": why}
    audit.record(by=by, action=audit.Action.NOMINAL_SEARCHED, detail=detail)
    hits = [hit.pk for hit in find_nominals(text, limit=limit)]
    found = Nominal.objects.live().visible_to(by).in_bulk(hits)
    return [found[pk] for pk in hits if pk in found]

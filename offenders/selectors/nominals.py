"""The one way to a nominal: asked for by somebody, and logged."""

from django.db.models import Q
from django.http import Http404

from core import audit
from core.access.decision import Decision, Reason
from core.access.permissions import Permission
from core.access.purpose import Need, require_purpose
from core.models import UnitClosure, User
from offenders.models import Nominal
from offenders.selectors.search import find_nominals


def can_see_nominals(by: User) -> Decision:
    return Decision(None if by.has(Permission.NOMINAL_VIEW) else Reason.PERMISSION)


def nominal_for(
    by: User, pk: int, *, action: audit.Action = audit.Action.NOMINAL_VIEWED, why: str = ""
) -> Nominal:
    """The nominal, with one look in the log. Raises NotAllowed, Http404."""
    can_see_nominals(by).require()
    names = ("lead_officer", "second_officer", "unit", "merged_into")
    if not (found := Nominal.objects.select_related(*names).filter(pk=pk).first()):
        raise Http404("There is no such nominal.")
    _require_purpose(by, found, action, why)
    audit.record(by=by, action=action, target=found, detail={"why": why} if why else None)
    return found


def require_search_purpose(text: str) -> None:
    """For whoever looks for people by words, and not for those whom a list names anyway."""
    if text:
        require_purpose(Need.SEARCH)


def _require_purpose(by: User, nominal: Nominal, action: audit.Action, why: str) -> None:
    """A task that leads to somebody is purpose enough."""
    if action == audit.Action.NOMINAL_PRINTED:
        require_purpose(Need.PRINT)
    if not why:
        require_purpose(Need.VIEW)
        if is_out_of_area(by, nominal):
            require_purpose(Need.OUT_OF_AREA)


def is_out_of_area(by: User, nominal: Nominal) -> bool:
    """Worked by another area, and not by this person. Where one has no area, nothing is known."""
    if by.unit_id is None or nominal.unit_id is None or by.unit_id == nominal.unit_id:
        return False
    if by.pk in (nominal.lead_officer_id, nominal.second_officer_id):
        return False
    pairs = Q(ancestor=by.unit_id, descendant=nominal.unit_id)
    pairs |= Q(ancestor=nominal.unit_id, descendant=by.unit_id)
    return not UnitClosure.objects.filter(pairs).exists()


def meant_by(by: User, text: str, *, why: str, limit: int = 5) -> list[Nominal]:
    """Whom somebody may mean who was asked for a reference and typed a name. The search is logged;
    `why`, the task that asked, is its purpose."""
    can_see_nominals(by).require()
    detail = {"query": text, "why": why}
    audit.record(by=by, action=audit.Action.NOMINAL_SEARCHED, detail=detail)
    hits = [hit.pk for hit in find_nominals(text, limit=limit)]
    found = Nominal.objects.live().in_bulk(hits)
    return [found[pk] for pk in hits if pk in found]

"""Operations: the list, the tree of families, and what happened in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from core.dates import today
from core.models import Unit, User
from offenders import people
from offenders.models import Nominal
from offenders.models.scope import open_rows
from operations.models import (
    Operation,
    OperationNominal,
    OperationOfficer,
    OperationPremises,
    OperationProperty,
    OperationStep,
    OperationVehicle,
)
from operations.models.operation import OPERATION, OperationState
from operations.selectors.results import Results, Scope


def operation_url(slug: str) -> str:
    return reverse("operations:operation-detail", args=[slug])


def operations() -> QuerySet[Operation]:
    """With how many stand inside each, at any depth."""
    joined = Operation.objects.select_related("parent", "offence_group")
    inside = Count("below", distinct=True) - 1
    rows = joined.prefetch_related("areas").annotate(inside=inside)
    return rows.order_by("-starts_on", "name")


@dataclass(frozen=True)
class Branch:
    operation: Operation
    children: list[Branch] = field(default_factory=list)


def families() -> list[Branch]:
    """Every operation under the one that it stands in: two queries for any number."""
    branches = {one.pk: Branch(one) for one in Operation.objects.prefetch_related("areas")}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.operation.parent_id or "")
        (above.children if above else roots).append(branch)
    return roots


def family_of(operation: Operation) -> Branch:
    """The whole family that the operation is in: from its eldest down."""
    return next(root for root in families() if operation.pk in set(_names(root)))


def _names(branch: Branch) -> Iterator[str]:
    yield branch.operation.pk
    for child in branch.children:
        yield from _names(child)


VERBS = {
    "started": "Start",
    "paused": "Pause",
    "resumed": "Resume",
    "closed": "Close",
    "reopened": "Reopen",
}


def open_steps(operation: Operation) -> list[people.Button]:
    return [
        people.Button(VERBS[step], reverse("operations:operation-step", args=[operation.pk, step]))
        for step in OPERATION.open_from(operation.state)
    ]


@dataclass(frozen=True)
class AreaOfficers:
    area: Unit
    officers: list[OperationOfficer]


def officers_by_area(operation: Operation) -> list[AreaOfficers]:
    """Areas side by side; in each the lead first."""
    rows = operation.officers.select_related("officer", "area")
    found: dict[str, AreaOfficers] = {}
    for row in rows:
        found.setdefault(row.area_id, AreaOfficers(row.area, [])).officers.append(row)
    return list(found.values())


def timeline_of(results: Results, *, names: bool) -> list[people.Entry]:
    """What happened in the family, newest first. `names`: whether people may be named."""
    scope = results.scope
    entries = [*_of_life(scope), *_of_things(scope), *_of_people(results, names=names)]
    if scope.until:
        entries = [one for one in entries if localdate(one.moment) <= scope.until]
    return sorted(entries, key=lambda entry: entry.moment, reverse=True)


def _of_life(scope: Scope) -> Iterator[people.Entry]:
    steps = OperationStep.objects.filter(operation__in=scope.slugs)
    for step in steps.select_related("operation", "by"):
        title = f"{step.operation}: {step.step}"
        yield people.Entry(step.on, "Step", title, step.reason, str(step.by))
    officers = OperationOfficer.objects.filter(operation__in=scope.slugs)
    for row in officers.select_related("operation", "officer", "area"):
        title = f"{row.operation}: {row.officer} joins as {row.get_role_display().lower()}"
        yield people.Entry(row.since, "Officer", title, str(row.area))


def _of_things(scope: Scope) -> Iterator[people.Entry]:
    for one in OperationPremises.objects.filter(operation__in=scope.slugs, found_on__isnull=False):
        if one.found_on:
            yield people.Entry(one.found_on, "Premises", f"Premises found: {one}", one.note)
    vehicles = OperationVehicle.objects.filter(
        operation__in=scope.slugs, recovered_on__isnull=False
    ).exclude(shared_from__operation__in=scope.slugs)
    for vehicle in vehicles:
        if vehicle.recovered_on:
            worth = "" if vehicle.value is None else f"Worth £{vehicle.value:,}"
            title = f"Vehicle recovered: {vehicle}"
            yield people.Entry(vehicle.recovered_on, "Vehicle", title, worth)
    for row in OperationProperty.objects.filter(operation__in=scope.slugs):
        worth = "" if row.value is None else f"Worth £{row.value:,}"
        yield people.Entry(row.recovered_on, "Property", f"Recovered: {row}", worth)


def _of_people(results: Results, *, names: bool) -> Iterator[people.Entry]:
    arrests = open_rows(results.rows("arrests")).select_related("arrest__nominal", "district")
    for link in arrests:
        who = f" of {link.arrest.nominal}" if names else ""
        url = reverse("offenders:arrest-detail", args=[link.arrest_id]) if names else ""
        place = str(link.district or "")
        yield people.Entry(link.arrested_on, "Arrest", f"Arrest{who}", place, "", url)
        if link.charged_on:
            yield people.Entry(link.charged_on, "Charge", f"Charge{who}", place, "", url)
    convictions = open_rows(results.rows("convictions")).select_related("conviction__nominal")
    for link in convictions.prefetch_related("conviction__sentences"):
        one = link.conviction
        who = f" of {one.nominal}" if names else ""
        text = "; ".join([one.title, *(str(sentence) for sentence in one.sentences.all())])
        yield people.Entry(link.convicted_on, "Conviction", f"Conviction{who}", text)


def _on_page_of(nominal: Nominal) -> Iterable[people.Entry]:
    rows = OperationNominal.objects.filter(nominal=nominal).select_related("operation")
    for row in rows:
        title = f"{row.operation}: {row.get_part_display().lower()}"
        url = operation_url(row.operation_id)
        yield people.Entry(row.since, "Operation", title, row.note, "", url)


def work_together(by: User, nominal: Nominal) -> bool:
    """Both areas have officers of their own in an operation that this nominal is in."""
    if by.unit_id is None or nominal.unit_id is None:
        return False
    day = today()
    running = Q(until__isnull=True) | Q(until__gte=day)
    lives = Q(operation__state__in=[OperationState.LIVE, OperationState.PAUSED])
    joined = OperationNominal.objects.filter(running, lives, nominal=nominal)
    officers = OperationOfficer.objects.filter(running, operation=OuterRef("operation"))
    return joined.filter(
        Exists(officers.filter(area=by.unit_id)), Exists(officers.filter(area=nominal.unit_id))
    ).exists()


people.timelines.append(_on_page_of)
people.joint_work.append(work_together)

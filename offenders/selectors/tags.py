"""Who wears a tag, who waits for one, what is due, and how well the stock is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.dates import add_months, last_day, month_of, start_of, today
from core.models import Unit, User
from offenders import people
from offenders.models import Nominal, TagAlert, TagDeployment, TagStep, TagUnit
from offenders.models.scope import visible
from offenders.models.tag import GONE, ON_PERSON, OVER, TAG, WAITING, DeviceStatus, TagState

CHECK_EVERY = timedelta(days=28)
DAY = timedelta(days=1)
MONTHS = 12


def tag_url(pk: int) -> str:
    return reverse("offenders:tag-detail", args=[pk])


def deployments() -> QuerySet[TagDeployment]:
    joined = ("nominal", "device", "area", "officer")
    return visible(TagDeployment.objects.all()).select_related(*joined)


@dataclass(frozen=True)
class TagDue:
    title: str
    at: datetime


def dues_of(tag: TagDeployment, last_check: datetime | None) -> list[TagDue]:
    """What somebody has to do about this tag; alerts are their own."""
    if tag.state == TagState.REMOVAL_DUE:
        return [TagDue("Take the tag off", tag.withdrawn_at or timezone.now())]
    if tag.state == TagState.BOOKED and tag.fit_booked_for:
        return [TagDue("Fit the tag", tag.fit_booked_for)]
    if not tag.is_worn or tag.fitted_at is None:
        return []
    found = [TagDue("Check the tag", (last_check or tag.fitted_at) + CHECK_EVERY)]
    if tag.ends_on:
        found.append(TagDue("Take the tag off: its last day", start_of(tag.ends_on)))
    return sorted(found, key=lambda due: due.at)


class Life:
    """All that the page of one tag shows: six queries however long it was worn."""

    def __init__(self, tag: TagDeployment) -> None:
        self.tag = tag

    @cached_property
    def steps(self) -> list[TagStep]:
        return list(self.tag.steps.select_related("by"))

    @cached_property
    def checks(self) -> list[people.Entry]:
        rows = self.tag.checks.select_related("by")
        return [people.Entry(row.at, "Check", str(row), row.note, str(row.by)) for row in rows]

    @cached_property
    def alerts(self) -> list[TagAlert]:
        return list(self.tag.alerts.prefetch_related("entries__by"))

    @property
    def open_alerts(self) -> list[TagAlert]:
        return [alert for alert in self.alerts if alert.closed_at is None]

    @property
    def closed_alerts(self) -> list[TagAlert]:
        return [alert for alert in self.alerts if alert.closed_at]

    @property
    def events(self) -> list[people.Entry]:
        """Newest first."""
        steps = [
            people.Entry(row.at, "Step", row.title, row.note, str(row.by)) for row in self.steps
        ]
        alerts = [people.Entry(row.at, "Alert", f"Alert: {row}", row.text) for row in self.alerts]
        return sorted([*steps, *self.checks, *alerts], key=lambda event: event.moment, reverse=True)

    @property
    def dues(self) -> list[TagDue]:
        last = max((check.moment for check in self.checks), default=None)
        return dues_of(self.tag, last)


VERBS = {
    "consented to": ("consent", "Record consent"),
    "ordered": ("order", "Record the order"),
    "booked": ("book", "Book the fitting"),
    "fitted": ("fit", "Fit"),
    "suspended": ("suspend", "Suspend"),
    "found faulty": ("fault", "Report a fault"),
    "found not complied with": ("not-complied", "Not complied with"),
    "resumed": ("resume", "Resume"),
    "sent for removal": ("ask-removal", "Ask for removal"),
    "removed": ("remove", "Remove"),
    "closed": ("close", "Close the request"),
}
AFTER_WITHDRAWAL = {"removed"}


def open_steps(tag: TagDeployment) -> list[people.Button]:
    found = [verb for verb in TAG.open_from(tag.state) if _fits(tag, verb)]
    offered = [VERBS[verb] for verb in found]
    if tag.consented_at and not tag.withdrawn_at and not tag.is_over:
        offered.append(("withdraw", "Consent withdrawn"))
    return [
        people.Button(title, reverse("offenders:tag-step", args=[tag.pk, slug]))
        for slug, title in offered
    ]


def _fits(tag: TagDeployment, verb: str) -> bool:
    if tag.withdrawn_at:
        return verb in AFTER_WITHDRAWAL
    wrong = "ordered" if tag.needs_consent else "consented to"
    return verb != wrong


@dataclass(frozen=True)
class AreaStock:
    area: Unit
    counts: list[int]  # in the order of DeviceStatus
    waiting: int

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Waiting:
    tag: TagDeployment
    days: int


@dataclass(frozen=True)
class MonthUse:
    """Days that units were worn, of the days that they were owned and not in repair by then."""

    month: date
    worn: int
    owned: int

    @property
    def percent(self) -> str:
        return f"{100 * self.worn / self.owned:.0f}%" if self.owned else "-"


@dataclass(frozen=True)
class Stock:
    areas: list[AreaStock]
    waiting: list[Waiting]
    months: list[MonthUse]
    evidence: str


def waiting_list(day: date) -> list[Waiting]:
    """Longest wait first."""
    rows = deployments().filter(state__in=WAITING).order_by("requested_at", "pk")
    return [Waiting(tag, (day - timezone.localdate(tag.requested_at)).days) for tag in rows]


def stock() -> Stock:
    day = today()
    units, waiting = list(TagUnit.objects.select_related("area")), waiting_list(day)
    months = _use(units, day)
    return Stock(_areas(units, waiting), waiting, months, _evidence(units, waiting, months))


def _areas(units: list[TagUnit], waiting: list[Waiting]) -> list[AreaStock]:
    found = {unit.area_id: unit.area for unit in units}
    found |= {row.tag.area.pk: row.tag.area for row in waiting if row.tag.area}
    counts = Counter((unit.area_id, unit.status) for unit in units)
    queues = Counter(row.tag.area_id for row in waiting)
    return [
        AreaStock(area, [counts[code, status] for status in DeviceStatus.values], queues[code])
        for code, area in sorted(found.items(), key=lambda pair: str(pair[1]))
    ]


def _use(units: list[TagUnit], day: date) -> list[MonthUse]:
    first = add_months(month_of(day), 1 - MONTHS)
    worn = TagDeployment.objects.filter(fitted_at__isnull=False).exclude(
        ended_at__lt=start_of(first)
    )
    periods = [
        (timezone.localdate(start), timezone.localdate(end) if end else day)
        for start, end in worn.values_list("fitted_at", "ended_at")
    ]
    owned = [(unit.since, unit.until or day) for unit in units]
    months = [add_months(first, step) for step in range(MONTHS)]
    return [
        MonthUse(month, _days(periods, month, day), _days(owned, month, day)) for month in months
    ]


def _days(periods: Iterable[tuple[date, date]], month: date, day: date) -> int:
    """Days of the month, up to today, that the periods hold; first and last day count."""
    end = min(last_day(month), day)
    return sum(max(0, (min(until, end) - max(since, month)).days + 1) for since, until in periods)


def _evidence(units: list[TagUnit], waiting: list[Waiting], months: list[MonthUse]) -> str:
    owned = [unit for unit in units if unit.status not in GONE]
    idle = sum(unit.status == DeviceStatus.STOCK for unit in owned)
    worn, days = sum(month.worn for month in months), sum(month.owned for month in months)
    use = f"{100 * worn / days:.0f}% of the days" if days else "no day"
    longest = f", the longest for {waiting[0].days} days" if waiting else ""
    return (
        f"The force has {len(owned)} units, of which {idle} are in stock. They were worn on {use} "
        f"of the last 12 months. Waiting now: {len(waiting)}{longest}."
    )


def timeline(nominal: Nominal) -> Iterable[people.Entry]:
    for step in TagStep.objects.filter(deployment__nominal=nominal).select_related("by"):
        url = tag_url(step.deployment_id)
        yield people.Entry(step.at, "Tag", f"Tag: {step}", step.note, str(step.by), url)
    for alert in TagAlert.objects.filter(deployment__nominal=nominal):
        said = ": ".join(filter(None, [alert.get_result_display(), alert.reason]))
        text = ". ".join(filter(None, [alert.text.rstrip("."), said]))
        yield people.Entry(
            alert.at, "Tag", f"Tag alert: {alert}", text, "", tag_url(alert.deployment_id)
        )


def now_of(nominal: Nominal) -> Iterable[people.Now]:
    for tag in TagDeployment.objects.filter(nominal=nominal).exclude(state__in=OVER):
        is_on = tag.state in ON_PERSON
        text = f"{tag.get_state_display()}, {tag.get_basis_display().lower()}."
        urgent = tag.state == TagState.REMOVAL_DUE
        short = "Tag worn" if is_on else "Tag asked for"
        yield people.Now("Tag", text, tag_url(tag.pk), tag=short, urgent=urgent)


def buttons(nominal: Nominal) -> Iterable[people.Button]:
    yield people.Button("Ask for a tag", reverse("offenders:tag-of", args=[nominal.pk]))


def dues(owners: Iterable[User]) -> Iterable[people.Due]:
    wanted = list(owners)
    tags = deployments().filter(officer__in=wanted).exclude(state__in=OVER)
    for tag in tags.annotate(last_check=Max("checks__at")):
        for due in dues_of(tag, tag.last_check):
            yield people.Due(due.at, due.title, tag.nominal, tag.officer, tag_url(tag.pk))
    for alert in open_alerts().filter(deployment__officer__in=wanted):
        worn = alert.deployment
        title = f"Answer the alert: {alert}"
        yield people.Due(alert.due_at, title, worn.nominal, worn.officer, tag_url(worn.pk))


def open_alerts() -> QuerySet[TagAlert]:
    rows = visible(TagAlert.objects.all()).filter(closed_at__isnull=True).order_by("due_at", "pk")
    return rows.select_related("deployment__nominal", "deployment__officer")


people.timelines.append(timeline)
people.nows.append(now_of)
people.buttons.append(buttons)
people.dues.append(dues)

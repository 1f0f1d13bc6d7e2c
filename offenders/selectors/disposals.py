"""The rungs that were used with a nominal, what runs now, and what the courts gave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from core.dates import today
from core.models import User
from offenders import people
from offenders.models import Condition, Conviction, Disposal, Nominal
from offenders.models.conviction import length_of
from offenders.models.disposal import LIVE, ConditionState, State, Tier
from offenders.models.disposal import DisposalQuerySet as Disposals
from offenders.models.scope import visible

SOON = timedelta(days=7)


def disposals_of(nominal: Nominal) -> Disposals:
    return Disposal.objects.filter(nominal=nominal).whole()


def rungs_of(nominal: Nominal) -> list[Disposal]:
    """Used already, oldest first: what the rationale of the next has to answer."""
    return list(disposals_of(nominal).given().order_by("given_at", "pk"))


def repeated(rungs: Iterable[Disposal], tier: int) -> str:
    """A warning, not a refusal, when the next rung is no higher than one that was used."""
    used = [rung for rung in rungs if rung.tier >= tier and rung.tier != Tier.NONE]
    if not used:
        return ""
    last = used[-1]
    return (
        f"{last.type} was used on {localdate(last.given_at):%-d %B %Y}: say why not a higher rung."
    )


def convictions_of(nominal: Nominal) -> QuerySet[Conviction]:
    return convictions().filter(nominal=nominal)


def convictions() -> QuerySet[Conviction]:
    joined = visible(Conviction.objects.all()).select_related("nominal", "offence", "charge")
    return joined.prefetch_related("sentences")


def disposal_url(disposal: Disposal) -> str:
    return reverse("offenders:disposal-detail", args=[disposal.pk])


def _told(nominal: Nominal) -> Iterable[people.Entry]:
    rows = Disposal.objects.filter(nominal=nominal).select_related("type", "officer")
    for row in rows:
        url, by = disposal_url(row), str(row.officer)
        if row.type.is_offered:
            yield people.Entry(
                row.offered_at, "Disposal", f"{row.type} offered", row.rationale, by, url
            )
        if row.given_at:
            yield people.Entry(row.given_at, "Disposal", f"{row.type} given", "", by, url)
        if row.ended_at and row.ended_at != row.given_at:
            title = f"{row.type}: {row.get_state_display().lower()}"
            yield people.Entry(row.ended_at, "Disposal", title, row.reason, by, url)


def _convicted(nominal: Nominal) -> Iterable[people.Entry]:
    url = reverse("offenders:disposal-list", args=[nominal.pk])
    for row in convictions_of(nominal):
        sentences = "; ".join(str(sentence) for sentence in row.sentences.all())
        title = f"Convicted: {row.title}, {row.court}"
        yield people.Entry(row.convicted_on, "Conviction", title, sentences, "", url)


def _runs(nominal: Nominal) -> Iterable[people.Now]:
    pending = Q(conditions__state=ConditionState.PENDING)
    rows = Disposal.objects.filter(nominal=nominal, state__in=LIVE).select_related("type")
    for row in rows.annotate(next_due=Min("conditions__due_on", filter=pending)):
        due: date | None = row.next_due  # type: ignore[attr-defined]  # annotated
        state = row.get_state_display().lower()
        words = f" Next condition due {due:%-d %B %Y}." if due else ""
        urgent = row.state == State.BREACHED or bool(due and due < today())
        late = " Overdue." if due and due < today() else ""
        text = f"{row.get_state_display()}.{words}{late}"
        tag = f"Disposal {state}" if urgent else ""
        yield people.Now(str(row.type), text, disposal_url(row), tag=tag, urgent=urgent)


def _buttons(nominal: Nominal) -> Iterable[people.Button]:
    yield people.Button("Offer a disposal", reverse("offenders:disposal-new", args=[nominal.pk]))
    url = reverse("offenders:disposal-list", args=[nominal.pk])
    yield people.Button("Disposals and convictions", url)


def _dues(owners: Iterable[User]) -> Iterable[people.Due]:
    names = list(owners)
    found = visible(Condition.objects.all()).filter(
        state=ConditionState.PENDING,
        disposal__state=State.RUNNING,
        disposal__officer__in=names,
        due_on__lte=today() + SOON,
    )
    for row in found.select_related("disposal__nominal", "disposal__type", "disposal__officer"):
        disposal = row.disposal
        title = f"{disposal.type}: {row.text}"
        yield people.Due(
            row.due_on, title, disposal.nominal, disposal.officer, disposal_url(disposal)
        )
    waiting = visible(Disposal.objects.all()).filter(state=State.BREACHED, officer__in=names)
    for disposal in waiting.select_related("nominal", "type", "officer"):
        title = f"{disposal.type}: decide on the breach"
        day = disposal.ends_on or today()
        yield people.Due(
            min(day, today()), title, disposal.nominal, disposal.officer, disposal_url(disposal)
        )


def custody_months(conviction: Conviction) -> int:
    """Months to serve for this conviction: parts that run together count once."""
    parts = [row for row in conviction.sentences.all() if row.kind == "custody" and row.months]
    apart = sum(row.months or 0 for row in parts if row.runs == "consecutive")
    return apart + max((row.months or 0 for row in parts if row.runs != "consecutive"), default=0)


def custody_words(conviction: Conviction) -> str:
    months = custody_months(conviction)
    return length_of(months) if months else "-"


people.timelines += [_told, _convicted]
people.nows.append(_runs)
people.buttons.append(_buttons)
people.dues.append(_dues)

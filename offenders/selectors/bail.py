"""Who is on bail, until when, and what is due; what was put to the courts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from core.dates import today
from core.models import User
from offenders import people
from offenders.bail.periods import Regime, alert, alerts_of, court_from
from offenders.models import (
    Arrest,
    Bail,
    BailExtension,
    CourtBail,
    Detention,
    Nominal,
    ReleasedUnderInvestigation,
    RemandApplication,
)
from offenders.models.bail import BailQuerySet, BailState
from offenders.models.detention import Result
from offenders.models.scope import visible
from offenders.policies.bail import Standing

REGIMES = {
    Regime.BEFORE_REFORM: "the law for arrests before 28 October 2022",
    Regime.SINCE_REFORM: "the law for arrests from 28 October 2022",
}
OFFENCE = 200  # letters
COLOURS = {0: "red", 2: "red", 7: "orange", 14: "yellow"}


def bails() -> BailQuerySet:
    """With all that a list of bail reads, and `last_at`: its grant or last extension."""
    names = ("arrest__nominal__lead_officer", "arrest__arresting_officer", "by")
    rows = (
        visible(Bail.objects.all())
        .select_related(*names)
        .annotate(last_at=Coalesce(Max("extensions__at"), "granted_at"))
    )
    return rows.order_by("ends_on", "pk")


def standing(bail: Bail) -> Standing:
    return Standing(
        bail.arrest.arrested_at,
        bail.granted_at,
        getattr(bail, "last_at", None) or _last_at(bail),
        bail.step,
        bail.ends_on,
        bail.is_exceptional,
        bail.suspended_days,
    )


def _last_at(bail: Bail) -> datetime:
    last = bail.extensions.last()
    return last.at if last else bail.granted_at


@dataclass(frozen=True)
class BailOn:
    """One bail on a day."""

    bail: Bail
    day: date

    @property
    def nominal(self) -> Nominal:
        return self.bail.arrest.nominal

    @property
    def url(self) -> str:
        return bail_url(self.bail)

    @property
    def is_suspended(self) -> bool:
        return self.bail.state == BailState.SUSPENDED

    @property
    def alert(self) -> int | None:
        """As in bail.periods; None too while the period stands still, and once bail has ended."""
        if self.is_suspended or not self.bail.is_running:
            return None
        return alert(self.bail.ends_on, self.day)

    @property
    def alert_words(self) -> str:
        return {0: "Over", 2: "2 days or less", 7: "7 days or less", 14: "14 days or less"}.get(
            -1 if self.alert is None else self.alert, ""
        )

    @property
    def alert_colour(self) -> str:
        return "" if self.alert is None else COLOURS[self.alert]

    @property
    def left_words(self) -> str:
        if not self.bail.is_running:
            return str(self.bail.get_state_display())
        if self.is_suspended:
            return "The period stands still while the CPS has the case"
        left = (self.bail.ends_on - self.day).days
        if left < 0:
            return f"ended {_days(-left)} ago: say what became of it"
        return f"ends in {_days(left)}" if left else "ends today, at midnight"

    @cached_property
    def standing(self) -> Standing:
        return standing(self.bail)

    @property
    def law_words(self) -> str:
        return REGIMES[self.standing.regime]

    @property
    def next_words(self) -> str:
        """Who may extend next, and how far."""
        now = self.standing
        step = now.next_step
        if step is None or now.next_end is None:
            return "The police can extend no further. A magistrates' court may."
        words = f"To {now.next_end:%-d %B %Y} ({step.words}), authorised by {step.grade.value}."
        if step.is_exceptional and not now.is_exceptional:
            return f"{words} Only in a case designated exceptionally complex; a court may extend."
        return words

    @property
    def may_go_to_court(self) -> bool:
        now = self.standing
        return now.ends_on >= court_from(now.arrested_at, suspended=now.suspended_days)


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def bail_url(bail: Bail) -> str:
    return reverse("offenders:bail-detail", args=[bail.pk])


def remand_url(application: RemandApplication) -> str:
    return reverse("offenders:remand-detail", args=[application.pk])


def court_bail_url(bail: CourtBail) -> str:
    return reverse("offenders:court-bail-detail", args=[bail.pk])


def applications(words: str = "") -> QuerySet[RemandApplication]:
    """The library: every word has to stand somewhere in an application."""
    rows = visible(RemandApplication.objects.all()).select_related("nominal", "by")
    for word in words.split():
        rows = rows.filter(
            Q(text__icontains=word)
            | Q(lessons__icontains=word)
            | Q(offence__icontains=word)
            | Q(court__icontains=word)
        )
    return rows


def timeline(nominal: Nominal) -> Iterable[people.Entry]:
    for bail in bails().filter(arrest__nominal=nominal):
        yield from _bail_entries(bail)
    for extension in _extensions(nominal):
        title = f"Bail extended to {extension.ends_on:%-d %B %Y}"
        by = extension.authorised_by
        yield people.Entry(
            extension.at, "Bail", title, extension.reason, by, bail_url(extension.bail)
        )
    for release in ReleasedUnderInvestigation.objects.filter(arrest__nominal=nominal):
        yield people.Entry(release.from_at, "Bail", "Released under investigation", release.reason)
    yield from _court_entries(nominal)


def _extensions(nominal: Nominal) -> QuerySet[BailExtension]:
    rows = BailExtension.objects.filter(bail__arrest__nominal=nominal)
    return rows.select_related("bail")


def _bail_entries(bail: Bail) -> Iterable[people.Entry]:
    url, by = bail_url(bail), bail.authorised_by
    text = bail.basis_note
    yield people.Entry(bail.granted_at, "Bail", "Bail granted before charge", text, by, url)
    if bail.ended_at:
        title = f"Bail: {bail.get_state_display().lower()}"
        yield people.Entry(bail.ended_at, "Bail", title, bail.end_note, "", url)


def _court_entries(nominal: Nominal) -> Iterable[people.Entry]:
    for bail in CourtBail.objects.filter(nominal=nominal):
        at, title = bail.granted_on, f"Bailed by {bail.court}"
        yield people.Entry(at, "Court", title, bail.conditions, "", court_bail_url(bail))
    for found in RemandApplication.objects.filter(nominal=nominal).select_related("by"):
        title = f"Remand applied for at {found.court}"
        text = found.get_result_display() if found.result else "No result yet."
        at = found.applied_on
        yield people.Entry(at, "Court", title, text, str(found.by), remand_url(found))


def now_of(nominal: Nominal) -> Iterable[people.Now]:
    for bail in bails().running().filter(arrest__nominal=nominal):
        on = BailOn(bail, today())
        text = f"Until {bail.ends_on:%-d %B %Y}, {on.left_words}."
        urgent = on.alert in {0, 2, 7}
        yield people.Now("On bail before charge", text, on.url, tag="On bail", urgent=urgent)
    open_releases = ReleasedUnderInvestigation.objects.filter(ended_at__isnull=True)
    for release in open_releases.filter(arrest__nominal=nominal).select_related("arrest__nominal"):
        url = reverse("offenders:rui-end", args=[release.pk])
        text = f"Since {release.since:%-d %B %Y}, without an end or conditions."
        yield people.Now("Released under investigation", text, url, tag="RUI")
    for court in CourtBail.objects.filter(nominal=nominal, ended_on__isnull=True):
        text = f"From {court.court}. {court.get_tag_display()}: tag."
        yield people.Now("On court bail", text, court_bail_url(court), tag="Court bail")


def buttons(nominal: Nominal) -> Iterable[people.Button]:
    names = {
        "Grant bail": "bail-of",
        "Release under investigation": "rui-of",
        "Record court bail": "court-bail-of",
        "Record a remand application": "remand-of",
    }
    for text, name in names.items():
        yield people.Button(text, reverse(f"offenders:{name}", args=[nominal.pk]))


def dues(owners: Iterable[User]) -> Iterable[people.Due]:
    """Bail of the arrests of these officers, from the first alert on; hearings of a week."""
    who = list(owners)
    soon = today() + timedelta(days=14)
    rows = bails().running().exclude(state=BailState.SUSPENDED)
    for bail in rows.filter(arrest__arresting_officer__in=who, ends_on__lte=soon):
        owner, url = bail.arrest.arresting_officer, bail_url(bail)
        yield people.Due(bail.ends_on, "Bail ends", bail.arrest.nominal, owner, url)
    hearings = visible(CourtBail.objects.all()).filter(
        by__in=who, ended_on__isnull=True, next_hearing_on__lte=soon
    )
    for court in hearings.select_related("nominal", "by"):
        if day := court.next_hearing_on:
            url = court_bail_url(court)
            yield people.Due(day, "Court hearing", court.nominal, court.by, url)


@dataclass(frozen=True)
class Release:
    """The record that the end of a detention calls for, and whether it is there."""

    title: str
    page: str
    is_recorded: Callable[[Detention], bool]


def _is_bailed_to_court(detention: Detention) -> bool:
    """By its arrest, or by its day where no arrest is named."""
    ended = detention.ended_at
    rows = CourtBail.objects.filter(nominal=detention.arrest.nominal_id)
    since = Q(arrest=None, granted_on__gte=timezone.localdate(ended)) if ended else Q(pk=None)
    return rows.filter(Q(arrest=detention.arrest_id) | since).exists()


RELEASES = {
    Result.BAILED: Release("Record the bail", "bail-of", lambda held: held.arrest.bails.exists()),
    Result.INVESTIGATED: Release(
        "Record the release under investigation",
        "rui-of",
        lambda held: held.arrest.releases.exists(),
    ),
    Result.CHARGED_BAILED: Release(
        "Record the bail to court", "court-bail-of", _is_bailed_to_court
    ),
    Result.CHARGED_REMANDED: Release(
        "Record the remand application", "remand-of", lambda held: held.arrest.remands.exists()
    ),
}


def release_url(detention: Detention) -> str:
    """Where what follows from a detention is recorded; nothing where nothing does."""
    release = RELEASES.get(Result(detention.result)) if detention.result else None
    if release is None:
        return ""
    url = reverse(f"offenders:{release.page}", args=[detention.arrest.nominal_id])
    return f"{url}?arrest={detention.arrest_id}"


def release_to_record(detention: Detention) -> tuple[str, str] | None:
    """Its title and address, for as long as it is not recorded."""
    release = RELEASES.get(Result(detention.result)) if detention.result else None
    if release is None or release.is_recorded(detention):
        return None
    return release.title, release_url(detention)


def known_of_release(nominal: Nominal, arrest: str | None) -> dict[str, Any]:
    """What the custody log knows of a release from it, as the forms name it."""
    found = Detention.objects.filter(arrest__nominal=nominal, ended_at__isnull=False)
    detention = found.filter(arrest=int(arrest)).first() if arrest and arrest.isdecimal() else None
    if detention is None:
        return {"arrest": arrest}
    return {
        "arrest": arrest,
        "granted_at": detention.ended_at,
        "from_at": detention.ended_at,
        "surrender_place": detention.station,
        "granted_on": timezone.localdate(detention.ended_at),
        "offence": ", ".join(row.title for row in detention.arrest.offences.all())[:OFFENCE],
    }


def latest_arrests(nominal: Nominal) -> QuerySet[Arrest]:
    return nominal.arrests.prefetch_related("offences").order_by("-arrested_at")


def next_alerts(bail: Bail) -> list[date]:
    return [day for day in alerts_of(bail.ends_on) if day >= timezone.localdate()]


people.timelines.append(timeline)
people.nows.append(now_of)
people.buttons.append(buttons)
people.dues.append(dues)

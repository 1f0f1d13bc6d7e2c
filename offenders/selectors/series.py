"""Crime series with what belongs to them, and what they say on the pages of crimes and nominals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, F, Q
from django.urls import reverse

from offenders import people
from offenders.models import Crime, CrimeSeries, Nominal, SeriesCrime, SeriesSuspect
from offenders.models.scope import open_rows, seen
from offenders.models.series import SeriesQuerySet, SeriesState, Standing


def series_url(pk: int) -> str:
    return reverse("offenders:series-detail", args=[pk])


def all_series() -> SeriesQuerySet:
    """With `crimes` and `suspected`, how many stand, in one query."""
    linked = Q(links__unlinked_at__isnull=True)
    live = Q(suspects__standing=Standing.SUSPECTED, suspects__nominal__merged_into__isnull=True)
    live &= seen("suspects__nominal")
    found: SeriesQuerySet = CrimeSeries.objects.select_related("owner", "unit").annotate(
        crimes=Count("links", filter=linked, distinct=True),
        suspected=Count("suspects", filter=live, distinct=True),
    )
    return found.order_by("-opened_on", "-pk")


def series_of_crime(crime: Crime) -> list[SeriesCrime]:
    """The links that stand, each with its series."""
    rows = SeriesCrime.objects.standing().filter(crime=crime)
    return list(rows.select_related("series", "linked_by"))


@dataclass(frozen=True)
class Content:
    """What the page of one series shows."""

    series: CrimeSeries

    @cached_property
    def _links(self) -> list[SeriesCrime]:
        names = ("crime__offence", "crime__district", "crime__outcome", "linked_by", "unlinked_by")
        return list(self.series.links.select_related(*names))

    @property
    def linked(self) -> list[SeriesCrime]:
        return [link for link in self._links if link.unlinked_at is None]

    @property
    def unlinked(self) -> list[SeriesCrime]:
        return [link for link in self._links if link.unlinked_at is not None]

    @cached_property
    def suspects(self) -> list[SeriesSuspect]:
        """A nominal who was merged stands under the one who was kept."""
        rows = open_rows(self.series.suspects.all()).filter(nominal__merged_into__isnull=True)
        by_standing = rows.order_by(F("standing").desc(), "nominal__surname", "pk")
        return list(by_standing.select_related("nominal", "named_by", "decided_by"))


def _entries(nominal: Nominal) -> Iterable[people.Entry]:
    rows = SeriesSuspect.objects.filter(nominal=nominal)
    for row in rows.select_related("series", "named_by", "decided_by"):
        url = series_url(row.series_id)
        title = f"Suspected of the series {row.series}"
        yield people.Entry(row.named_at, "Series", title, row.why, str(row.named_by), url)
        if row.decided_at:
            title = f"{_decided(row)}: {row.series}"
            by = str(row.decided_by)
            yield people.Entry(row.decided_at, "Series", title, row.decided_why, by, url)


def _decided(row: SeriesSuspect) -> str:
    return "Eliminated" if row.standing == Standing.ELIMINATED else "Suspected again"


def _now(nominal: Nominal) -> Iterable[people.Now]:
    rows = SeriesSuspect.objects.filter(
        nominal=nominal, standing=Standing.SUSPECTED, series__state=SeriesState.OPEN
    ).annotate(crimes=Count("series__links", filter=Q(series__links__unlinked_at__isnull=True)))
    for row in rows.select_related("series"):
        text = f"{_crimes(row.crimes)}, open since {row.series.opened_on:%-d %B %Y}"
        yield people.Now(f"Suspected of {row.series}", text, series_url(row.series_id))


def _crimes(count: int) -> str:
    return f"{count} crime" if count == 1 else f"{count} crimes"


def _buttons(nominal: Nominal) -> Iterable[people.Button]:
    url = reverse("offenders:series-of", args=[nominal.pk])
    yield people.Button("Suspect of a series", url)


people.timelines.append(_entries)
people.nows.append(_now)
people.buttons.append(_buttons)

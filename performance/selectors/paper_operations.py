"""Operations and trials, as a paper tells of them: no person is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from operations.models import Operation, Trial
from operations.selectors.results import Summary, operation_summary
from performance.models import Paper
from performance.papers.document import FigureRun, Run, Text


def counted(number: int, name: str, origin: str) -> FigureRun:
    """A number of records that is no indicator: small ones are hidden like any other."""
    return FigureRun(f"{number:,}", f"list|{name}", origin, number)


def operations(paper: Paper) -> Sequence[Run]:
    """Every operation that had begun by the end of the period."""
    begun = Operation.objects.filter(starts_on__lte=paper.period_end).order_by("starts_on", "slug")
    return [
        run
        for slug in begun.values_list("slug", flat=True)
        for run in _operation(slug, operation_summary(slug, paper.period_end))
    ]


def _operation(slug: str, found: Summary) -> Iterator[Run]:
    within = f", within {found.within}" if found.within else ""
    yield Text(f"{found.name} began in {found.starts_on:%B %Y}{within}")
    if found.vehicles:
        yield Text(": ")
        yield counted(found.vehicles, f"{slug}|vehicles", f"{found.name}, vehicles")
        yield Text(" vehicles")
        if found.pounds:
            yield Text(f" worth £{found.pounds:,}")
    if found.counties:
        yield Text(" across ")
        yield counted(found.counties, f"{slug}|counties", f"{found.name}, counties")
        yield Text(" counties")
    for name in ("arrests", "charges", "convictions"):
        number = getattr(found, name)
        if number:
            yield Text("; ")
            yield counted(number, f"{slug}|{name}", f"{found.name}, {name}")
            yield Text(f" {name}")
    yield Text(". ")


def trials(paper: Paper) -> Sequence[Run]:
    """Those that ran on some day of the month."""
    run = Trial.objects.filter(starts_on__lte=paper.period_end, ends_on__gte=paper.month)
    return [part for trial in run.order_by("starts_on") for part in _trial(trial)]


def _trial(trial: Trial) -> Iterator[Run]:
    first, last = trial.starts_on, trial.ends_on
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    yield Text(f"{trial.name} is on trial for ")
    yield counted(months, f"trial|{trial.slug}", f"{trial.name}, length")
    yield Text(f" months, from {first:%B %Y} to {last:%B %Y}. ")

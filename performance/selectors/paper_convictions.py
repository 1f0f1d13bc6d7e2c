"""What the courts gave, as a paper lists it: how many were convicted, and the longest sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from django.db.models import Q

from core.dates import add_months
from offenders.models import OffenceCode
from offenders.selectors.convictions import Convicted, Convictions, convictions_between
from performance.models import Paper
from performance.papers.document import Run, Text
from performance.selectors.paper_operations import counted

BURGLARY = Q(subgroup__icontains="burglary")
VEHICLE_THEFT = Q(code="48")
RECENT = 4  # months, with that of the paper
TOLD = 3  # sentences that are told one by one


def convicted(of: Q, name: str, words: str) -> Callable[[Paper], Sequence[Run]]:
    """Of the last months to the end of the period; `words` are the offence in the sentence."""

    def runs(paper: Paper) -> Sequence[Run]:
        codes = OffenceCode.objects.filter(of).values_list("pk", flat=True)
        since = add_months(paper.month, 1 - RECENT)
        found = convictions_between(since, paper.period_end, codes)
        return list(_told(found, set(codes), name, words)) if found.hearings else []

    return runs


def _told(found: Convictions, codes: Collection[str], name: str, words: str) -> Iterator[Run]:
    yield counted(found.offenders, f"convictions|{name}", f"Convicted of {words}")
    noun = "person was" if found.offenders == 1 else "people were"
    yield Text(f" {noun} convicted of {words} in the last {RECENT} months")
    longest = [_sentence(hearing) for hearing in found.hearings[:TOLD] if hearing.months]
    yield Text(f"; the longest sentences: {'; '.join(longest)}." if longest else ".")


def _sentence(hearing: Convicted) -> str:
    return f"{hearing.words} ({hearing.operation})" if hearing.operation else hearing.words

"""The loaded force: complete, the same when loaded again, and alive."""

from datetime import date
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from core.models import ImportRun, Unit
from offenders.models import Crime
from performance.demo.draws import FIRST, LAST
from performance.indicators import INDICATORS
from performance.selectors.rows import rows_behind
from performance.services.figures import fold_changes, verify
from tests.integration.demo import figures

BURGLARY = "dwelling-burglary-recorded"
JANUARY = date(2021, 1, 1)


def test_nothing_was_rejected_or_left_to_do(demo_force: str, force: Unit) -> None:
    kinds = [line for line in demo_force.splitlines() if " read, " in line]
    assert len(kinds) == 12
    assert all("0 updated, 0 unchanged, 0 rejected" in line for line in kinds)
    assert fold_changes() == 0


def test_loading_again_changes_nothing(force: Unit, settings) -> None:
    settings.DEMO = True
    said = StringIO()
    call_command("load_demo", until=f"{FIRST:%Y-%m}", stdout=said)
    kinds = [line for line in said.getvalue().splitlines() if " read, " in line]
    assert kinds
    assert all("0 created, 0 updated" in line for line in kinds)
    assert not ImportRun.objects.exists()


def test_a_cancelled_crime_leaves_the_figures_that_counted_it(force: Unit) -> None:
    before = figures.exact(BURGLARY), figures.over(BURGLARY)
    counted = rows_behind(
        indicator=INDICATORS[BURGLARY], part="numerator", unit=force, first=LAST, last=JANUARY
    )
    assert counted.count() == before[0]
    one = counted.first()
    assert isinstance(one, Crime)
    Crime.objects.filter(pk=one.pk).update(cancelled_at=timezone.now())
    fold_changes()
    assert (figures.exact(BURGLARY), figures.over(BURGLARY)) == (before[0] - 1, before[1] - 1)


def test_the_figures_are_those_of_the_rows(force: Unit) -> None:
    assert not verify()

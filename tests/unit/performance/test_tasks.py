from datetime import date

import pytest

from performance import tasks
from performance.models import Figure
from tests.factories.crimes import CrimeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("task", "arguments"),
    [
        (tasks.fold_changes, ()),
        (tasks.nightly, ()),
        (tasks.recompute_all, ()),
        (tasks.recompute_months, (["2021-01"],)),
    ],
)
def test_task_brings_figures_up_to_date(task, arguments):
    tasks.fold_changes()
    CrimeFactory.create()
    task(*arguments)
    tasks.fold_changes()
    assert Figure.objects.filter(
        indicator="all-crime-recorded", unit="force", month=date(2021, 1, 1), numerator=1
    ).exists()

import pytest

from core.jobs import enqueue, job
from core.selectors.history import history_of
from offenders.models import Crime
from tests.factories.crimes import CrimeFactory


@pytest.mark.django_db
def test_change_history_names_the_job() -> None:
    crime = CrimeFactory.create()
    with job("load_demo"):
        Crime.objects.filter(pk=crime.pk).update(is_dwelling=False)
    crime.refresh_from_db()
    (change,) = history_of(crime)
    assert change.by == "the job load_demo"


@pytest.mark.django_db
def test_task_is_sent_after_the_commit_only(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        enqueue("core.tasks.tend_exports")
    assert len(callbacks) == 1


@pytest.mark.django_db
def test_dead_broker_does_not_undo_the_work(
    settings, caplog, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("no.such.task", object())  # cannot be written as a message
    assert "Error calling" in caplog.text

from importlib import import_module

import pytest
import structlog
from django.conf import settings
from django_structlog.celery.signals import bind_extra_task_metadata

from config.celery import SCHEDULE, app


@pytest.fixture(autouse=True)
def tasks_of_the_apps() -> None:
    for name in ("core.tasks", "offenders.tasks", "performance.tasks"):
        import_module(name)


def test_what_is_scheduled_exists() -> None:
    assert {str(entry["task"]) for entry in SCHEDULE.values()} - set(app.tasks) == set()


def test_what_is_routed_exists() -> None:
    assert set(settings.CELERY_TASK_ROUTES) - set(app.tasks) == set()


def test_ticks_that_nobody_took_do_not_pile_up() -> None:
    sweep = app.conf.beat_schedule["sweep of the figures"]

    assert sweep["options"]["expires"] == sweep["schedule"]


def test_the_nightly_rebuild_waits_for_a_free_worker() -> None:
    assert "options" not in app.conf.beat_schedule["nightly rebuild"]


def test_a_killed_worker_gives_its_task_back() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost


def test_a_lost_message_is_given_back_before_the_day_ends() -> None:
    assert app.conf.broker_transport_options["visibility_timeout"] <= 4 * 3600


def test_every_log_line_of_a_task_names_it() -> None:
    task = app.tasks["core.tasks.tend_imports"]

    with structlog.contextvars.bound_contextvars():
        bind_extra_task_metadata.send(sender=None, task=task, logger=None)
        assert structlog.contextvars.get_contextvars()["task"] == "core.tasks.tend_imports"
        structlog.contextvars.clear_contextvars()

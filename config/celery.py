"""The Celery app, and the one table of what runs by itself."""

import logging
import os
from typing import Any

import structlog
from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import setup_logging
from django.dispatch import receiver
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What runs by itself, and when (Europe/London).
SCHEDULE = {
    # Changes whose own message the broker lost.
    "sweep of the figures": {"task": "performance.tasks.fold_changes", "schedule": 5.0},
    # A full rebuild must give the figures that stand; it says so loudly if it does not.
    "nightly rebuild": {
        "task": "performance.tasks.nightly",
        "schedule": crontab(hour="2", minute="30"),
    },
    # Verdicts that changed, to those who asked to be told.
    "tell of verdicts": {"task": "performance.tasks.tell_verdicts", "schedule": 30.0},
    # Records of people that have to be reviewed from today on.
    "reviews of records": {
        "task": "offenders.tasks.open_due_reviews",
        "schedule": crontab(hour="3", minute="10"),
    },
    # Files of subject access past their time.
    "expire answers": {"task": "offenders.tasks.expire_answers", "schedule": 600.0},
    # The newest rows of the audit log, into its chain.
    "seal the audit log": {"task": "core.tasks.seal_audit", "schedule": 10.0},
    # Imports whose worker was killed, and files past their time.
    "tend imports": {"task": "core.tasks.tend_imports", "schedule": 30.0},
    # Exports past their time, and those whose worker was killed.
    "tend exports": {"task": "core.tasks.tend_exports", "schedule": 60.0},
    # Files that a disposed record left behind.
    "tend documents": {"task": "core.tasks.tend_documents", "schedule": 300.0},
}

app = Celery("aware", task_cls="core.jobs:Job")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A tick that nobody took is worth nothing at the next one; the nightly one waits for a free worker.
app.conf.beat_schedule = {
    name: entry | {"options": {"expires": entry["schedule"]}}
    if isinstance(entry["schedule"], float)
    else entry
    for name, entry in SCHEDULE.items()
}
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def use_logging_of_settings(**_: Any) -> None:
    """Celery leaves logging alone once this signal has a receiver; Django has configured it."""
    logging.captureWarnings(True)


@receiver(bind_extra_task_metadata)
def name_the_task(task: "Task[..., Any]", **_: Any) -> None:
    """In every log line of a task, also the one that says that it is done."""
    structlog.contextvars.bind_contextvars(task=task.name)

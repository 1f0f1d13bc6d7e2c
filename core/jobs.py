"""Work that no person does with their own hands: tasks, commands, schedules."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
import structlog
from celery import Task, current_app
from django.db import transaction


@contextmanager
def job(name: str) -> Iterator[None]:
    """Everything written inside is put down to the job, in change history, audit and logs."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    with (
        structlog.contextvars.bound_contextvars(job=name),
        pghistory.context(job=name, request_id=request_id),
    ):
        yield


class Job(Task[Any, Any]):
    """The base of every Celery task (`task_cls` of the app)."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with job(self.name):
            return super().__call__(*args, **kwargs)


def enqueue(task: str, *args: Any) -> None:
    """Send a task, by name, once the transaction has committed.

    A broker that does not answer is logged and no more: the caller's work is done and kept, and
    each kind of task has a sweep in the schedule that finds what was left.
    """
    transaction.on_commit(lambda: current_app.send_task(task, args=args), robust=True)

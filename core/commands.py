from typing import Any

from django.core.management.base import BaseCommand

from core.jobs import job


class JobCommand(BaseCommand):
    """A command that writes: history, audit and logs put what it does down to the command."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        with job(self.__module__.rpartition(".")[2]):
            return super().execute(*args, **options)

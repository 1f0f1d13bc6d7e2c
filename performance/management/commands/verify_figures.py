from typing import Any

from django.core.management.base import CommandError

from core.commands import JobCommand
from performance.services.figures import verify


class Command(JobCommand):
    help = "Rebuild every figure beside the live ones and compare; fails if any differs."

    def handle(self, *_: Any, **__: Any) -> None:
        found = verify()
        if found:
            raise CommandError(
                f"{found} figures differ from the records."
                " Run `manage.py recompute --all --wait`, and report this: it is a fault."
            )
        self.stdout.write("Every figure agrees with the records.")

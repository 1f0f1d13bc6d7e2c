from typing import Any

from django.core.management.base import CommandError, CommandParser

from core.commands import JobCommand
from core.models import User
from core.services.people import remove_second_factor


class Command(JobCommand):
    help = "For somebody who lost phone and recovery codes: they set up a new second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(username=options["username"])
        except User.DoesNotExist:
            raise CommandError(f"There is no account {options['username']}.") from None
        remove_second_factor(user=user)
        self.stdout.write(f"{user} signs in with the password alone, and has to set up a new one.")

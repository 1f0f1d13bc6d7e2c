from typing import Any

from django.core.management.base import CommandError

from core.commands import JobCommand
from core.services.demo_accounts import (
    ACCOUNTS,
    PASSWORD,
    NotADemonstrationError,
    make_demo_accounts,
)


class Command(JobCommand):
    help = "Makes one demo account a role (only where DEMO is set) and prints how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            make_demo_accounts()
        except NotADemonstrationError as refusal:
            raise CommandError(str(refusal)) from None
        for account in ACCOUNTS:
            self.stdout.write(f"{account.username:<16} {PASSWORD}   {account.description}")

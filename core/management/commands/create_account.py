from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from core.access.roles import BY_SLUG
from core.commands import JobCommand
from core.services.people import create_account, sign_in_link


class Command(JobCommand):
    help = "Makes an account, such as the first administrator's, and prints its sign-in link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--email", default="")
        parser.add_argument("--role", action="append", default=[], choices=sorted(BY_SLUG))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = create_account(
                by=None,
                username=options["username"],
                full_name=options["name"],
                email=options["email"],
                roles=options["role"],
            )
            path = sign_in_link(by=None, user=user)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write(f"To choose a password, open this path on the site: {path}")

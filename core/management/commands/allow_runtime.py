import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from core.services.runtime_role import allow_runtime


class Command(BaseCommand):
    help = (
        "Run by the owner of the tables after each migrate: lets the database user of the "
        "application read and write what it needs, add to the audit log, and nothing more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", default="aware_app", help="the database user (aware_app)")
        parser.add_argument(
            "--password-from",
            default="RUNTIME_PASSWORD",
            metavar="VARIABLE",
            help="the environment variable that holds its password (RUNTIME_PASSWORD)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = options["user"]
        try:
            tables = allow_runtime(user, os.environ.get(options["password_from"], ""))
        except ProgrammingError as error:
            raise CommandError(
                f"This has to be run as the owner of the tables, who may make users: {error}"
            ) from error
        self.stdout.write(f"{user} may use {tables} tables and owns none of them.")

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import audit
from core.dates import EARLIEST, LATEST, today
from core.jobs import job
from offenders.selectors.retention import Outlook, outlook
from offenders.services.retention import open_due_reviews


class Command(BaseCommand):
    help = (
        "Which records of people would fall due for review by a day, by group; changes nothing. "
        "With --open, the reviews that are due today are opened, as they are each night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=_day, default=None, metavar="DATE", help="today")
        parser.add_argument("--list", action="store_true", help="name each record by its number")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--open", action="store_true", dest="opens")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["opens"]:
            with job("retention"):
                counts = open_due_reviews()
            self.stdout.write(f"{counts['opened']} reviews opened, {counts['closed']} closed.")
            return
        found = outlook(options["on"] or today())
        said = _said(found, with_list=options["list"])
        if options["list"]:
            _log(found)
        self.stdout.write(json.dumps(said) if options["json"] else _words(said))


def _log(found: Outlook) -> None:
    seen = [subject.nominal_id for subject in found.subjects]
    detail = {"simulated": found.day.isoformat(), "shown": seen}
    with job("retention"):
        audit.record(by=None, action=audit.Action.NOMINAL_VIEWED, detail=detail)


def _said(found: Outlook, *, with_list: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "on": found.day.isoformat(),
        "people": found.people,
        "due": len(found.subjects),
        "held": found.held,
        "groups": {str(group): count for group, count in found.by_group},
    }
    if with_list:
        said["records"] = [
            {
                "nominal": subject.nominal_id,
                "group": subject.due.group,
                "due_on": subject.due.on.isoformat(),
                "may_dispose_on": subject.due.may_dispose_on.isoformat(),
                "held": list(subject.held),
                "why": subject.due.why,
            }
            for subject in found.subjects
        ]
    return said


def _words(said: dict[str, Any]) -> str:
    first = (
        f"By {said['on']}, {said['due']} of {said['people']} records fall due for review; "
        f"{said['held']} of them on hold."
    )
    lines = [first, *(f"Group {group}: {count}" for group, count in said["groups"].items())]
    lines += [f"{row['nominal']}: {row['due_on']}, {row['why']}" for row in said.get("records", [])]
    return "\n".join(lines)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not EARLIEST <= day <= LATEST:
        raise CommandError(f"“{text}” is not a day. Write it like 2027-01-31.")
    return day

"""What somebody with the database in their hands could do to the log."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection

from core.models import AuditEvent, AuditSeal
from core.services.audit_chain import seal_batch
from tests.factories.users import UserFactory

ACTIONS = ("nominal.viewed", "nominal.searched", "record.changed", "access.refused")


def filled_log(*, rows: int, batches: int) -> None:
    """Sealed in batches of one size."""
    person = UserFactory.create()
    for at in range(rows):
        AuditEvent.objects.create(
            action=ACTIONS[at % len(ACTIONS)],
            actor=person.username,
            people=[at],
            detail={"why": f"reason {at}"},
            address="192.0.2.7",
        )
        if (at + 1) % (rows // batches) == 0:
            seal_batch()


def tampered(way: str, *, seed: int) -> str:
    """Does it to a row that chance picks; what was done, in words."""
    chance = random.Random(seed)
    numbers = list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))
    with _unguarded():
        return f"{way}: {WAYS[way](chance, numbers)}"


@contextmanager
def _unguarded() -> Iterator[None]:
    """As the owner of the tables can."""
    tables = ("core_auditevent", "core_auditseal")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _alter(chance: random.Random, numbers: list[int]) -> str:
    pk = chance.choice(numbers)
    assignments = (
        "actor = actor || 'x'",
        "at = at + interval '1 second'",
        "action = 'record.viewed'",
        "people = '{999999}'",
        'detail = detail || \'{"why": "another"}\'',
        "address = '192.0.2.99'",
        "target_id = '1'",
        "request_id = 'none'",
        "seal = ''",
        "seal = reverse(seal)",
    )
    chosen = chance.choice(assignments)
    _run(f"UPDATE core_auditevent SET {chosen} WHERE id = %s", pk)
    return f"{chosen} of row {pk}"


def _remove(chance: random.Random, numbers: list[int]) -> str:
    pk = chance.choice(numbers)
    _run("DELETE FROM core_auditevent WHERE id = %s", pk)
    return f"row {pk}"


def _remove_tail(chance: random.Random, numbers: list[int]) -> str:
    gone = numbers[-chance.randrange(1, 6) :]
    _run("DELETE FROM core_auditevent WHERE id = ANY(%s)", gone)
    return f"rows {gone}"


def _remove_batches(chance: random.Random, numbers: list[int]) -> str:
    last = AuditSeal.objects.latest("number")
    _run("DELETE FROM core_auditevent WHERE id >= %s", last.first_id)
    _run("DELETE FROM core_auditseal WHERE number = %s", last.number)
    return f"batch {last.number}"


def _remove_a_seal(chance: random.Random, numbers: list[int]) -> str:
    number = chance.choice(list(AuditSeal.objects.values_list("number", flat=True)))
    _run("DELETE FROM core_auditseal WHERE number = %s", number)
    return f"seal {number}"


def _insert(chance: random.Random, numbers: list[int]) -> str:
    """In a gap that is made for it, or after the last; with a seal that looks like one."""
    event = AuditEvent.objects.get(pk=chance.choice(numbers))
    event.pk = chance.choice([numbers[-1] + 1, numbers[0] - 1 - chance.randrange(50)])
    event.at += timedelta(seconds=chance.randrange(1, 900))
    AuditEvent.objects.bulk_create([event])
    forged = "".join(chance.choices("0123456789abcdef", k=80))
    _run("UPDATE core_auditevent SET seal = %s WHERE id = %s", forged, event.pk)
    return f"row {event.pk}"


def _copy(chance: random.Random, numbers: list[int]) -> str:
    pk = chance.choice(numbers)
    columns = ", ".join(
        str(field.column) for field in AuditEvent._meta.concrete_fields if field.column != "id"
    )
    _run(
        f"INSERT INTO core_auditevent ({columns}) SELECT {columns} FROM core_auditevent WHERE id = %s",
        pk,
    )
    return f"row {pk}"


def _swap(chance: random.Random, numbers: list[int]) -> str:
    one, two = chance.sample(numbers, 2)
    _run("UPDATE core_auditevent SET id = -id WHERE id = %s", one)
    _run("UPDATE core_auditevent SET id = %s WHERE id = %s", one, two)
    _run("UPDATE core_auditevent SET id = %s WHERE id = %s", two, -one)
    return f"rows {one} and {two}"


def _rewrite_seal(chance: random.Random, numbers: list[int]) -> str:
    number = chance.choice(list(AuditSeal.objects.values_list("number", flat=True)))
    _run("UPDATE core_auditseal SET digest = reverse(digest) WHERE number = %s", number)
    return f"seal {number}"


WAYS: dict[str, Callable[[random.Random, list[int]], str]] = {
    "altered": _alter,
    "removed": _remove,
    "removed at the tail": _remove_tail,
    "tail with its batches": _remove_batches,
    "removed a seal": _remove_a_seal,
    "put in": _insert,
    "copied": _copy,
    "swapped": _swap,
    "rewrote a seal": _rewrite_seal,
}

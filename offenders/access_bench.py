"""What deciding who sees whom, and keeping who looked, adds to the pages of nominals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from time import perf_counter
from unittest.mock import patch

from django.conf import settings
from django.test import Client, override_settings

from core import actors
from core.benchmarks import Ratio, benchmark, scratch_database
from core.models import RoleGrant, User
from offenders.models import Alias, Nominal, WarningMarker
from offenders.models.scope import Barred

NOMINALS = 2000
TIMES = 60
GOAL = 1.15
PLAIN = {
    "ALLOWED_HOSTS": ["testserver"],
    "SECURE_SSL_REDIRECT": False,
    "REQUIRE_SECOND_FACTOR": False,
    "PURPOSE_NEEDED": [],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}
BARRED = Barred({}, frozenset(), frozenset())
NETS = {"core.access.looks.LooksMiddleware", "core.access.middleware.AccessMiddleware"}


@benchmark
def access_cost(rows: int) -> Iterator[Ratio]:
    """One page and one list, by turns with the access and the log and without them."""
    with scratch_database(), override_settings(**PLAIN):
        by, nominal = _force()
        for title, url in (
            ("Page of a nominal", f"/nominals/{nominal.pk}/"),
            ("List of nominals", "/nominals/"),
            ("Nominal by API", f"/api/v1/nominals/{nominal.pk}/"),
        ):
            held, bare = _both(by, url)
            yield Ratio(
                f"{title}: access and log",
                f"{1000 * held:.1f} ms",
                f"without them {1000 * bare:.1f} ms",
                held / bare,
                at_most=GOAL,
            )


def _force() -> tuple[User, Nominal]:
    by = User.objects.create(username="bench", full_name="Bench")
    RoleGrant.objects.create(user=by, role="act-officer")
    Nominal.objects.bulk_create(
        Nominal(ref=f"B{n}", surname=f"Invented{n}", forenames="Bench", lead_officer=by)
        for n in range(NOMINALS)
    )
    nominal = Nominal.objects.earliest("pk")
    Alias.objects.bulk_create(Alias(nominal=nominal, surname=f"Other{n}") for n in range(5))
    WarningMarker.objects.create(nominal=nominal, marker="weapons")
    return by, nominal


def _both(by: User, url: str) -> tuple[float, float]:
    """Medians; by turns, so that whatever else the machine does falls on both."""
    held, bare = _client(by), _client(by)
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(TIMES + 1):
        found = _answer(held, url)
        with _without():
            other = _answer(bare, url)
        if turn:  # the first fills the caches of the process
            times[0].append(found)
            times[1].append(other)
    return median(times[0]), median(times[1])


def _client(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


@contextmanager
def _without() -> Iterator[None]:
    """No net, nobody at work for whom anything would be decided, and nothing written down."""
    left = [name for name in settings.MIDDLEWARE if name not in NETS]
    with ExitStack() as stack:
        stack.enter_context(override_settings(MIDDLEWARE=left))
        stack.enter_context(patch("core.audit._keep", lambda event: None))
        stack.enter_context(patch("offenders.selectors.nominals.require_standing", _allow))
        stack.enter_context(patch("offenders.models.scope._at_work", lambda: None))
        stack.enter_context(patch("offenders.models.scope.barred_from", lambda by: BARRED))
        stack.enter_context(actors.nobody())
        yield


def _allow(*_: object, **__: object) -> None:
    return None


def _answer(client: Client, url: str) -> float:
    start = perf_counter()
    response = client.get(url)
    took = perf_counter() - start
    if response.status_code != 200:  # noqa: PLR2004  # OK
        raise RuntimeError(f"{url} answered {response.status_code}.")
    return took

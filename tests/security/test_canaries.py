"""A word in every name that nothing says by itself: where somebody may not see people, it stands nowhere.

Pages, lists, searches, API, exports, the lines of the logs and the messages to the workers.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from core.actors import acting
from core.exports.kinds import export_kinds
from core.exports.writers import WRITERS
from tests.integration.access_matrix import MATRIX
from tests.integration.access_rows import EVERYBODY, VIEWERS
from tests.probes.world import CANARY, World, put, world

pytestmark = [pytest.mark.security, pytest.mark.django_db]
PAGES = [key for key, row in MATRIX.items() if " " not in key and row.allowed]
SEARCHED = "?q=zqcanari"  # a slip, which the search forgives
ASKED = {"people-without-names": "publication=Canary"}  # kinds that give no rows unasked
BARRED = ("masked", "hidden", "excluded", "disposed")


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Of every logger, as they are written."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(str(record.msg) + str(record.args))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    before = logging.getLogger().level
    logging.getLogger().setLevel(logging.INFO)
    yield said
    logging.getLogger().setLevel(before)
    logging.getLogger().removeHandler(handler)


def naming(place: World, who: str, paths: list[str]) -> list[str]:
    """Those of the addresses whose answer names somebody."""
    found = []
    for path in paths:
        with transaction.atomic():
            answer = place.browsers[who].get(path)
            transaction.set_rollback(True)
        if not answer.streaming and CANARY.search(answer.content.decode(errors="replace")):
            found.append(path)
    return found


def addresses(place: World, who: str) -> list[str]:
    """What this role may open, and its lists once more with a search."""
    mine = [key for key in PAGES if who in MATRIX[key].allowed]
    found = [reverse(key, kwargs=place.records[key]) for key in mine]
    lists = [path for key, path in zip(mine, found, strict=True) if key.endswith("nominal-list")]
    return [*found, *(path + SEARCHED for path in lists)]


def exports_naming(user: Any) -> list[str]:
    """Each kind that this person may export, written as the job writes it."""
    found = []
    for kind in export_kinds():
        of_figure = kind.slug.startswith("figure-")  # the same rows, asked for through an indicator
        if of_figure or not user.has(kind.permission):
            continue
        query = QueryDict(ASKED.get(kind.slug, ""))
        with acting(lambda: user):
            rows = list(kind.rows(query).values_list(*kind.paths))
        file = io.BytesIO()
        WRITERS["csv"](file, kind.header, kind.shape(query, rows))
        if CANARY.search(file.getvalue().decode()):
            found.append(kind.slug)
    return found


def messages(place: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What an export of somebody who was searched for by name says to the workers."""
    broker = Mock()
    monkeypatch.setattr("core.jobs.current_app", broker)
    monkeypatch.setattr("core.jobs.transaction.on_commit", lambda send, **_: send())
    said = {"kind": "nominals", "query": "q=Zqcanary", "format": "csv"}
    with transaction.atomic():
        place.browsers["act-supervisor"].post("/exports/new/", said)
        transaction.set_rollback(True)
    assert broker.send_task.called
    return [str(call) for call in broker.send_task.call_args_list]


@pytest.mark.parametrize("standing", ["own area", *BARRED])
def test_name_stands_only_where_it_may(
    standing: str, settings, tmp_path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PURPOSE_NEEDED = []
    place = world()
    put(standing, place.people)
    sent = messages(place, monkeypatch)
    pages = {who: addresses(place, who) for who in sorted(EVERYBODY)}
    named = {who: naming(place, who, paths) for who, paths in pages.items()}
    files = {who: exports_naming(place.people[who]) for who in EVERYBODY}
    calls = sum(map(len, pages.values()))
    print(
        f"\n{standing}: {calls} answers, {sum(map(len, named.values()))} with names, {len(lines)} lines of logs"
    )
    if standing == "own area":
        assert all(len(named[who]) > 20 for who in VIEWERS)
        # Whoever reads the log reads whom it names, and nothing else of them.
        assert all(path.startswith("/audit/") for path in named.pop("auditor"))
    seen = VIEWERS if standing == "own area" else frozenset()
    assert {who: paths for who, paths in named.items() if paths and who not in seen} == {}
    assert {who: kinds for who, kinds in files.items() if kinds and who not in seen} == {}
    assert [line for line in lines if CANARY.search(line)] == []
    assert [message for message in sent if CANARY.search(message)] == []

"""Every address and method by every role and by how the record of its person stands.

Behind the gate of access_matrix.py: what is about one person answers by their standing, and where the
standing does not let somebody see them, no answer holds their name.
"""

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.integration.access_matrix import MATRIX
from tests.integration.access_rows import WORLD
from tests.integration.standing_rows import STANDINGS, wanted
from tests.integration.test_access_matrix import expected, split
from tests.probes.world import CANARY, World, put, world

pytestmark = pytest.mark.django_db
KEYS = [key for key, row in MATRIX.items() if row.kwargs and row.allowed]
# Those whom the gate stops at what is about nobody are in test_access_matrix.py already.
CELLS = [
    (key, who)
    for key in KEYS
    for who in sorted(WORLD)
    if wanted(key, "own area") or who in MATRIX[key].allowed
]


def sent(place: World, key: str, who: str) -> HttpResponse:
    name, method = split(key)
    send: Any = getattr(place.browsers[who], method)
    body = {"content_type": "application/json"} if key.startswith("api:") else {}
    with transaction.atomic():
        answer: HttpResponse = send(reverse(name, kwargs=place.records[key]), **body)
        transaction.set_rollback(True)
    return answer


def word(answer: HttpResponse) -> str:
    """What happened, in the words of standing_rows.py; "refused": for some other reason."""
    if answer.headers.get("Location", "").startswith("/purpose/"):
        return "asked"
    if answer.status_code == 403:
        text = answer.text
        asked = "X-Purpose" in text
        return "asked" if asked else "told" if "Restricted record" in text else "refused"
    return "absent" if answer.status_code == 404 else "shown"


def wrong(standing: str, key: str, who: str, answer: HttpResponse) -> str:
    """Empty where the cell is right."""
    row, found = MATRIX[key], word(answer)
    if who not in row.allowed:
        status = expected(key, who)
        return "" if answer.status_code == status else f"{answer.status_code} for {status}"
    barred = STANDINGS[standing] in {"told", "absent"}
    if barred and not answer.streaming and CANARY.search(answer.content.decode(errors="replace")):
        return "names somebody"
    told = wanted(key, standing)
    if told in ("", found):
        return ""
    if row.status == 400 == answer.status_code:
        return ""  # what was sent is looked at first, as for a record that is not there
    return f"{found} ({answer.status_code}) for {told}"


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_address_answers_by_the_standing(standing: str, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PURPOSE_NEEDED = ["out-of-area"]
    place = world()
    put(standing, place.people)
    found = {cell: wrong(standing, *cell, sent(place, *cell)) for cell in CELLS}
    assert {cell: what for cell, what in found.items() if what} == {}


def test_matrix_is_large() -> None:
    assert len(CELLS) * len(STANDINGS) >= 5000

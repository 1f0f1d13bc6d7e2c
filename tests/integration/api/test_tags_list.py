import pytest

from offenders.services.tags import close_request
from tests.factories.tags import CONSENTED, TagFactory, worn
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

TAGS = "/api/v1/tags/"


def test_list_holds_what_is_not_over_and_is_narrowed(sign_in):
    officer = sign_in("act-officer")
    tag, waiting, over = worn(), TagFactory.create(area_id="south"), TagFactory.create()
    by = UserFactory.create(roles=["act-officer"])
    close_request(by=by, tag=over, at=CONSENTED, reason="refused", note="Not consented to")
    for query, wanted in [
        ("", {tag.pk, waiting.pk}),
        ("over=true", {over.pk}),
        ("state=worn", {tag.pk}),
        ("unit=south", {waiting.pk}),
        (f"nominal={tag.nominal_id}", {tag.pk}),
        ("basis=licence", set()),
    ]:
        found = officer.get(f"{TAGS}?{query}")
        assert {row["id"] for row in found.json()} == wanted, query
    assert officer.get(f"{TAGS}?state=nonsense").status_code == 400

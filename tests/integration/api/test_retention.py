"""Reviews and holds by calls: the services of the pages, with their refusals."""

from datetime import timedelta
from typing import Any

import pytest

from core.dates import today
from offenders.models import RetentionReview
from tests.factories.retention import NO, due_review, old_nominal
from tests.integration.conftest import Browser

pytestmark = pytest.mark.django_db


class TestApi:
    def test_due_held_retained(self, sign_in) -> None:
        nominal = old_nominal()
        browser = sign_in("act-supervisor")
        path = f"/api/v1/nominals/{nominal.pk}"
        assert browser.get(f"{path}/retention/").json()["due_on"] == "2018-05-01"
        review = browser.post(f"{path}/retention/").json()
        said = {"kind": "other", "reason": "Asked by the coroner."}
        hold = browser.post(f"{path}/holds/", said, content_type="application/json").json()
        refused = self.send(browser, f"retention/{review['id']}/dispose", NO | {"reason": "Old"})
        assert refused.status_code == 403
        lifted = self.send(
            browser, f"nominals/{nominal.pk}/holds/{hold['id']}/lift", {"reason": "x"}
        )
        assert lifted.json()["lifted_by"] == browser.user.pk
        next_on = (today() + timedelta(days=400)).isoformat()
        kept = NO | {"reason": "A pattern.", "next_on": next_on}
        done = self.send(browser, f"retention/{review['id']}/retain", kept)
        assert (done.status_code, done.json()["state"]) == (200, "retained")
        assert self.send(browser, f"retention/{review['id']}/retain", kept).status_code == 400

    def send(self, browser: Browser, path: str, said: dict[str, Any]) -> Any:
        if "reason" in said and "is_violent" in said:
            said = said | {"version": RetentionReview.objects.get().version}
        return browser.post(f"/api/v1/{path}/", said, content_type="application/json")

    def test_list_and_outlook(self, sign_in) -> None:
        review = due_review()
        browser = sign_in("data-protection")
        assert [row["id"] for row in browser.get("/api/v1/retention/").json()] == [review.pk]
        found = browser.get("/api/v1/retention/outlook/?on=2026-01-01").json()
        assert (found["due"], found["groups"]["3"]) == (1, 1)
        assert found["records"][0]["nominal"] == review.nominal_id
        assert browser.get("/api/v1/retention/outlook/?on=9999-01-01").status_code == 400
        assert browser.get("/api/v1/retention/outlook/?by=2026-01-01").status_code == 400

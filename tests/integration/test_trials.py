"""Journeys with a trial and footwear: the test first, then scans, matches, and the result."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AuditEvent
from operations.models import FootwearMatch, FootwearScan, Trial
from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ArrestFactory
from tests.factories.operations import (
    SCANNED,
    FootwearMatchFactory,
    FootwearScanFactory,
    TrialFactory,
)

pytestmark = pytest.mark.django_db
LATER = SCANNED + timedelta(days=2)


def moment(at, name="at"):
    local = timezone.localtime(at)
    values = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
    return {f"{name}_{box}": value for box, value in values.items()}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def test_trial_runs_from_its_test_to_its_result(officer):
    days = {"starts_on_day": 1, "starts_on_month": 11, "starts_on_year": 2022}
    days |= {"ends_on_day": 30, "ends_on_month": 4, "ends_on_year": 2023}
    said = {"name": "Tread match", "purpose": "A scanner"} | days
    page = officer.post("/trials/new/", said, follow=True)
    assert "6 months" in page.text
    assert "Until it is, nothing can be recorded as a result." in page.text
    result = {"verdict": "met", "text": "Six matches", "is_final": "on"}
    page = officer.post("/trials/tread-match/results/new/", result | moment(timezone.now()))
    assert "Write the success test down before the first result." in page.text
    trial = Trial.objects.get()
    officer.post("/trials/tread-match/test/", {"version": trial.version, "test": "Five matches"})
    now = timezone.now() + timedelta(minutes=1)  # the form knows minutes only
    early = officer.post("/trials/tread-match/results/new/", result | moment(now))
    assert "in the future" in early.text
    Trial.objects.update(test_written_at=SCANNED)
    page = officer.post("/trials/tread-match/results/new/", result | moment(LATER), follow=True)
    assert "Test met" in page.text
    page = officer.post("/trials/tread-match/test/", {"version": 9, "test": "One match"})
    assert "Somebody else" in page.text or "cannot be changed any more" in page.text
    version = Trial.objects.get().version
    page = officer.post("/trials/tread-match/test/", {"version": version, "test": "One match"})
    assert "The success test cannot be changed any more" in page.text


def test_footwear_is_scanned_matched_qualified_and_comes_to_something(officer):
    arrest, trial, crime = ArrestFactory.create(), TrialFactory.create(), CrimeFactory.create()
    said = {"pattern": "Bars", "trial": trial.pk} | moment(SCANNED, "scanned_at")
    page = officer.post(f"/arrests/{arrest.pk}/footwear/new/", said, follow=True)
    assert "Footwear scan recorded." in page.text
    url = f"/footwear/{FootwearScan.objects.get().pk}/matches/"
    officer.post(f"{url}new/", {"crime": crime.pk} | moment(LATER, "found_at"))
    match = FootwearMatch.objects.get()
    page = officer.post(f"{url}{match.pk}/qualify/", {"reason": " "})
    assert page.context["form"].errors
    officer.post(f"{url}{match.pk}/qualify/", {"reason": "The same wear at the heel"})
    day = {"on_day": 20, "on_month": 1, "on_year": 2023}
    page = officer.post(f"{url}{match.pk}/outcome/", {"came_of": "charge"} | day, follow=True)
    assert "What came of it: a charge" in page.text
    page = officer.get(f"/nominals/{arrest.nominal_id}/?kind=Footwear")
    assert f"Footwear match with crime {crime.pk}: qualified" in page.text
    assert officer.get(f"/footwear/{FootwearScan.objects.get().pk}/matches/1/nonsense/").status_code == 404  # fmt: skip


def test_scan_is_offered_on_the_page_of_the_nominal(officer):
    arrest = ArrestFactory.create()
    assert "Record a footwear scan" in officer.get(f"/nominals/{arrest.nominal_id}/").text
    said = {"arrest": arrest.pk, "pattern": "Bars"} | moment(SCANNED, "scanned_at")
    page = officer.post(f"/nominals/{arrest.nominal_id}/footwear/new/", said, follow=True)
    assert "Footwear scan of" in page.text


def test_looks_at_the_data_are_kept_with_the_trial(officer):
    trial = TrialFactory.create()
    FootwearMatchFactory.create(scan__trial=trial)
    page = officer.get(f"/trials/{trial.pk}/data/")
    assert page.context["data"].candidates == 1
    assert str(officer.user) in officer.get(f"/trials/{trial.pk}/").text
    assert trial.looks.count() == 1


def test_manager_sees_the_counts_of_a_trial_and_nobody(sign_in):
    trial = TrialFactory.create()
    scan = FootwearScanFactory.create(trial=trial, arrest__nominal__surname="Brackmere")
    manager = sign_in("manager")
    page = manager.get(f"/trials/{trial.pk}/data/")
    assert page.context["data"].scans == 1
    assert "Brackmere" not in page.text
    assert manager.get(f"/footwear/{scan.pk}/").status_code == 404
    assert not AuditEvent.objects.filter(action="nominal.viewed").exists()


def test_qualified_matches_are_counted_and_rejected_are_not(officer):
    for state in ("qualified", "rejected"):
        FootwearMatchFactory.create(
            state=state,
            decided_at=LATER,
            decided_by=officer.user,
            reason="Invented",
            district_id="cambridge",
        )
    fold_changes()
    found = Figure.objects.get(indicator="footwear-matches", unit="cambridge", month="2023-01-01")
    assert found.numerator == 1


def test_api_decides_on_a_match_with_the_same_refusals(officer):
    match = FootwearMatchFactory.create()
    url = f"/api/v1/footwear/{match.scan_id}/matches/{match.pk}"
    post = lambda step, **said: officer.post(  # noqa: E731  # short
        f"{url}/{step}/", said, content_type="application/json"
    )
    assert post("qualify").status_code == 400
    assert post("qualify", reason="Wear", came_of="charge").status_code == 400
    assert post("outcome", came_of="charge").status_code == 400
    assert post("qualify", reason="Wear").json()["state"] == "qualified"
    assert post("outcome", came_of="charge").json()["came_of"] == "charge"
    assert officer.get(f"/api/v1/footwear/{match.scan_id}/").json()["matches"][0]["reason"] == "Wear"  # fmt: skip


def test_api_refuses_a_result_before_the_success_test(officer):
    trial = TrialFactory.create(test="", test_written_at=None, test_written_by=None)
    told = officer.post(
        f"/api/v1/trials/{trial.pk}/results/",
        {"verdict": "met", "text": "x"},
        content_type="application/json",
    )
    assert told.status_code == 400
    assert "Write the success test down" in told.content.decode()
    assert officer.get(f"/api/v1/trials/{trial.pk}/").json()["months"] == 6

"""What follows from a detention is recorded from its end, with what is known filled in."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from offenders.custody.clock import Kind
from offenders.models import CourtBail
from offenders.services.bail import record_rui
from offenders.services.custody import end_detention, record_custody_event
from tests.factories.bail import applied, bailed, court_bailed
from tests.factories.custody import ArrestFactory, detained
from tests.integration.custody_forms import moment

pytestmark = pytest.mark.django_db
ENDED = datetime(2023, 1, 11, 12, 30, tzinfo=UTC)


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.mark.parametrize(
    ("result", "path", "known"),
    [
        ("bailed", "bail", {"granted_at": ENDED, "surrender_place": "Parkside"}),
        ("investigated", "investigation", {"from_at": ENDED}),
        ("charged-bailed", "court-bail", {"granted_on": date(2023, 1, 11)}),
        ("charged-remanded", "remand", {"offence": "Burglary in a dwelling"}),
    ],
)
def test_release_leads_to_what_has_to_be_recorded_with_what_is_known(officer, result, path, known):
    detention = detained(by=officer.user)
    url = f"/custody/{detention.pk}/"
    if result.startswith("charged"):
        record_custody_event(by=officer.user, detention=detention, kind=Kind.CHARGED, at=ENDED)
    assert f"{url}end/?result={result}" in officer.get(url).text
    said = {"result": result, "version": detention.version, **moment("ended_at", time="12:30")}
    response = officer.post(f"{url}end/", said)
    nominal = detention.arrest.nominal_id
    wanted = f"/nominals/{nominal}/{path}/new/?arrest={detention.arrest_id}"
    assert response["Location"] == wanted
    initial = officer.get(wanted).context["form"].initial
    assert known.items() <= initial.items()
    assert initial["arrest"] == str(detention.arrest_id)
    assert "it is not recorded yet" in officer.get(url).text


def _ended(officer, result):
    detention = detained(by=officer.user)
    end_detention(by=officer.user, detention=detention, result=result, at=ENDED, version=None)
    return detention


RECORDED = {
    "bailed": lambda by, arrest: bailed(by=by, arrest=arrest, granted_at=ENDED),
    "investigated": lambda by, arrest: record_rui(by=by, arrest=arrest, from_at=ENDED),
    "charged-bailed": lambda by, arrest: court_bailed(by=by, nominal=arrest.nominal, arrest=arrest),
    "charged-remanded": lambda by, arrest: applied(by=by, nominal=arrest.nominal, arrest=arrest),
}


@pytest.mark.parametrize("result", RECORDED)
def test_recorded_release_is_asked_for_no_longer(officer, result):
    detention = _ended(officer, result)
    url = f"/custody/{detention.pk}/"
    assert "it is not recorded yet" in officer.get(url).text
    RECORDED[result](officer.user, detention.arrest)
    assert "it is not recorded yet" not in officer.get(url).text


@pytest.mark.parametrize(
    ("day", "asks"), [("2023-01-10", True), ("2023-01-11", False), ("2023-01-12", False)]
)
def test_bail_to_court_that_names_no_arrest_counts_from_the_day(officer, day, asks):
    detention = _ended(officer, "charged-bailed")
    court_bailed(by=officer.user, nominal=detention.arrest.nominal, granted_on=day)
    page = officer.get(f"/custody/{detention.pk}/").text
    assert ("it is not recorded yet" in page) is asks


def test_bail_to_court_is_recorded_after_its_arrest(officer):
    detention = _ended(officer, "charged-bailed")
    nominal = detention.arrest.nominal_id
    said = {
        "arrest": detention.arrest_id,
        "court": "Invented Magistrates",
        "granted_on_day": "11",
        "granted_on_month": "1",
        "granted_on_year": "2023",
        "tag": "asked",
    }
    page = officer.post(f"/nominals/{nominal}/court-bail/new/", said, follow=True)
    assert "Court bail recorded." in page.text
    assert CourtBail.objects.get().arrest == detention.arrest


def test_bail_to_court_after_the_arrest_of_somebody_else_is_refused():
    with pytest.raises(ValidationError, match="arrest of somebody else"):
        court_bailed(arrest=ArrestFactory.create())


def test_detention_that_ended_otherwise_leads_nowhere(officer):
    detention = _ended(officer, "no-action")
    assert "it is not recorded yet" not in officer.get(f"/custody/{detention.pk}/").text

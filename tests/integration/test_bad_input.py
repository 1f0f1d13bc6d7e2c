"""What nobody may record about a person: each page answers with its sentence, and nothing is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.dates import today, years_ago
from core.ranks import Rank
from offenders.custody.clock import Kind
from offenders.models import CustodyEvent, Disposal, NominalMerge, TagDeployment
from offenders.services.custody import record_custody_event
from tests.factories.bail import bailed
from tests.factories.cohorts import rated
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ARRIVED, detained
from tests.factories.nominals import NominalFactory
from tests.factories.tags import CONSENTED, TagUnitFactory, consented, worn
from tests.integration.custody_forms import moment
from tests.integration.test_disposals import an_offer
from tests.integration.test_tags import step

pytestmark = pytest.mark.django_db

TYPED = "Kept what I typed"


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def boss(sign_in):
    return sign_in("act-supervisor")


def after(hours: float) -> datetime:
    """Since the person arrived at the station."""
    return ARRIVED + timedelta(hours=hours)


def when(name: str, at: datetime) -> Any:
    return moment(name, str(at.day), f"{at:%H:%M}", str(at.month), str(at.year))


def held(officer, *, reviews=(6.0, 15.0), extended=False, mode="either"):
    detention = detained(by=officer.user, mode=mode)
    said: dict[str, Any] = {"by": officer.user, "detention": detention}
    for hours in reviews:
        at, rank = after(hours), Rank.INSPECTOR
        record_custody_event(kind=Kind.REVIEWED, at=at, authorised_rank=rank, **said)
    if extended:
        facts: dict[str, Any] = {"authorised_rank": Rank.SUPERINTENDENT, "hours": 36.0}
        record_custody_event(kind=Kind.EXTENDED, at=after(20), **said, **facts)
    return detention


def log(officer, detention, kind, since, **payload):
    said = {"authorised_rank": int(Rank.SUPERINTENDENT), "authorised_by": TYPED, "hours": "36"}
    url = f"/custody/{detention.pk}/log/{kind}/"
    return officer.post(url, said | when("at", after(since)) | payload)


def refused(page, sentence):
    """In the page that was sent, above what was typed."""
    assert page.status_code == 200
    assert sentence in page.text
    assert TYPED in page.text


@pytest.mark.parametrize(
    ("facts", "hours", "sentence"),
    [
        ({"mode": "summary"}, 20, "Every offence of this arrest is summary only"),
        ({"reviews": (6.0,)}, 14, "before the second review is done"),
        ({}, 24 + 1 / 60, "The time allowed had run out by then"),
    ],
    ids=["summary-only offence", "before the second review", "at 24 h 01"],
)
def test_extension_that_the_law_does_not_give(officer, facts, hours, sentence):
    detention = held(officer, **facts)
    refused(log(officer, detention, "extended", hours), sentence)
    assert not CustodyEvent.objects.filter(kind=Kind.EXTENDED).exists()


def test_warrant_is_counted_from_its_issue_and_not_from_36_hours(officer):
    detention = held(officer, extended=True)
    page = log(officer, detention, "warrant", 34, hours="38", reason=TYPED)
    refused(page, "counted from its issue and not from the end of the extension")
    log(officer, detention, "warrant", 34, reason=TYPED)
    assert detention.clock.limit_at == after(34 + 36)


def test_reviews_in_the_wrong_order(officer):
    detention = held(officer)
    page = log(officer, detention, "reviewed", 5, authorised_rank=int(Rank.INSPECTOR))
    refused(page, "Reviews are logged in their order")


def test_arrival_before_the_arrest(officer):
    payload = {
        **moment("arrested_at", time="06:40"),
        "nominal": NominalFactory.create().ref,
        "place": "Invented Street",
        "offence": TYPED,
        "crimes": "",
        "mode": "either",
        "arresting_officer": officer.user.pk,
        "station": "Parkside",
        **moment("arrived_at", time="06:39"),
    }
    page = officer.post("/custody/arrest/new/", payload)
    refused(page, "Nothing in custody comes before the arrest")


def test_second_live_tag(officer):
    nominal = worn().nominal
    page = officer.post(f"/nominals/{nominal.pk}/tags/new/", {"basis": "voluntary", "why": TYPED})
    refused(page, "This nominal has a tag already, or waits for one.")
    assert TagDeployment.objects.count() == 1


def test_tag_without_a_basis(officer):
    url = f"/nominals/{NominalFactory.create().pk}/tags/new/"
    page = officer.post(url, {"why": TYPED})
    refused(page, "legal basis")
    assert not TagDeployment.objects.exists()


def test_consent_dated_after_the_fitting(officer):
    tag, unit = consented(), TagUnitFactory.create()
    early = CONSENTED - timedelta(hours=1)
    page = step(officer, tag, "fit", early, device=unit.pk, note=TYPED)
    refused(page, "The consent is dated after this fitting")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"admission": "none"}, "needs the person to admit the offence"),
        ({"type": "youth-caution"}, "the nominal is too old on that day"),
        ({"authorised_rank": int(Rank.CONSTABLE)}, "authorised by a higher rank"),
    ],
    ids=["caution without admission", "youth disposal for an adult", "too low a rank"],
)
def test_disposal_that_cannot_be_given(officer, wrong, sentence):
    nominal, crime = NominalFactory.create(), CrimeFactory.create()
    offer = an_offer(crime, **wrong) | {"rationale": TYPED}
    refused(officer.post(f"/nominals/{nominal.pk}/disposals/new/", offer), sentence)
    assert not Disposal.objects.exists()


def test_youth_caution_without_an_appropriate_adult(officer):
    child = NominalFactory.create(date_of_birth=years_ago(15, today()))
    offer = an_offer(CrimeFactory.create(), type="youth-caution", rationale=TYPED)
    for name in [name for name in offer if name.startswith(("kind_", "text_", "due_on_"))]:
        del offer[name]
    page = officer.post(f"/nominals/{child.pk}/disposals/new/", offer)
    refused(page, "in the presence of an appropriate adult: name them")
    offer["appropriate_adult"] = "Aunt Invented"
    officer.post(f"/nominals/{child.pk}/disposals/new/", offer)
    assert Disposal.objects.get().appropriate_adult == "Aunt Invented"


def test_bail_extended_after_its_end(officer):
    bail = bailed(arrested_at=datetime(2023, 1, 10, 14, 0, tzinfo=UTC))
    said = {
        **when("at", datetime(2023, 4, 11, 9, 0, tzinfo=UTC)),
        "authorised_rank": int(Rank.SUPERINTENDENT),
        "authorised_by": "Superintendent Invented",
        "reason": TYPED,
        "version": bail.version,
    }
    page = officer.post(f"/bail/{bail.pk}/extend/", said)
    assert page.status_code == 200
    assert TYPED in page.text
    assert "end" in str(page.context["form"].errors)
    bail.refresh_from_db()
    assert bail.step == 0


def test_exit_from_a_cohort_without_a_reason(boss):
    member = rated()
    member.refresh_from_db()
    said = {"version": member.version, "reason": TYPED, **moment("on", "10")}
    page = boss.post(f"/cohorts/members/{member.pk}/de-selected/", said)
    assert page.status_code == 200
    assert TYPED in page.text
    assert "exit" in page.context["form"].errors


def test_nominal_who_is_their_own_associate(officer):
    nominal = NominalFactory.create()
    said = {"other": nominal.ref, "kind": "associate", "text": TYPED}
    page = officer.post(f"/nominals/{nominal.pk}/parts/association/new/", said)
    refused(page, "A nominal cannot be their own associate.")


def test_merge_of_a_nominal_with_themselves(boss):
    nominal = NominalFactory.create()
    said = {"gone": nominal.ref, "reason": TYPED}
    refused(
        boss.post(f"/nominals/{nominal.pk}/merge/", said),
        "A nominal cannot be merged with themselves.",
    )
    assert not NominalMerge.objects.exists()


def test_two_officers_who_edit_one_nominal_at_once(officer):
    nominal = NominalFactory.create()
    said = {"surname": "First", "forenames": "O", "sex": "M", "ethnicity": "NS", "version": 1}
    url = f"/nominals/{nominal.pk}/edit/"
    officer.post(url, said)
    page = officer.post(url, said | {"surname": TYPED})
    refused(page, "Somebody else changed this record while you were editing it.")
    nominal.refresh_from_db()
    assert nominal.surname == "First"
    again = said | {"surname": TYPED, "version": page.context["form"].data["version"]}
    officer.post(url, again)
    nominal.refresh_from_db()
    assert nominal.surname == TYPED

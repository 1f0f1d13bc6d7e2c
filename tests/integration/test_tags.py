"""Journeys with a tag: ask, consent, fit, check, answer an alert, remove; stock and effect."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.models import AuditEvent
from offenders.models import NominalGroup, TagAlert, TagDeployment, TagUnit
from offenders.people import dues
from offenders.services import tag_stock, tag_watch, tags
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ArrestFactory, ArrestOffenceFactory
from tests.factories.nominals import NominalFactory
from tests.factories.tags import CONSENTED, FITTED, TagFactory, TagUnitFactory, consented, worn
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
LATER = FITTED + timedelta(days=30)


def moment(at, name="at"):
    values = {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}
    return {f"{name}_{box}": value for box, value in values.items()}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def step(officer, tag, slug, at, **payload):
    return officer.post(f"/tags/{tag.pk}/steps/{slug}/", moment(at) | payload, follow=True)


def test_tag_is_asked_for_consented_to_fitted_checked_and_removed(officer):
    nominal, unit = NominalFactory.create(unit_id="north"), TagUnitFactory.create()
    assert "Ask for a tag" in officer.get(f"/nominals/{nominal.pk}/").text
    request = {"basis": "voluntary", "why": "Invented"}
    with time_machine.travel(CONSENTED - timedelta(days=1), tick=False):
        page = officer.post(f"/nominals/{nominal.pk}/tags/new/", request, follow=True)
    assert "Record consent" in page.text
    tag = TagDeployment.objects.get()
    step(officer, tag, "consent", CONSENTED, note="Signed form")
    page = step(officer, tag, "fit", FITTED, device=unit.pk)
    assert "Check the tag" in page.text
    officer.post(f"/tags/{tag.pk}/checks/new/", moment(LATER) | {"result": "good"})
    done = {"reason": "end-date", "unit_becomes": "stock"}
    page = step(officer, tag, "remove", LATER + timedelta(days=1), **done)
    assert "Removed: end date reached" in page.text
    assert "Check: in order" in page.text


def test_request_without_a_basis_is_refused_and_keeps_what_was_typed(officer):
    nominal = NominalFactory.create()
    page = officer.post(f"/nominals/{nominal.pk}/tags/new/", {"why": "Invented reason"})
    assert "basis" in page.context["form"].errors
    assert "Invented reason" in page.text
    page = officer.post(
        f"/nominals/{nominal.pk}/tags/new/", {"basis": "police-bail", "why": "Invented"}
    )
    assert "say which power the tag stands on" in page.text
    assert not TagDeployment.objects.exists()


def test_consent_dated_after_the_fitting_is_a_sentence(officer):
    tag, unit = consented(), TagUnitFactory.create()
    page = step(officer, tag, "fit", CONSENTED - timedelta(hours=1), device=unit.pk)
    assert "The consent is dated after this fitting" in page.text


def test_step_that_is_not_open_is_a_sentence_and_an_unknown_one_404(officer):
    page = step(officer, consented(), "suspend", LATER, note="Funeral")
    assert "it cannot be suspended now" in page.text
    assert officer.get(f"/tags/{consented().pk}/steps/nonsense/").status_code == 404


def test_withdrawal_is_said_to_be_no_breach(officer):
    page = step(officer, worn(), "withdraw", LATER)
    assert "a fact and never a breach" in page.text
    assert "Take the tag off" in page.text
    assert "Record a check" not in page.text


def test_alert_has_a_chronology_and_is_closed_with_a_reason(officer):
    tag = worn()
    officer.post(f"/tags/{tag.pk}/alerts/new/", moment(LATER) | {"kind": "strap"})
    alert = TagAlert.objects.get()
    assert "Strap tampered with" in officer.get("/tags/").text
    url = f"/tags/{tag.pk}/alerts/{alert.pk}/"
    officer.post(f"{url}entries/new/", moment(LATER) | {"text": "Rang the wearer"})
    assert officer.post(f"{url}close/", {"result": "false"}).context["form"].errors
    page = officer.post(f"{url}close/", {"result": "false", "reason": "Shower"}, follow=True)
    assert "Rang the wearer" in page.text
    assert "False alarm: Shower" in page.text


def test_condition_without_days_is_refused(officer):
    url = f"/tags/{worn().pk}/conditions/new/"
    payload = {"kind": "exclusion", "place": "Invented Square", "starts": "08:00", "ends": "17:00"}
    assert "weekdays" in officer.post(url, payload).context["form"].errors
    page = officer.post(url, payload | {"weekdays": ["0", "1"]}, follow=True)
    assert "Monday, Tuesday, 08:00 to 17:00, UK time" in page.text


def test_condition_ends_on_a_day(officer):
    tag = worn()
    facts = {"kind": "curfew", "place": "Home", "starts": "19:00", "ends": "07:00"}
    made = tag_watch.add_condition(by=officer.user, tag=tag, weekdays=[0], **facts)
    day = {"until_day": made.since.day, "until_month": made.since.month}
    payload = {"version": 1, "until_year": made.since.year} | day
    officer.post(f"/tags/{tag.pk}/conditions/{made.pk}/end/", payload)
    made.refresh_from_db()
    assert made.until == made.since


def test_stock_says_who_waits_and_for_how_long(officer):
    TagUnitFactory.create()
    with time_machine.travel(datetime(2021, 1, 27, 12, tzinfo=UTC), tick=False):
        consented()
        page = officer.get("/tags/")
    assert page.context["stock"].waiting[0].days == 23
    assert "Waiting now: 1, the longest for 23 days." in page.text
    looks = AuditEvent.objects.filter(action="nominal.viewed")
    assert looks.count() == 1


def test_stock_counts_the_days_that_units_were_worn(officer):
    worn()
    with time_machine.travel(datetime(2021, 1, 31, 12, tzinfo=UTC), tick=False):
        month = officer.get("/tags/").context["stock"].months[-1]
    assert (month.worn, month.owned, month.percent) == (21, 31, "68%")


def test_unit_is_added_and_changed_from_the_stock_page(officer):
    officer.post("/tags/units/new/", {"serial": "TAG-1", "area": "north"})
    unit = TagUnit.objects.get()
    change = {"version": 1, "area": "south", "status": "repair", "note": "Strap"}
    officer.post(f"/tags/units/{unit.pk}/edit/", change)
    page = officer.post(f"/tags/units/{unit.pk}/edit/", change | {"status": "stock"})
    assert "Somebody else changed this record" in page.text
    assert TagUnit.objects.get().status == "repair"


def test_page_of_a_nominal_tells_of_the_tag(officer):
    page = officer.get(f"/nominals/{worn().nominal_id}/?kind=Tag").text
    assert "Tag worn" in page
    assert "Tag: Consent given" in page


def test_work_lists_checks_and_alerts_of_the_officer(officer):
    tag = worn(by=officer.user)
    tag_watch.raise_alert(by=officer.user, tag=tag, kind="zone", at=LATER)
    titles = {due.title for tell in dues for due in tell([officer.user])}
    assert titles >= {"Check the tag", "Answer the alert: Zone entered or left"}


def test_page_of_a_tag_leaves_one_look_and_carries_no_style(officer):
    tag = worn()
    page = officer.get(f"/tags/{tag.pk}/").text
    looks = AuditEvent.objects.filter(action="nominal.viewed")
    assert [look.target_id for look in looks] == [str(tag.nominal_id)]
    assert not re.search(r"\sstyle=", page)


def burgle(nominal, at, **crime):
    """Somebody arrested for a recorded burglary of that time."""
    found = CrimeFactory.create(occurred_from=at, recorded_at=at, **crime)
    arrest = ArrestFactory.create(nominal=nominal, arrested_at=at + timedelta(days=1))
    ArrestOffenceFactory.create(arrest=arrest, crime=found)


@pytest.fixture
def in_march():
    """60 days after the fitting."""
    with time_machine.travel(FITTED + timedelta(days=60), tick=False):
        yield


def test_effect_counts_offences_and_days_of_equal_length(officer, in_march):
    tag = worn()
    for days in (-70, -50, -10):
        burgle(tag.nominal, FITTED + timedelta(days=days))
    tags.remove(by=officer.user, tag=tag, at=FITTED + timedelta(days=55), reason="end-date")
    burgle(tag.nominal, FITTED + timedelta(days=57))
    burgle(tag.nominal, FITTED + timedelta(days=20), cancelled_at=FITTED + timedelta(days=21))
    page = officer.get(f"/nominals/{tag.nominal_id}/tag-effect/")
    lines = page.context["lines"]
    assert [(line["offences"], line["days"]) for line in lines] == [(2, "55"), (0, "55"), (1, "5")]
    assert lines[1]["interval"] == "0.00 to 6.71"  # 3.689 / 55 days, exact Poisson
    assert "not a causal estimate" in page.text


def test_saved_group_gives_its_answer_together(officer, in_march):
    officer.post("/tags/groups/new/", {"name": "Op Invented"})
    group = NominalGroup.objects.get()
    for _ in range(2):
        tag = worn()
        burgle(tag.nominal, FITTED - timedelta(days=10))
        officer.post(f"/tags/groups/{group.pk}/add/", {"nominal": tag.nominal.ref})
    page = officer.get(f"/tags/groups/{group.pk}/")
    answer = "No further recorded offences since fitting: 2 people, 120 days at liberty."
    assert answer in page.text
    member = group.members.first()
    assert member is not None
    officer.post(f"/tags/groups/{group.pk}/members/{member.pk}/remove/")
    assert group.members.count() == 1


def test_nominal_is_in_a_group_once(officer):
    group, nominal = NominalGroup.objects.create(name="x", made_by=officer.user), worn().nominal
    for _ in range(2):
        page = officer.post(f"/tags/groups/{group.pk}/add/", {"nominal": nominal.ref})
    assert "in the group already" in page.text


def test_effect_of_somebody_who_never_wore_a_tag(officer):
    page = officer.get(f"/nominals/{NominalFactory.create().pk}/tag-effect/")
    assert "Nobody here has worn a tag." in page.text


def test_pages_keep_their_queries(officer):
    tag, group = worn(), NominalGroup.objects.create(name="x", made_by=officer.user)
    minutes = iter(range(1, 1000))

    def alert():
        at = LATER + timedelta(minutes=next(minutes))
        found = tag_watch.raise_alert(by=officer.user, tag=tag, kind="zone", at=at)
        tag_watch.add_to_alert(by=officer.user, alert=found, at=at, text="Rang")
        tag_watch.check(by=officer.user, tag=tag, at=at, result="good")

    assert_flat(lambda: officer.get(f"/tags/{tag.pk}/"), alert, rows=5)
    assert_flat(lambda: officer.get("/tags/"), TagFactory.create, rows=5)
    assert_flat(
        lambda: officer.get(f"/tags/groups/{group.pk}/"),
        lambda: tag_stock.add_to_group(by=officer.user, group=group, nominal=worn().nominal),
        rows=5,
    )


def call(officer, path, said):
    return officer.post(f"/api/v1/{path}", json.dumps(said), content_type="application/json")


def test_api_goes_the_same_way(officer):
    unit, nominal = TagUnitFactory.create(), NominalFactory.create()
    said = {"nominal": nominal.pk, "basis": "voluntary", "why": "Invented"}
    pk = call(officer, "tags/", said).json()["id"]
    now = datetime.now(tz=UTC).isoformat()
    call(officer, f"tags/{pk}/steps/consent/", {"at": now, "note": "Signed"})
    assert call(officer, f"tags/{pk}/steps/fit/", {"at": now}).status_code == 400
    now = datetime.now(tz=UTC).isoformat()
    done = call(officer, f"tags/{pk}/steps/fit/", {"at": now, "device": unit.serial})
    assert done.json()["state"] == "worn"
    now = datetime.now(tz=UTC).isoformat()
    alert = call(officer, f"tags/{pk}/alerts/", {"at": now, "kind": "zone"}).json()["id"]
    call(officer, f"tags/{pk}/checks/", {"at": now, "result": "good"})
    said = {"result": "false", "reason": "Drift"}
    assert call(officer, f"tags/{pk}/alerts/{alert}/close/", said).status_code == 200
    shown = officer.get(f"/api/v1/tags/{pk}/").json()
    assert (shown["alerts"][0]["result"], shown["checks"][0]["result"]) == ("false", "good")
    assert len(officer.get("/api/v1/tags/").json()) == 1
    assert officer.get("/api/v1/tag-units/").json()[0]["status"] == "fitted"


def test_api_answers_a_refusal_with_its_sentence(officer):
    nominal = NominalFactory.create()
    said = {"nominal": nominal.pk, "basis": "police-bail", "why": "Invented"}
    answer = call(officer, "tags/", said)
    assert (answer.status_code, list(answer.json())) == (400, ["basis_note"])
    tag = consented()
    said = {"at": LATER.isoformat(), "reason": "end-date"}
    assert "reason" in call(officer, f"tags/{tag.pk}/steps/book/", said).json()
    assert call(officer, f"tags/{tag.pk}/steps/none/", said).status_code == 404
    said = {"result": "false", "reason": "x"}
    assert call(officer, f"tags/{tag.pk}/alerts/0/close/", said).status_code == 404

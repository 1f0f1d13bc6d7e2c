"""Journeys: offer a conditional caution, keep its conditions, record a breach, a conviction."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from core.models import AuditEvent
from offenders.models import Conviction, Disposal, DisposalType
from offenders.selectors.disposals import _dues
from tests.factories.crimes import CrimeFactory
from tests.factories.disposals import BORN, offered, running
from tests.factories.nominals import NominalFactory
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


def moment(name, at=None):
    at = timezone.localtime(at)
    values = {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}
    return {f"{name}_{box}": value for box, value in values.items()}


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def an_offer(crime, **changes):
    due = timezone.localdate() + timedelta(days=10)
    return {
        "type": "conditional-caution",
        "crimes": crime.pk,
        **moment("offered_at"),
        "admission": "guilt",
        "victim_view": "supports",
        "rationale": "A warning did not do.",
        "authorised_rank": 2,
        "authorised_by": "Sergeant Invented",
        "kind_1": "reparative",
        "text_1": "Write to the victim",
        **day("due_on_1", due),
        **changes,
    }


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_caution_is_offered_accepted_and_breached(officer, sign_in):
    nominal, crime = NominalFactory.create(), CrimeFactory.create()
    assert f"/nominals/{nominal.pk}/disposals/new/" in officer.get(f"/nominals/{nominal.pk}/").text
    officer.post(f"/nominals/{nominal.pk}/disposals/new/", an_offer(crime))
    disposal = Disposal.objects.get()
    url = f"/disposals/{disposal.pk}/"
    assert "The person accepts" in officer.get(url).text
    officer.post(f"{url}accept/", {**moment("at"), "has_consent": "on"})
    crime.refresh_from_db()
    assert crime.outcome_id == "3"
    condition = disposal.conditions.get()
    missed = {"reason": "No letter", "has_excuse": "no"}
    page = officer.post(f"{url}conditions/{condition.pk}/not-met/", missed, follow=True)
    assert "A supervisor decides what follows" in page.text
    assert officer.get(f"{url}decision/").status_code == 403
    decided = {"decision": "prosecuted", "reason": "He was warned"}
    page = sign_in("act-supervisor").post(f"{url}decision/", decided, follow=True)
    assert "Prosecuted after a breach" in page.text
    charge = f"/nominals/{nominal.pk}/disposals/new/?after={disposal.pk}"
    assert charge in page.text
    asked = officer.get(charge).context["form"].initial
    assert (asked["type"], asked["crimes"]) == ("charge", crime.pk)
    no_condition = dict.fromkeys(("kind_1", "text_1", *day("due_on_1", timezone.now())), "")
    officer.post(charge, an_offer(crime, type="charge", **no_condition))
    crime.refresh_from_db()
    assert crime.outcome_id == "1"


def test_diversion_is_completed(officer):
    disposal = running(code="outcome-22")
    url = f"/disposals/{disposal.pk}/"
    assert "It cannot be completed yet" in officer.get(url).text
    condition = disposal.conditions.get()
    officer.post(f"{url}conditions/{condition.pk}/met/", {"evidence": "Seen"})
    officer.post(f"{url}complete/", moment("at"))
    assert Disposal.objects.get().state == "completed"


def test_condition_is_varied(officer):
    disposal = running()
    url = f"/disposals/{disposal.pk}/conditions/{disposal.conditions.get().pk}/vary/"
    assert "Write to the victim" in officer.get(url).text
    due = timezone.localdate() + timedelta(days=30)
    changed = {"kind": "reparative", "text": "Repair it", **day("due_on", due), "reason": "Moved"}
    page = officer.post(url, changed, follow=True)
    assert "Repair it" in page.text
    assert "Varied" in page.text


@pytest.mark.parametrize(("step", "state"), [("decline", "declined"), ("withdraw", "withdrawn")])
def test_offer_is_answered(officer, step, state):
    disposal = offered()
    officer.post(f"/disposals/{disposal.pk}/{step}/", {"reason": "Asked for a court"})
    assert Disposal.objects.get().state == state


def test_breach_is_recorded_by_hand(officer):
    disposal = running()
    officer.post(f"/disposals/{disposal.pk}/breach/", {"reason": "Arrested again"})
    assert Disposal.objects.get().state == "breached"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("admission", {"admission": "none"}),
        ("victim_view", {"victim_view": "not-asked"}),
        ("authorised_rank", {"authorised_rank": 1}),
        ("type", {"type": "youth-caution"}),
        ("type", {"type": "diversionary-caution"}),
        ("crimes", {"crimes": "none/such"}),
        ("rationale", {"rationale": ""}),
        ("text_1", {"text_1": ""}),
        ("text_1", {"kind_1": "", "text_1": "", "due_on_1_day": "", "due_on_1_month": "", "due_on_1_year": ""}),
    ],
)  # fmt: skip
def test_offer_is_refused_beside_its_field_and_keeps_what_was_typed(officer, field, wrong):
    nominal, crime = NominalFactory.create(), CrimeFactory.create()
    response = officer.post(f"/nominals/{nominal.pk}/disposals/new/", an_offer(crime, **wrong))
    assert field in errors(response)
    assert "Sergeant Invented" in response.text
    assert not Disposal.objects.exists()


def test_offer_says_what_is_needed_and_what_was_used(officer):
    used = running(code="community-resolution")
    page = officer.get(f"/nominals/{used.nominal_id}/disposals/new/").text
    assert "A warning did not do." in page
    assert "Community resolution was used on" in page
    assert "the nominal is too old on that day" in page
    assert "Diversionary caution" not in page


def test_conviction_and_sentence_are_recorded_changed_and_listed(officer):
    nominal = NominalFactory.create()
    url = f"/nominals/{nominal.pk}/convictions/"
    when = timezone.localdate()
    facts = {"court": "Invented Crown Court", **day("convicted_on", when), "title": "Burglary"}
    officer.post(f"{url}new/", facts)
    made = Conviction.objects.get()
    custody = {"kind": "custody", **day("sentenced_on", when), "months": 30}
    page = officer.post(f"{url}{made.pk}/sentences/new/", custody, follow=True)
    assert "Custody, 2 years 6 months" in page.text
    officer.post(f"{url}{made.pk}/edit/", {**facts, "title": "Burglary dwelling", "version": 1})
    page = officer.get("/convictions/?offence=dwelling&kind=custody").text
    assert "Burglary dwelling" in page
    assert "2 years 6 months" in page
    assert "No conviction matches" in officer.get("/convictions/?kind=fine").text


def test_sentence_without_its_months_is_refused(officer):
    nominal = NominalFactory.create()
    made = Conviction.objects.create(nominal=nominal, court="Court", title="Theft")
    url = f"/nominals/{nominal.pk}/convictions/{made.pk}/sentences/new/"
    wrong = {"kind": "custody", **day("sentenced_on", timezone.localdate())}
    assert "Give the length in months." in officer.post(url, wrong).text


def test_page_of_a_nominal_tells_of_disposals(officer):
    disposal = running()
    Conviction.objects.create(nominal=disposal.nominal, court="Court", title="Theft")
    page = officer.get(f"/nominals/{disposal.nominal_id}/").text
    assert "Conditional caution offered" in page
    assert "Next condition due" in page
    assert "Convicted: Theft, Court" in page


def test_conditions_fall_due_to_the_officer():
    disposal = running()
    disposal.conditions.update(due_on=timezone.localdate())
    assert [due.title for due in _dues([disposal.officer])] == [
        "Conditional caution: Write to the victim"
    ]


def test_look_at_a_disposal_is_logged_once(officer):
    disposal = running()
    officer.get(f"/disposals/{disposal.pk}/")
    assert AuditEvent.objects.filter(action="nominal.viewed").count() == 1


def test_query_counts_stay_flat(officer):
    nominal = NominalFactory.create(date_of_birth=BORN)

    def add():
        running(nominal=nominal, code="conditional-caution")
        made = Conviction.objects.create(
            nominal=nominal, court=f"Court {Conviction.objects.count()}", title="Theft"
        )
        made.sentences.create(kind="custody", months=3)

    for path in ("disposals/", "disposals/new/", ""):
        assert_flat(partial(officer.get, f"/nominals/{nominal.pk}/{path}"), add, rows=4)
    assert_flat(lambda: officer.get("/convictions/"), add, rows=4)


def test_administrator_brings_a_type_into_force(sign_in):
    admin = sign_in("administrator")
    url = "/admin/offenders/disposaltype/diversionary-caution/change/"
    assert "Diversionary caution" in admin.get(url).text
    assert (
        DisposalType.objects.on(timezone.localdate()).filter(pk="diversionary-caution").count() == 0
    )

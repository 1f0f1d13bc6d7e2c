import pytest
from django.core.exceptions import ValidationError

from core.dates import today, years_ago
from core.models import AuditEvent
from offenders.models import Alias, Nominal, Priority, Vehicle, WarningMarker
from offenders.services.nominals import amend_nominal, record_nominal
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def url(nominal, rest=""):
    return f"/nominals/{nominal.pk}/{rest}"


def born(day="17", month="5", year="1990"):
    return {"date_of_birth_day": day, "date_of_birth_month": month, "date_of_birth_year": year}


def facts(**changes):
    return {
        "surname": "Quillfeather",
        "forenames": "Oswin",
        **born(),
        "sex": "M",
        "ethnicity": "NS",
        **changes,
    }


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_new_nominal_is_given_a_reference_and_its_recorder(officer):
    response = officer.post("/nominals/new/", facts(), follow=True)
    nominal = Nominal.objects.get()
    assert "QUILLFEATHER, Oswin" in response.text
    assert (nominal.ref, nominal.lead_officer) == (f"N{nominal.pk:07d}", officer.user)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("surname", {"surname": ""}),
        ("ref", {"ref": "taken"}),
        ("date_of_birth", born(year="2099")),
        ("date_of_birth", born(year="1880")),
        ("__all__", {"pnc_id": "90/1z"}),
    ],
)
def test_new_nominal_refuses_what_cannot_be(officer, field, wrong):
    NominalFactory.create(ref="TAKEN", pnc_id="90/1Z")
    assert field in errors(officer.post("/nominals/new/", facts(**wrong)))
    assert Nominal.objects.count() == 1


def test_new_nominal_is_held_against_those_recorded(officer):
    NominalFactory.create(surname="Quilfeather", forenames="Oswyn", ref="N1")
    response = officer.post("/nominals/new/", facts())
    assert "Is it one of these?" in response.text
    assert "QUILFEATHER, Oswyn (N1)" in str(errors(response))
    officer.post("/nominals/new/", facts(none_of_these="on"))
    assert Nominal.objects.count() == 2


def test_edit_tells_the_second_editor_and_keeps_both(officer):
    nominal = NominalFactory.create()
    change = facts(lead_officer=officer.user.pk, version=1)
    officer.post(url(nominal, "edit/"), change)
    response = officer.post(url(nominal, "edit/"), change | {"forenames": "Osric"})
    assert "Somebody else changed this record" in response.text
    assert Nominal.objects.get().forenames == "Oswin"


def test_lead_officer_changes_by_a_handover_alone(officer):
    nominal = NominalFactory.create()
    lead = nominal.lead_officer
    assert "lead_officer" not in officer.get(url(nominal, "edit/")).context["form"].fields
    officer.post(url(nominal, "edit/"), facts(lead_officer=officer.user.pk, version=1))
    nominal.refresh_from_db()
    assert (nominal.surname, nominal.lead_officer) == ("Quillfeather", lead)
    with pytest.raises(ValidationError, match="changes by a handover"):
        amend_nominal(by=officer.user, nominal=nominal, version=None, lead_officer=officer.user)


@pytest.mark.parametrize(
    ("fields", "roles", "sentence"),
    [
        ({"is_active": False}, ["act-officer"], "has left"),
        ({}, ["analyst"], "may be given nominals"),
    ],
)
def test_nobody_is_recorded_without_an_officer_who_can_act(officer, fields, roles, sentence):
    lead = UserFactory.create(roles=roles, **fields)
    with pytest.raises(ValidationError, match=sentence):
        record_nominal(by=officer.user, surname="Quill", forenames="O", lead_officer=lead)


def test_page_logs_one_look(officer):
    nominal = NominalFactory.create()
    officer.get(url(nominal))
    assert AuditEvent.objects.filter(action="nominal.viewed", target_id=nominal.pk).count() == 1


def test_page_marks_a_child_and_warns(officer):
    nominal = NominalFactory.create(date_of_birth=years_ago(15, today()))
    WarningMarker.objects.create(nominal=nominal, marker="weapons")
    text = officer.get(url(nominal)).text
    assert ">Child<" in text
    assert ">Weapons<" in text


PARTS = {
    "alias": {"forenames": "Spindle"},
    "identifier": {"kind": "cro", "value": "123/90a"},
    "address": {"kind": "home", "line": "1 Nowhere Row", "postcode": "pe11aa"},
    "vehicle": {"registration": "zz12 zzz"},
    "warning": {"marker": "drugs"},
    "typology": {"kind": "burglar"},
    "risk-score": {
        "instrument": "ogrs3",
        "instrument_version": "3",
        "value": "76",
        "band": "high",
        "nature": "static",
        "scored_by": "Probation",
        "scored_on_day": "1",
        "scored_on_month": "2",
        "scored_on_year": "2024",
    },
}
SHOWN = {
    "alias": "Spindle",
    "identifier": "CRO number 123/90A",
    "address": "1 Nowhere Row PE1 1AA",
    "vehicle": "ZZ12ZZZ",
    "warning": "Drugs",
    "typology": "Burglar",
    "risk-score": "OGRS3 76, high",
}


@pytest.mark.parametrize("part", PARTS)
def test_part_is_added_changed_and_removed(officer, part):
    nominal = NominalFactory.create()
    shown = officer.post(url(nominal, f"parts/{part}/new/"), PARTS[part], follow=True)
    assert SHOWN[part] in shown.text
    rows = officer.get(url(nominal)).context["page"].parts[part].rows
    officer.post(url(nominal, f"parts/{part}/{rows[0].pk}/edit/"), PARTS[part] | {"version": 1})
    gone = url(nominal, f"parts/{part}/{rows[0].pk}/remove/")
    assert errors(officer.post(gone, {"reason": ""}))
    officer.post(gone, {"reason": "Mistaken"})
    assert officer.get(url(nominal)).context["page"].parts[part].rows == []


@pytest.mark.parametrize(
    ("part", "field", "wrong"),
    [
        ("alias", "__all__", {"forenames": ""}),
        ("address", "postcode", {"postcode": "nowhere"}),
        ("vehicle", "__all__", {"registration": "ZZ-1"}),
        ("risk-score", "band", {"band": "low"}),
        ("risk-score", "__all__", {"value": "101", "band": "very-high"}),
        ("risk-score", "scored_on", {"scored_on_year": "2199"}),
        ("warning", "since", {"since_day": "1", "since_month": "1", "since_year": "2199"}),
    ],
)
def test_part_refuses_what_cannot_be(officer, part, field, wrong):
    nominal = NominalFactory.create()
    response = officer.post(url(nominal, f"parts/{part}/new/"), PARTS[part] | wrong)
    assert field in errors(response)


def test_associate_is_seen_from_both_sides_and_never_oneself(officer):
    one, two = NominalFactory.create(), NominalFactory.create()
    add = url(one, "parts/association/new/")
    itself = officer.post(add, {"other": one.ref, "kind": "associate"})
    assert "A nominal cannot be their own associate." in itself.text
    officer.post(add, {"other": two.ref, "kind": "co-offender"})
    assert str(one) in officer.get(url(two)).text
    again = officer.post(
        url(two, "parts/association/new/"), {"other": one.ref, "kind": "co-offender"}
    )
    assert "linked in this way already" in again.text


def test_priority_keeps_its_history(officer):
    nominal = NominalFactory.create()
    levels = {"threat": "3", "risk": "3", "harm": "2", "vulnerability": "1"}
    decide = url(nominal, "priority/")
    assert "reason" in errors(officer.post(decide, levels | {"reason": ""}))
    officer.post(decide, levels | {"reason": "Night burglaries"})
    officer.post(decide, levels | {"threat": "0", "reason": "In prison"})
    text = officer.get(url(nominal)).text
    assert "Medium (6 of 12)" in text
    assert "High (9 of 12)" in text
    assert [row.decided_by for row in Priority.objects.all()] == [officer.user] * 2


def test_timeline_narrows_to_a_kind(officer):
    nominal = NominalFactory.create()
    WarningMarker.objects.create(nominal=nominal, marker="weapons")
    entries = officer.get(url(nominal), {"kind": "Warning"}).context["page"].entries
    assert [entry.title for entry in entries] == ["Warning: Weapons"]


def test_briefing_sheet_is_logged_as_printed(officer):
    nominal = NominalFactory.create()
    Vehicle.objects.create(nominal=nominal, registration="ZZ12ZZZ")
    assert "ZZ12ZZZ" in officer.get(url(nominal, "briefing/")).text
    assert AuditEvent.objects.filter(action="nominal.printed").count() == 1


def test_list_finds_a_misspelt_name_and_logs_the_search(officer):
    NominalFactory.create(surname="Quillfeather", forenames="Oswin")
    NominalFactory.create(surname="Brambleholt", forenames="Ted")
    text = officer.get("/nominals/", {"q": "oswin qilfeather"}).text
    assert "QUILLFEATHER" in text
    assert "BRAMBLEHOLT" not in text
    assert "qilfeather" in AuditEvent.objects.get(action="nominal.searched").detail["query"]


def test_pages_are_pinned_and_flat(officer):
    nominal = NominalFactory.create()
    names = iter(range(100))
    officer.get(url(nominal))
    assert_queries("offenders:nominal-detail", lambda: officer.get(url(nominal)))
    assert_flat(
        lambda: officer.get(url(nominal)),
        lambda: Alias.objects.create(nominal=nominal, forenames=f"Alias{next(names)}"),
    )
    assert_queries("offenders:nominal-list", lambda: officer.get("/nominals/"))
    assert_flat(lambda: officer.get("/nominals/"), NominalFactory.create)


def test_search_box_stands_in_sight_and_keeps_the_filter(officer):
    NominalFactory.create(surname="Brambleholt")
    page = officer.get("/nominals/?q=bramblehlt&child=false&page=1")
    assert 'id="find" name="q" type="search" value="bramblehlt"' in page.text
    assert page.context["kept"] == [("child", "false")]
    assert "BRAMBLEHOLT" in page.text

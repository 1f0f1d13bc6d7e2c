"""An attacker's walk: every address as people who are not cleared, for one hidden person.

Their name, their reference and what was written of them may not be in any answer, nor may it tell
that they are there.
"""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import ExportRun, Unit
from core.services.exports import request_export, run_export
from offenders.models import (
    Address,
    Alias,
    Association,
    CourtBail,
    Nominal,
    RemandApplication,
    RestrictionClearance,
    Typology,
    VoluntaryAttendance,
)
from offenders.services.parts import amend_part
from operations.models import OperationNominal, OperationOfficer
from tests.factories.access import RestrictionFactory, restricted
from tests.factories.actions import ActionFactory
from tests.factories.cohorts import rated
from tests.factories.convictions import ConvictionFactory
from tests.factories.nominals import NominalFactory
from tests.factories.operations import (
    OperationArrestFactory,
    OperationConvictionFactory,
    OperationFactory,
)
from tests.factories.series import SeriesSuspectFactory
from tests.integration.access_matrix import MATRIX
from tests.integration.test_access_matrix import split
from tests.integration.test_desk_pages import full_life

NAME, ALIAS, CANARY = "Xylobrand", "Zaphrentis", "quincunx-71"
SECRETS = (NAME.lower(), ALIAS.lower(), CANARY, "hid0001")
ROLES = ("act-officer", "act-supervisor", "analyst", "manager", "isd-staff", "machine")
WITHOUT_ARGUMENTS = sorted(
    {split(key)[0] for key, row in MATRIX.items() if not row.kwargs and split(key)[1] == "get"}
    - {"metrics", "account_logout"}
)


@pytest.fixture
def hidden(sign_in):
    """Somebody with a full life, and everything written of them marked."""
    owner = sign_in("act-officer").user
    person, detention, tag = full_life(owner)
    Nominal.objects.filter(pk=person.pk).update(
        surname=NAME, forenames="Orlando", ref="HID0001", note=CANARY, pnc_id="21/7171717Q"
    )
    person.refresh_from_db()
    Alias.objects.create(nominal=person, surname=ALIAS, forenames="Orlando")
    Typology.objects.create(nominal=person, kind="burglar")
    Address.objects.create(nominal=person, line=CANARY, latitude=52.2, longitude=0.12)
    VoluntaryAttendance.objects.create(
        nominal=person,
        attended_at=timezone.now(),
        station="Northgate",
        reason=CANARY,
        officer=owner,
    )
    CourtBail.objects.create(nominal=person, court="Invented", conditions=CANARY, by=owner)
    RemandApplication.objects.create(
        nominal=person,
        court="Invented",
        offence="Burglary",
        grounds=["abscond"],
        text=CANARY,
        by=owner,
    )
    member, suspect = rated(nominal=person), SeriesSuspectFactory.create(nominal=person, why=CANARY)
    action = ActionFactory.create(nominal=person, task=CANARY, place="")
    operation = OperationFactory.create()
    OperationNominal.objects.create(operation=operation, nominal=person, part="thief", note=CANARY)
    OperationArrestFactory.create(operation=operation, arrest=detention.arrest)
    conviction = ConvictionFactory.create(nominal=person)
    OperationConvictionFactory.create(operation=operation, conviction=conviction)
    friend = NominalFactory.create(surname="Visible")
    link = Association.objects.create(nominal=friend, other=person, kind="co-offender")
    amend_part(link, by=owner, version=None, text=f"Lodger of {NAME}")
    amend_part(link, by=owner, version=None, text=CANARY)
    RestrictionFactory.create(nominal=person, kind="hidden", contact="", reason=CANARY)
    return {
        "nominal": person,
        "friend": friend,
        "link": link,
        "detention": detention,
        "tag": tag,
        "member": member,
        "suspect": suspect,
        "action": action,
        "operation": operation,
        "bail": detention.arrest.nominal.arrests.exclude(pk=detention.arrest_id).get().bails.get(),
    }


def found_in(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode("utf-8", "replace").lower()
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("role", ROLES)
def test_no_address_without_arguments_tells_of_them(sign_in, hidden, role):
    browser = sign_in(role)
    told = {}
    for name in WITHOUT_ARGUMENTS:
        response = browser.get(reverse(name))
        assert response.status_code < 500, name
        if found := found_in(response):
            told[name] = found
    assert told == {}


def test_the_walk_would_find_them(sign_in, hidden):
    """The same walk as somebody who is cleared: it is told of them at many addresses."""
    browser, row = sign_in("act-supervisor"), hidden["nominal"].restrictions.get()
    RestrictionClearance.objects.create(
        restriction=row, user=browser.user, by=row.imposed_by, reason="Works the inquiry."
    )
    told = [name for name in WITHOUT_ARGUMENTS if found_in(browser.get(reverse(name)))]
    assert {"offenders:nominal-list", "offenders:custody-board", "offenders:bail-list"} <= set(told)


SEARCHES = [
    "/nominals/?q=Xylobrant",
    "/nominals/?q=Zaphrentic",
    "/nominals/?q=21/7171717",
    "/nominals/?typology=burglar",
    "/nominals/?sort=name",
    "/api/v1/nominals/?q=Xylobrant",
    "/custody/arrest/new/?ref=Xylobrant",
    "/bail/remand/?q=quincunx",
    "/api/v1/actions/",
    "/api/v1/arrests/",
    "/api/v1/custody/",
    "/api/v1/bail/",
    "/api/v1/tags/",
    "/api/v1/series/",
    "/my-work/?whose=team",
]


@pytest.mark.parametrize("address", SEARCHES)
def test_no_search_finds_them(sign_in, hidden, address):
    response = sign_in("act-supervisor").get(address)
    assert response.status_code < 500
    # What was typed stands in its own box.
    assert [one for one in found_in(response) if one not in address.lower()] == []


def test_pages_of_others_do_not_tell_of_them(sign_in, hidden):
    """A friend, the series, the operation, the cohort: what they have in common."""
    operation, series = hidden["operation"].pk, hidden["suspect"].series_id
    addresses = [
        f"/nominals/{hidden['friend'].pk}/",
        f"/nominals/{hidden['friend'].pk}/briefing/",
        f"/nominals/{hidden['friend'].pk}/history/",
        f"/api/v1/nominals/{hidden['friend'].pk}/parts/association/",
        f"/series/{series}/",
        f"/api/v1/series/{series}/",
        f"/cohorts/{hidden['member'].cohort_id}/",
        f"/api/v1/cohorts/{hidden['member'].cohort_id}/members/",
        f"/operations/{operation}/",
        *(f"/operations/{operation}/rows/{one}/" for one in ("nominals", "arrests", "convictions")),
        *(f"/api/v1/operations/{operation}/{one}/" for one in ("nominal", "arrest", "conviction")),
    ]
    for role in ("act-officer", "act-supervisor"):
        browser = sign_in(role)
        told = {}
        for address in addresses:
            response = browser.get(address)
            assert response.status_code < 500, address
            if found := found_in(response):
                told[address] = found
        assert told == {}


def test_their_records_are_not_there(sign_in, hidden):
    """Each answers as a record that was never made."""
    person, supervisor = hidden["nominal"].pk, sign_in("act-supervisor")
    link = f"/nominals/{hidden['friend'].pk}/parts/association/{hidden['link'].pk}"
    pages = {
        f"{link}/edit/": "link",
        f"{link}/remove/": "end of the link",
        f"/nominals/{person}/": "nominal",
        f"/nominals/{person}/briefing/": "briefing",
        f"/nominals/{person}/history/": "history",
        f"/nominals/{person}/access/": "access",
        f"/nominals/{person}/merge/": "merge",
        f"/api/v1/nominals/{person}/": "API",
        f"/api/v1/nominals/{person}/parts/alias/": "parts",
        f"/custody/{hidden['detention'].pk}/": "detention",
        f"/custody/arrest/{hidden['detention'].arrest_id}/": "arrest",
        f"/bail/{hidden['bail'].pk}/": "bail",
        f"/tags/{hidden['tag'].pk}/": "tag",
        f"/cohorts/members/{hidden['member'].pk}/": "member",
        f"/actions/{hidden['action'].pk}/": "action",
        f"/api/v1/actions/{hidden['action'].pk}/": "action by API",
        f"/api/v1/custody/{hidden['detention'].pk}/": "detention by API",
    }
    answers = {what: supervisor.get(address).status_code for address, what in pages.items()}
    assert answers == dict.fromkeys(pages.values(), 404)


def test_counts_leave_them_out(sign_in, hidden):
    officer = sign_in("act-officer")
    assert "1 nominal" in " ".join(officer.get("/nominals/").content.decode().split())
    assert officer.get("/api/v1/nominals/").json()["count"] == 1
    series = officer.get(f"/api/v1/series/{hidden['suspect'].series_id}/").json()
    assert series["suspected"] == 0
    cohorts = officer.get("/api/v1/cohorts/").json()
    assert sum(row["inside"] + row["waiting"] for row in cohorts) == 0


def test_rows_behind_a_figure_say_how_many_are_left_out(sign_in, hidden):
    officer, operation = sign_in("act-officer"), hidden["operation"].pk
    page = officer.get(f"/operations/{operation}/rows/nominals/").content.decode()
    assert "1 of them is not shown to you." in page


def test_export_made_in_the_background_leaves_them_out(sign_in, hidden):
    supervisor = sign_in("act-supervisor").user
    restricted("masked", NominalFactory.create(surname="Maskedperson"))
    run = request_export(by=supervisor, kind="nominals", query="", form="csv")
    run_export(run.pk)
    with ExportRun.objects.get(pk=run.pk).file.open("rb") as file:
        text = file.read().decode().lower()
    assert "visible" in text
    assert [one for one in (*SECRETS, "maskedperson") if one in text] == []


def test_export_of_series_counts_them_for_nobody(sign_in, hidden):
    """What is counted is asked anew for each file, as whoever takes it."""
    supervisor = sign_in("act-supervisor").user
    run = request_export(by=supervisor, kind="series", query="", form="csv")
    run_export(run.pk)
    with ExportRun.objects.get(pk=run.pk).file.open("rt") as file:
        assert [row["suspected"] for row in csv.DictReader(file)] == ["0"]


def test_joint_operation_opens_the_other_area(sign_in, hidden, settings):
    """And without it, a purpose does."""
    settings.PURPOSE_NEEDED = {"out-of-area"}
    officer = sign_in("act-officer")
    officer.user.unit = Unit.objects.get(pk="south")
    officer.user.save(update_fields=["unit"])
    northern = NominalFactory.create(unit_id="north")
    address = f"/nominals/{northern.pk}/"
    assert officer.get(address).status_code == 302
    operation = OperationFactory.create(state="live")
    OperationNominal.objects.create(operation=operation, nominal=northern, part="thief")
    for area in ("north", "south"):
        OperationOfficer.objects.create(
            operation=operation, officer=officer.user, area_id=area, role="dedicated"
        )
    assert officer.get(address).status_code == 200
    OperationOfficer.objects.update(
        since=timezone.localdate() - timedelta(days=2),
        until=timezone.localdate() - timedelta(days=1),
    )
    assert officer.get(address).status_code == 302

"""Bail from its grant to its end, and court bail."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import AuditEvent
from core.ranks import Rank
from offenders.models import (
    Bail,
    BailCondition,
    CourtBail,
    ReleasedUnderInvestigation,
)
from offenders.selectors.bail import dues
from offenders.services.bail import Authority, Condition, end_bail, extend_bail, record_rui
from tests.factories.bail import HOME, NEW, OLD, applied, bailed, court_bailed
from tests.factories.custody import ArrestFactory
from tests.integration.custody_forms import moment
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def day(name, value):
    values = zip(("year", "month", "day"), value.split("-"), strict=True)
    return {f"{name}_{box}": number for box, number in values}


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def grant(arrest, **changes):
    return {
        "arrest": arrest.pk,
        **moment("granted_at", "10", "15:00"),
        "authorised_rank": 2,
        "authorised_by": "Sergeant Invented",
        "victim_views": "Agrees",
        "conditions": "No contact with a witness\nSleep at home",
        **changes,
    }


@pytest.fixture
def arrest():
    return ArrestFactory.create(arrested_at=NEW)


def test_bail_is_granted_from_the_page_of_a_nominal(officer, arrest):
    page = officer.get(f"/nominals/{arrest.nominal_id}/").text
    url = f"/nominals/{arrest.nominal_id}/bail/new/"
    assert url in page
    response = officer.post(url, grant(arrest), follow=True)
    assert "10 April 2023" in response.text
    assert Bail.objects.get().conditions.count() == 2


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("__all__", {"authorised_rank": 1}),
        ("granted_at", moment("granted_at", "10", "15:00", year="2099")),
        ("surrender_at", moment("surrender_at", "11", "09:00", month="4")),
        ("victim_views", {"victim_views": ""}),
        ("__all__", {"tag_answer": "agreed", "legal_basis": "Agreed in writing"}),
        ("__all__", {"tag_answer": "agreed", "has_consent": "on"}),
    ],
)
def test_grant_is_refused_with_a_sentence_and_keeps_what_was_typed(officer, arrest, field, wrong):
    url = f"/nominals/{arrest.nominal_id}/bail/new/"
    if field == "granted_at":
        arrest.__class__.objects.filter(pk=arrest.pk).update(
            arrested_at=datetime(2098, 12, 31, tzinfo=UTC)
        )
    response = officer.post(url, grant(arrest) | wrong)
    assert field in errors(response)
    assert "Sergeant Invented" in response.text
    assert not Bail.objects.exists()


def test_law_of_the_day_of_arrest_decides_not_that_of_bail(officer):
    arrest = ArrestFactory.create(arrested_at=datetime(2022, 10, 27, 12, tzinfo=UTC))
    said = grant(arrest, **moment("granted_at", "29", "12:00", "10", "2022"))
    url = f"/nominals/{arrest.nominal_id}/bail/new/"
    assert "the law is against bail" in officer.post(url, said).text
    said |= {"basis_note": "Necessary to protect the victim"}
    assert "An inspector or above" in officer.post(url, said).text
    officer.post(url, said | {"authorised_rank": 3})
    assert Bail.objects.get().ends_on == date(2022, 11, 24)


def test_bail_is_granted_once_for_an_arrest(officer):
    bail = bailed()
    url = f"/nominals/{bail.arrest.nominal_id}/bail/new/"
    assert "Bail runs for this arrest already" in officer.post(url, grant(bail.arrest)).text


def test_bail_granted_again_reaches_no_further_than_was_authorised(officer):
    bail = bailed()
    end_bail(by=officer.user, bail=bail, version=None, reason="surrendered", at=NEW)
    again = bailed(arrest=bail.arrest, granted_at=datetime(2023, 3, 1, tzinfo=UTC))
    assert again.ends_on == date(2023, 4, 10)


def extension(at=None, **changes):
    return {
        "version": 1,
        **(at or moment("at", "1", "12:00", "4")),
        "authorised_rank": 3,
        "authorised_by": "Inspector Invented",
        "reason": "A phone is being examined",
        **changes,
    }


def test_extension_goes_one_step_of_the_law_further(officer):
    bail = bailed()
    response = officer.post(f"/bail/{bail.pk}/extend/", extension(), follow=True)
    assert "10 July 2023" in response.text
    assert "To 10 October 2023 (9 months), authorised by a superintendent" in response.text
    assert bail.extensions.get().ended_on == date(2023, 4, 10)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"authorised_rank": 2}, "An inspector or above authorises this."),
        ({"at_day": "11"}, "an extension after the end is not valid"),
        ({"version": 7}, "Somebody else changed this record"),
    ],
)
def test_extension_is_refused(officer, changes, sentence):
    bail = bailed()
    response = officer.post(f"/bail/{bail.pk}/extend/", extension(**changes))
    assert sentence in response.text
    assert "A phone is being examined" in response.text
    assert Bail.objects.get().ends_on == date(2023, 4, 10)


def test_two_who_extend_at_once_extend_once(officer):
    bail = bailed()
    for _ in range(2):
        response = officer.post(f"/bail/{bail.pk}/extend/", extension())
    assert "Somebody else changed this record" in response.text
    assert bail.extensions.count() == 1


def stretched(by, bail, ranks):
    for rank in ranks:
        authority = Authority(NEW, "Invented", rank)
        extend_bail(by=by, bail=bail, version=None, authority=authority, reason="x")


def test_court_extends_after_the_police(officer):
    bail = bailed()
    assert "Extended by a court" not in officer.get(f"/bail/{bail.pk}/").text
    stretched(officer.user, bail, [Rank.INSPECTOR, Rank.SUPERINTENDENT])
    assert "Extended by a court" in officer.get(f"/bail/{bail.pk}/").text
    said = extension(version=Bail.objects.get().version) | day("court_until", "2024-01-10")
    response = officer.post(f"/bail/{bail.pk}/extend/court/", said, follow=True)
    assert "10 January 2024" in response.text
    assert "can extend no further" in response.text


def test_exceptional_step_needs_the_designation(officer):
    bail = bailed()
    stretched(officer.user, bail, [Rank.INSPECTOR, Rank.SUPERINTENDENT])
    with pytest.raises(ValidationError, match="exceptionally complex"):
        stretched(officer.user, bail, [Rank.ASSISTANT_CHIEF_CONSTABLE])
    version = Bail.objects.get().version
    officer.post(f"/bail/{bail.pk}/exceptional/", {"version": version})
    stretched(officer.user, bail, [Rank.ASSISTANT_CHIEF_CONSTABLE])
    assert Bail.objects.get().ends_on == date(2024, 1, 10)


def test_days_with_the_cps_are_added_to_the_end(officer):
    bail = bailed()
    officer.post(f"/bail/{bail.pk}/suspend/", {"version": 1} | day("on", "2023-03-01"))
    assert "stands still" in officer.get(f"/bail/{bail.pk}/").text
    version = Bail.objects.get().version
    response = officer.post(f"/bail/{bail.pk}/extend/", extension(version=version))
    assert "it cannot be extended now" in response.text
    officer.post(f"/bail/{bail.pk}/resume/", {"version": version} | day("on", "2023-03-11"))
    assert Bail.objects.get().ends_on == date(2023, 4, 20)


@pytest.mark.parametrize("on", ["2023-01-09", "2023-04-11"])
def test_case_goes_to_the_cps_while_bail_runs(officer, on):
    response = officer.post(f"/bail/{bailed().pk}/suspend/", {"version": 1} | day("on", on))
    assert "on" in errors(response)


def test_bail_is_varied(officer):
    bail = bailed(conditions=[HOME])
    said = {
        "version": 1,
        **moment("at", "11", "12:00"),
        **moment("surrender_at", "1", "10:00", "3"),
        "surrender_place": "Parkside",
        "victim_views": "Agrees",
        "removed": [bail.conditions.get().pk],
        "conditions": "Curfew at night",
    }
    response = officer.post(f"/bail/{bail.pk}/vary/", said, follow=True)
    assert "Bail varied." in response.text
    assert bail.conditions.filter(removed_at=None).get().text == "Curfew at night"


def test_tag_is_asked_for_and_answered(officer):
    bail = bailed(conditions=[Condition("tag", "Wear a tag", "asked")])
    url = f"/bail/{bail.pk}/tags/{bail.conditions.get().pk}/"
    assert url in officer.get(f"/bail/{bail.pk}/").text
    agreed = {"tag_answer": "agreed", "has_consent": "on"}
    assert "a note of its legal basis" in officer.post(url, agreed).text
    officer.post(url, agreed | {"legal_basis": "Agreed in writing"})
    assert BailCondition.objects.get().tag_answer == "agreed"


def ending(reason, **changes):
    return {"version": 1, "reason": reason, **moment("at", "11", "12:00"), **changes}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (ending("breached", is_offence="on"), "Breach of a bail condition is not an offence"),
        (ending("charged", is_offence="on"), "Only failing to surrender is an offence"),
        (ending("lapsed"), "Bail has not ended yet"),
        (ending("surrendered", **moment("at", "9", "12:00")), "before bail was granted"),
    ],
)
def test_end_is_refused(officer, said, sentence):
    bail = bailed(conditions=[HOME])
    assert sentence in officer.post(f"/bail/{bail.pk}/end/", said).text
    assert Bail.objects.get().is_running


@pytest.mark.parametrize("reason", ["surrendered", "charged", "no-action", "breached", "failed"])
def test_bail_ends(officer, reason):
    bail = bailed(conditions=[HOME])
    response = officer.post(f"/bail/{bail.pk}/end/", ending(reason), follow=True)
    assert "Bail has ended." in response.text
    assert Bail.objects.get().state == reason


def test_lapsed_bail_goes_on_as_a_release_under_investigation(officer):
    bail = bailed()
    officer.post(f"/bail/{bail.pk}/end/", ending("lapsed", **moment("at", "11", "12:00", "4")))
    release = ReleasedUnderInvestigation.objects.get()
    page = officer.get(f"/nominals/{bail.arrest.nominal_id}/").text
    assert "without an end or conditions" in page
    officer.post(f"/bail/investigation/{release.pk}/end/", {"reason": "Charged by post"})
    assert ReleasedUnderInvestigation.objects.get().ended_at


def test_release_under_investigation_by_its_form(officer, arrest):
    url = f"/nominals/{arrest.nominal_id}/investigation/new/"
    officer.post(url, {"arrest": arrest.pk, **moment("from_at", "10", "20:00")})
    assert ReleasedUnderInvestigation.objects.get().arrest == arrest


def test_nobody_is_on_bail_and_released_under_investigation(officer):
    with pytest.raises(ValidationError, match="end the bail first"):
        record_rui(by=officer.user, arrest=bailed().arrest, from_at=NEW)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ((2023, 3, 26), "ends in 15 days"),
        ((2023, 3, 27), "14 days or less"),
        ((2023, 4, 3), "7 days or less"),
        ((2023, 4, 8), "2 days or less"),
        ((2023, 4, 10), "ends today, at midnight"),
        ((2023, 4, 11), "ended 1 day ago: say what became of it"),
    ],
)
def test_list_and_page_say_how_soon_in_words(officer, today, words):
    bail = bailed()
    with time_machine.travel(datetime.combine(date(*today), time(12), UTC), tick=False):
        officer.force_login(officer.user)
        assert words in officer.get("/bail/").text
        assert words in officer.get(f"/bail/{bail.pk}/").text


def test_list_is_by_end_and_its_look_is_logged(officer):
    later, first = bailed(), bailed(arrested_at=OLD)
    rows = officer.get("/bail/").context["object_list"]
    assert list(rows) == [first, later]
    assert AuditEvent.objects.filter(action="nominal.viewed").count() == 1


def test_bail_shows_on_the_page_of_a_nominal_and_in_the_work_of_the_officer(officer):
    bail = bailed()
    page = officer.get(f"/nominals/{bail.arrest.nominal_id}/").text
    assert "On bail before charge" in page
    assert "Bail granted before charge" in page
    (due,) = dues([bail.arrest.arresting_officer])
    assert (due.at, due.title) == (date(2023, 4, 10), "Bail ends")


def court(**changes):
    return {
        "court": "Invented Magistrates",
        **day("granted_on", "2023-01-12"),
        **day("next_hearing_on", "2023-02-12"),
        "tag": "asked",
        **changes,
    }


def test_court_bail_is_recorded_answered_and_ended(officer, arrest):
    officer.post(f"/nominals/{arrest.nominal_id}/court-bail/new/", court())
    bail = CourtBail.objects.get()
    url = f"/bail/court/{bail.pk}/"
    officer.post(f"{url}edit/", court(version=1, tag="ordered"))
    assert "Ordered by the court" in officer.get(url).text
    said = {"version": 2, "reason": "Sentenced"} | day("on", "2023-03-01")
    officer.post(f"{url}end/", said)
    assert CourtBail.objects.get().ended_on == date(2023, 3, 1)


def test_arrest_of_somebody_else_is_refused(officer):
    with pytest.raises(ValidationError, match="an arrest of somebody else"):
        applied(arrest=ArrestFactory.create())


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "charged"},
        {"is_offence_recorded": True},
        {"state": "suspended"},
        {"ended_at": NEW},
    ],
)
def test_database_holds_what_the_pages_promise(wrong):
    bail = bailed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bail.objects.filter(pk=bail.pk).update(**wrong)


def test_lists_keep_their_queries(officer):
    assert_flat(lambda: officer.get("/bail/"), bailed, rows=6)
    assert_flat(lambda: officer.get("/bail/remand/"), applied, rows=6)


def test_page_keeps_its_queries_with_many_conditions(officer):
    bail = bailed()
    page = f"/bail/{bail.pk}/"

    def add():
        BailCondition.objects.create(bail=bail, kind="other", text="x")

    assert_flat(lambda: officer.get(page), add, rows=20)


def test_nominal_keeps_its_queries_with_many_bails(officer):
    nominal = ArrestFactory.create(arrested_at=NEW).nominal
    hours = iter(range(1, 24))

    def add():
        at = NEW.replace(hour=next(hours) % 24, day=11)
        bailed(arrest=ArrestFactory.create(nominal=nominal, arrested_at=at), granted_at=at)
        court_bailed(nominal=nominal)

    assert_flat(lambda: officer.get(f"/nominals/{nominal.pk}/?kind=Bail"), add, rows=6)

"""Who is masked, hidden, excluded or disposed of: on pages, in the API, and at the nets beneath."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.actors import acting
from core.models import AuditEvent
from offenders.models import Alias, Arrest, Detention, Nominal, RestrictionClearance
from offenders.models.scope import (
    NOT_SHOWN,
    CoveredError,
    UnscopedError,
    paths_to_nominal,
    visible,
)
from operations.models import Action, OperationConviction
from tests.factories.access import CONTACT, RestrictionFactory, excluded, restricted
from tests.factories.custody import ArrestFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

MASK = f"Restricted record, contact {CONTACT}"
NAME = "Xylobrand"
MISSPELT = "Xylobrant Orlandu"  # so that the page does not say the name by itself


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def named(**more):
    return NominalFactory.create(surname=NAME, forenames="Orlando", **more)


def disposed():
    return named(disposed_at=timezone.now())


def merged(kept, *, times):
    for _ in range(times):
        kept = named(merged_into=kept, merged_at=timezone.now())
    return kept


UNSEEN = {
    "hidden": lambda user: restricted("hidden", named()),
    "excluded": lambda user: excluded(user, named()),
    "disposed": lambda user: disposed(),
    "merged into a hidden one": lambda user: merged(restricted("hidden"), times=1),
    "merged again and again, at last into a hidden one": lambda user: merged(
        restricted("hidden"), times=4
    ),
}


@pytest.mark.parametrize("why", UNSEEN)
def test_page_is_not_there_and_the_log_keeps_why(officer, why):
    nominal = UNSEEN[why](officer.user)
    response = officer.get(f"/nominals/{nominal.pk}/")
    nothing = officer.get("/nominals/987654/")
    assert (response.status_code, nothing.status_code) == (404, 404)
    assert response.content.count(b"There is no such nominal.") == 1
    assert NAME not in response.content.decode()
    refusal = AuditEvent.objects.get(action="access.refused", target_id=str(nominal.pk))
    assert refusal.detail["reason"] in {"hidden", "excluded", "disposed"}


@pytest.mark.parametrize("why", UNSEEN)
@pytest.mark.parametrize("query", ["", f"?q={MISSPELT}"])
@pytest.mark.parametrize("path", ["/nominals/", "/api/v1/nominals/"])
def test_lists_and_searches_do_not_have_them(officer, why, path, query):
    nominal = UNSEEN[why](officer.user)
    response = officer.get(path + query)
    assert response.status_code == 200
    assert NAME.lower() not in response.content.decode().lower()
    assert nominal.ref not in response.content.decode()
    assert NOT_SHOWN not in response.content.decode()  # nor that there is somebody


def test_masked_page_says_whom_to_ask_and_nothing_else(officer):
    nominal = restricted("masked", named())
    response = officer.get(f"/nominals/{nominal.pk}/")
    assert response.status_code == 403
    assert MASK in response.content.decode()
    assert NAME not in response.content.decode()
    refusal = AuditEvent.objects.get(action="access.refused")
    assert (refusal.detail["reason"], refusal.target_id) == ("masked", str(nominal.pk))


def test_masked_row_stays_in_the_list_without_identity(officer):
    nominal = restricted("masked", named(pnc_id="98/7654321A"))
    page = officer.get("/nominals/").content.decode()
    assert MASK in page
    for secret in (NAME, NAME.upper(), nominal.ref, "98/7654321A", "17 May 1990"):
        assert secret not in page


def test_a_hit_on_a_masked_alias_does_not_say_what_was_hit(officer):
    nominal = restricted("masked", named())
    Alias.objects.create(nominal=nominal, surname="Zaphrentis", forenames="Orlando")
    page = officer.get("/nominals/?q=Zaphrentic").content.decode()
    assert MASK in page
    assert "Zaphrentis" not in page
    assert NAME not in page


def test_cleared_person_sees_them_until_the_clearance_ends(officer):
    nominal = restricted("hidden", named(), cleared=officer.user)
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 200
    assert NAME.upper() in officer.get("/nominals/").content.decode()
    RestrictionClearance.objects.update(ended_at=timezone.now(), ended_by=UserFactory.create())
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 404


def test_clearance_is_for_one_record_and_exclusion_for_one_person(officer, sign_in):
    open_to_me, open_to_nobody, my_cousin = named(), named(), named()
    restricted("hidden", open_to_me, cleared=officer.user)
    restricted("hidden", open_to_nobody)
    excluded(officer.user, my_cousin)
    colleague = sign_in("act-officer")
    for browser, seen in ((officer, [200, 404, 404]), (colleague, [404, 404, 200])):
        pages = [f"/nominals/{one.pk}/" for one in (open_to_me, open_to_nobody, my_cousin)]
        assert [browser.get(page).status_code for page in pages] == seen


def test_exclusion_beats_a_clearance(officer):
    nominal = restricted("hidden", named(), cleared=officer.user)
    excluded(officer.user, nominal)
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 404


def test_lead_officer_is_not_cleared_by_leading(officer):
    nominal = restricted("hidden", named(lead_officer=officer.user))
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 404
    assert NAME.upper() not in officer.get("/").content.decode()


def test_sorting_and_filtering_do_not_probe_a_masked_record(officer):
    """By the birthday that a filter asks for, its place in the alphabet, or the lead officer."""
    restricted("masked", named(lead_officer=officer.user, date_of_birth=timezone.localdate()))
    for query in ("child=true", "sort=born", "sort=name", f"lead={officer.user.pk}"):
        assert MASK not in officer.get(f"/nominals/?{query}").content.decode()


def test_nominals_in_a_request_refuse_to_run_unscoped(db):
    NominalFactory.create()
    user = UserFactory.create()
    with acting(lambda: user):
        for run in (
            lambda: list(Nominal.objects.all()),
            Nominal.objects.count,
            lambda: Nominal.objects.live().first(),
            lambda: Nominal.objects.filter(ref="x").exists(),
            lambda: list(Nominal.objects.values_list("surname").iterator()),
            Nominal.objects.in_bulk,
        ):
            with pytest.raises(UnscopedError):
                run()


def test_a_forgotten_scope_gives_no_identity(db):
    """A join and a foreign key go past every filter."""
    user = UserFactory.create()
    arrest = ArrestFactory.create(nominal=restricted("hidden", named()))
    with acting(lambda: user):
        joined = Arrest.objects.select_related("nominal").get(pk=arrest.pk).nominal
        followed = Arrest.objects.get(pk=arrest.pk).nominal
        for found in (joined, followed):
            assert str(found) == "Record not shown"
            assert (found.surname, found.ref, found.date_of_birth) == ("", "", None)
            with pytest.raises(CoveredError):
                found.save()
        deferred = Nominal.objects.for_service().only("pk").get(pk=arrest.nominal_id)
        assert deferred.surname == ""
    assert Nominal.objects.get(pk=arrest.nominal_id).surname == NAME


def test_records_know_the_way_to_their_nominal():
    assert paths_to_nominal(Nominal) == ("",)
    assert paths_to_nominal(Detention) == ("arrest__nominal",)
    assert paths_to_nominal(OperationConviction) == ("conviction__nominal",)
    assert paths_to_nominal(Action) == ("nominal",)


def test_an_action_about_nobody_stays_visible(db):
    user = UserFactory.create()
    with acting(lambda: user):
        assert "IS NULL" in str(visible(Action.objects.all()).query)


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"reason": " "}, "restriction_has_a_reason"),
        ({"kind": "masked", "contact": ""}, "restriction_mask_names_a_contact"),
        ({"lifted_at": timezone.now()}, "restriction_lifted_whole"),
    ],
)
def test_database_keeps_restrictions_whole(db, more, name):
    with pytest.raises(IntegrityError, match=name):
        RestrictionFactory.create(**more)


def test_two_people_lift_and_one_restriction_lives(db):
    row = RestrictionFactory.create()
    with pytest.raises(IntegrityError, match="restriction_lifted_by_two"):
        RestrictionFactory.create(
            lifted_by=row.imposed_by,
            lift_approved_by=row.imposed_by,
            lifted_at=timezone.now() + timedelta(minutes=1),
            lifted_why="Over.",
        )


def test_one_restriction_lives(db):
    row = RestrictionFactory.create()
    with pytest.raises(IntegrityError, match="restriction_one_live"):
        RestrictionFactory.create(nominal=row.nominal)

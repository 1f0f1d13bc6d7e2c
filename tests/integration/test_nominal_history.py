"""What was corrected about a person: before and after, who and when, kind by kind."""

import pytest

from offenders.models import Alias, Association, WarningMarker
from offenders.services.cohorts import suspend
from offenders.services.parts import add_part, amend_part, remove_part
from offenders.services.tags import remove
from tests.factories.cohorts import NOMINATED, rated, supervisor
from tests.factories.custody import detained
from tests.factories.nominals import NominalFactory
from tests.factories.tags import FITTED, worn
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def titles(page):
    return {one.slug: [row.title for row in one.revisions] for one in page.context["kept"]}


def test_every_part_shows_what_it_was_and_what_was_removed(officer):
    nominal, by = NominalFactory.create(), officer.user
    alias = add_part(Alias, by=by, nominal=nominal, forenames="Spindle")
    marker = add_part(WarningMarker, by=by, nominal=nominal, marker="weapons", text="A knife")
    amend_part(alias, by=by, version=None, forenames="Spindel")
    remove_part(marker, by=by, reason="Somebody else")
    url = f"/nominals/{nominal.pk}/"
    assert f"{url}history/" in officer.get(url).text
    page = officer.get(f"{url}history/")
    assert titles(page) == {"warning": ["Removed: warning"], "alias": ["Changed: alias"]}
    assert "Spindle" in page.text
    assert "A knife" in page.text
    assert titles(officer.get(f"{url}history/?kind=alias")) == {"alias": ["Changed: alias"]}


def test_change_names_the_person_who_made_it(officer):
    nominal = NominalFactory.create()
    alias = add_part(Alias, by=officer.user, nominal=nominal, forenames="Spindle")
    url = f"/nominals/{nominal.pk}/"
    said = {"surname": "", "forenames": "Spindel", "version": 1}
    officer.post(f"{url}parts/alias/{alias.pk}/edit/", said)
    (kept,) = officer.get(f"{url}history/").context["kept"]
    assert kept.revisions[0].by == str(officer.user)


def test_link_between_two_is_in_the_history_of_both(officer):
    one, other = NominalFactory.create(), NominalFactory.create()
    link = add_part(Association, by=officer.user, nominal=one, other=other)
    amend_part(link, by=officer.user, version=None, text="Seen together")
    for nominal in (one, other):
        page = officer.get(f"/nominals/{nominal.pk}/history/")
        assert titles(page) == {"association": ["Changed: association"]}


def test_steps_of_a_cohort_are_in_the_history(officer):
    member = rated()
    suspend(by=supervisor(), member=member, reason="In custody", on=NOMINATED)
    page = officer.get(f"/nominals/{member.nominal_id}/history/?kind=membership")
    (kept,) = page.context["kept"]
    changed = [change.label for row in kept.revisions for change in row.changes]
    assert "RAG" in changed


def test_nobody_without_changes_has_a_history(officer):
    page = officer.get(f"/nominals/{NominalFactory.create().pk}/history/")
    assert "Nothing has been changed or removed." in page.text


def test_history_keeps_its_queries(officer):
    nominal = NominalFactory.create()
    alias = add_part(Alias, by=officer.user, nominal=nominal, forenames="Spindle")
    names = iter(range(100))
    officer.get(f"/nominals/{nominal.pk}/history/")  # from here on changes have a person

    def change():
        amend_part(alias, by=officer.user, version=None, forenames=f"Spindle{next(names)}")

    assert_flat(lambda: officer.get(f"/nominals/{nominal.pk}/history/"), change, rows=6)


def test_tag_and_detention_show_what_was_changed(officer):
    tag = worn()
    remove(by=officer.user, tag=tag, at=FITTED, reason="end-date")
    changes = officer.get(f"/tags/{tag.pk}/").context["history"]
    assert {"State", "Why it ended"} & {row.label for one in changes for row in one.changes}
    detention = detained(by=officer.user)
    said = {"officer": officer.user.pk, "station": "Thorpe", "version": detention.version}
    officer.post(f"/custody/{detention.pk}/edit/", said)
    page = officer.get(f"/custody/{detention.pk}/")
    assert [row.label for one in page.context["history"] for row in one.changes] == ["Station"]

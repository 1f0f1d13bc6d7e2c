"""What a request leaves in the log, whatever becomes of the request."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import include, path

from core import audit, looks
from core.access.decision import NotAllowed, Reason
from core.access.looks import LookNotLoggedError
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires, signed_in
from core.models import AuditEvent, Unit
from offenders.models import Nominal
from tests.factories.custody import detained
from tests.factories.nominals import NominalFactory

CANARY = "Xylobrand"


@signed_in
@transaction.atomic
def refusing(request):
    Unit.objects.filter(pk="fenland").update(name="Changed")
    raise NotAllowed(Reason.NOT_YOURS)


@signed_in
@transaction.atomic
def refusing_quietly(request):
    """Says why in the log, and then falls over its own feet."""
    audit.record(by=person(request), action=audit.Action.ACCESS_REFUSED, detail={"quiet": True})
    raise ValueError("rolled back")


@requires(Permission.NOMINAL_VIEW)
def forgetful(request):
    return HttpResponse(Nominal.objects.for_service().get().surname)


@requires(Permission.NOMINAL_VIEW)
def forgetful_of_values(request):
    return HttpResponse(str(list(Nominal.objects.for_service().values("id", "surname"))))


urlpatterns = [
    path("refusing/", refusing),
    path("refusing-quietly/", refusing_quietly),
    path("forgetful/", forgetful),
    path("forgetful-of-values/", forgetful_of_values),
    path("", include("config.urls")),
]
handler500 = "core.views.errors.server_error"


@pytest.fixture
def officer(sign_in):
    browser = sign_in("act-officer")
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def own_views(settings):
    settings.ROOT_URLCONF = __name__


def refusals() -> int:
    return AuditEvent.objects.filter(action="access.refused").count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/refusing/", "/refusing-quietly/"])
def test_every_refusal_is_kept_although_the_request_is_rolled_back(officer, own_views, address):
    for _ in range(40):
        officer.get(address)
    assert refusals() == 40
    assert not Unit.objects.filter(name="Changed").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nominals/", "/nominals/{pk}/", "/api/v1/nominals/{pk}/"])
def test_nobody_is_shown_while_the_log_cannot_be_written(officer, address):
    nominal = NominalFactory.create(surname=CANARY)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditevent ADD CONSTRAINT shut CHECK (false) NOT VALID")
    answer = officer.get(address.format(pk=nominal.pk))
    assert answer.status_code == 500
    assert CANARY.lower() not in answer.text.lower()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/forgetful/", "/forgetful-of-values/"])
def test_answer_with_people_and_no_look_is_not_sent(officer, own_views, settings, address):
    settings.TESTING = False  # as it runs in a force
    NominalFactory.create(surname=CANARY)
    answer = officer.get(address)
    assert answer.status_code == 500
    assert CANARY not in answer.text


@pytest.mark.django_db
def test_forgotten_look_fails_a_test_by_name(officer, own_views):
    NominalFactory.create()
    officer.raise_request_exception = True
    with pytest.raises(LookNotLoggedError, match="forgetful"):
        officer.get("/forgetful/")


@pytest.mark.django_db
def test_search_names_everybody_whom_it_showed(officer):
    shown = [NominalFactory.create(surname=CANARY).pk for _ in range(3)]
    NominalFactory.create(surname="Someone")
    officer.get("/nominals/", {"q": CANARY})
    assert AuditEvent.objects.get(action="nominal.searched").people == sorted(shown)
    assert not AuditEvent.objects.filter(action="record.listed").exists()


@pytest.mark.django_db
def test_page_of_a_nominal_is_one_look_at_them(officer):
    nominal = NominalFactory.create()
    officer.get(f"/nominals/{nominal.pk}/")
    assert AuditEvent.objects.get(action="nominal.viewed").people == [nominal.pk]


@pytest.mark.django_db
def test_poll_of_the_custody_board_is_no_way_around_the_log(officer):
    first = detained()
    officer.get("/custody/", HTTP_HX_REQUEST="true")  # never opened the board
    second = detained()
    for _ in range(3):
        officer.get("/custody/", HTTP_HX_REQUEST="true")
    seen = AuditEvent.objects.filter(action="nominal.viewed").order_by("pk")
    held = sorted([first.arrest.nominal_id, second.arrest.nominal_id])
    assert [look.people for look in seen] == [held[:1], held]


@pytest.mark.django_db
def test_those_like_a_new_nominal_are_a_search(officer):
    known = NominalFactory.create(surname="Quilfeather", forenames="Oswin")
    asked = {"surname": "Quillfeather", "forenames": "Oswin", "sex": "M", "ethnicity": "NS"}
    officer.post("/nominals/new/", asked)
    assert AuditEvent.objects.get(action="nominal.searched").people == [known.pk]


def test_nothing_waits_outside_of_a_request():
    assert looks.current() is None

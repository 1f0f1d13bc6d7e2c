"""A supervisor asks a few looks of the team whether they were needed."""

import pytest

from core.dates import today
from core.models import AuditEvent, DipLook, DipSample, Unit
from tests.factories.access import restricted
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NEW = "/audit/samples/new/"


@pytest.fixture
def supervisor(sign_in):
    browser = sign_in("act-supervisor")
    browser.user.unit = Unit.objects.get(pk="north")
    browser.user.save()
    return browser


def of_team(unit="fenland"):
    return UserFactory.create(roles=["act-officer"], unit_id=unit)


def look(actor, **more):
    nominal = NominalFactory.create()
    return AuditEvent.objects.create(
        action="nominal.viewed", actor=actor.username, people=[nominal.pk], **more
    )


def asked(size=10, **changes):
    day = today()
    boxes = {f"{name}_{part}": getattr(day, part) for name in ("since", "until") for part in PARTS}
    return boxes | {"size": size, **changes}


PARTS = ("day", "month", "year")


def drawn(browser, **more) -> list[AuditEvent]:
    assert browser.post(NEW, asked(**more)).status_code == 302
    numbers = DipSample.objects.latest("pk").looks.values_list("event", flat=True)
    return list(AuditEvent.objects.filter(pk__in=numbers))


def judge(browser, row, verdict="yes", reason="Custody record 12"):
    said = {f"{row.pk}-is_justified": verdict, f"{row.pk}-reason": reason}
    return browser.post(f"/audit/samples/{row.sample_id}/{row.pk}/", said)


def test_sample_holds_looks_of_the_team_and_of_nobody_else(supervisor):
    ours = look(of_team())
    look(of_team("south"))
    look(supervisor.user)
    AuditEvent.objects.create(action="record.listed", actor=of_team().username)  # of no person
    assert drawn(supervisor) == [ours]


def test_chance_picks_so_many_and_says_out_of_how_many(supervisor):
    officer = of_team()
    for _ in range(12):
        look(officer)
    assert len(drawn(supervisor, size=5)) == 5
    assert DipSample.objects.get().found == 12
    first = {event.pk for event in drawn(supervisor, size=5)}
    others = [{event.pk for event in drawn(supervisor, size=5)} for _ in range(5)]
    assert any(other != first for other in others)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"size": 0}, "must be 1 or more"),
        ({"size": 51}, "must be 50 or less"),
        ({"since_year": today().year + 1}, "The last day cannot be before the first."),
        ({}, "Nobody of your team looked at anybody in that time."),
    ],
)
def test_sample_refuses_what_cannot_be(supervisor, wrong, words):
    answer = supervisor.post(NEW, asked(**wrong))
    assert answer.status_code == 200
    assert words in answer.text


def test_look_is_judged_once_with_a_reason_and_in_the_log(supervisor):
    officer = of_team()
    look(officer, purpose="crime", purpose_ref="35/1/21")
    drawn(supervisor)
    row = DipLook.objects.get()
    page = supervisor.get(f"/audit/samples/{row.sample_id}/").text
    assert "Investigating a crime (35/1/21)" in page
    assert "Answer “How do you know?”" in judge(supervisor, row, reason="").text
    assert judge(supervisor, row, "no", "No crime of that number").status_code == 302
    row.refresh_from_db()
    assert (row.is_justified, row.judged_by) == (False, supervisor.user)
    judged = AuditEvent.objects.get(action="audit.judged")
    assert (judged.detail["of"], judged.detail["justified"]) == (officer.username, False)
    assert judge(supervisor, row, "yes", "Changed my mind").status_code == 403


def test_somebody_elses_sample_is_not_there(supervisor, sign_in):
    look(of_team())
    drawn(supervisor)
    row = DipLook.objects.get()
    other = sign_in("act-supervisor")
    assert other.get(f"/audit/samples/{row.sample_id}/").status_code == 404
    assert judge(other, row).status_code == 404


def test_auditor_reads_the_result_and_judges_nothing(supervisor, sign_in):
    look(of_team())
    drawn(supervisor)
    row = DipLook.objects.get()
    auditor = sign_in("auditor")
    assert "Not judged yet" in auditor.get(f"/audit/samples/{row.sample_id}/").text
    assert judge(auditor, row).status_code == 404  # nothing about people has an address for them
    row.refresh_from_db()
    assert row.judged_at is None


def test_supervisor_without_a_unit_is_told(sign_in):
    browser = sign_in("act-supervisor")
    assert "No unit is known for your account" in browser.get("/audit/samples/").text
    assert browser.post(NEW, asked()).status_code == 403


def test_reading_a_sample_is_a_look_at_those_in_it(supervisor):
    event = look(of_team())
    drawn(supervisor)
    supervisor.get(f"/audit/samples/{DipSample.objects.get().pk}/")
    assert AuditEvent.objects.get(action="audit.read").people == event.people


@pytest.mark.parametrize("kind", ["masked", "hidden"])
def test_look_at_somebody_who_is_closed_to_the_supervisor_is_not_in_it(supervisor, kind):
    """The words of a colleague who is cleared would tell the name."""
    colleague, nominal = of_team(), NominalFactory.create(surname="Xylobrand")
    AuditEvent.objects.create(
        action="nominal.searched",
        actor=colleague.username,
        people=[nominal.pk],
        detail={"query": "q=xylobrand"},
    )
    seen = look(colleague)
    assert len(drawn(supervisor)) == 2
    page = f"/audit/samples/{DipSample.objects.latest('pk').pk}/"
    assert "q=xylobrand" in supervisor.get(page).text
    restricted(kind, nominal)
    assert drawn(supervisor) == [seen]
    assert "xylobrand" not in supervisor.get(page).text.lower()

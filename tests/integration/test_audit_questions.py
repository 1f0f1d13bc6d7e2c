"""An auditor asks in three fields, and is answered in sentences."""

from datetime import UTC, datetime

import pytest

from core.models import AuditEvent
from offenders.services.merges import merge_nominals
from tests.factories.access import restricted
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/audit/who/"


@pytest.fixture
def auditor(sign_in):
    return sign_in("auditor")


def look(actor, nominal, day=10, month=3, **more):
    return AuditEvent.objects.create(
        action="nominal.viewed",
        actor=actor,
        target_type="offenders.nominal",
        target_id=str(nominal.pk),
        people=[nominal.pk],
        at=datetime(2021, month, day, 12, tzinfo=UTC),
        **more,
    )


def sentences(browser, page=PAGE, **query):
    return [row.record.text for row in browser.get(page, query).context["table"].rows]


def test_who_looked_at_this_person_in_march_and_why_and_at_what_else(auditor):
    """Three clicks: the question, its answer, and what else this person looked at."""
    UserFactory.create(username="ana", full_name="Ana Grey")
    wanted = NominalFactory.create(ref="N000123", surname="Testcase", forenames="Oswin")
    other = NominalFactory.create(ref="N000124")
    look("ana", wanted, purpose="crime", purpose_ref="35/1/21")
    look("ana", other)
    look("ana", other, month=4)
    look("sam", wanted, month=4)
    asked = auditor.get(PAGE, {"whom": "n000123", "when": "March 2021"})
    (row,) = asked.context["table"].rows
    assert row.record.text == (
        "10 March 2021, 12:00: Ana Grey (ana) looked at TESTCASE, Oswin (N000123)."
    )
    assert row.record.reason == "Investigating a crime (35/1/21)"
    assert 'href="?who=ana&amp;when=March%202021"' in asked.text
    assert 'value="March 2021"' in asked.text  # in the words that were typed
    assert "moj-filter" not in asked.text  # which would hide the question: one click more
    assert len(sentences(auditor, who="ana", when="March 2021")) == 2


def test_somebody_who_was_seen_in_a_list_was_looked_at(auditor):
    shown = [NominalFactory.create() for _ in range(5)]
    AuditEvent.objects.create(
        action="nominal.searched",
        actor="ana",
        people=[each.pk for each in shown],
        detail={"query": "q=smith"},
    )
    (text,) = sentences(auditor, whom=shown[4].ref)
    assert "searched for nominals (q=smith), and was shown" in text
    assert "and 2 more" in text


def test_somebody_who_stood_in_a_file_was_taken_away(auditor):
    nominal = NominalFactory.create()
    AuditEvent.objects.create(action="export.downloaded", actor="ana", people=[nominal.pk])
    (text,) = sentences(auditor, whom=nominal.ref)
    assert text.endswith(f"ana downloaded an export with {nominal} ({nominal.ref}).")


def test_looks_at_a_merged_record_are_looks_at_the_same_person(auditor):
    kept, gone = NominalFactory.create(), NominalFactory.create(surname="Brambleholt")
    look("ana", gone)
    supervisor = UserFactory.create(roles=["act-supervisor"])
    merge_nominals(by=supervisor, kept=kept, gone=gone, reason="Same fingerprints")
    assert any("ana looked at" in text for text in sentences(auditor, whom=kept.ref))


@pytest.mark.parametrize(
    "whom",
    ["Dunmere", "dunmere, oswin", "Oswin Dunmere", "DUNMERE, Oswin Rook (N000321)", "(N000321)"],
)
def test_whom_is_asked_for_as_the_answers_write_people(auditor, whom):
    look("ana", NominalFactory.create(ref="N000321", surname="Dunmere", forenames="Oswin Rook"))
    look("ana", NominalFactory.create(surname="Dunwold", forenames="Oswin Rook"))
    (text,) = sentences(auditor, whom=whom)
    assert "DUNMERE" in text


def test_whoever_was_asked_for_is_named_before_the_others_of_a_list(auditor):
    shown = [NominalFactory.create() for _ in range(5)]
    people = [each.pk for each in shown]
    AuditEvent.objects.create(action="nominal.listed", actor="ana", people=people)
    (text,) = sentences(auditor, whom=shown[4].ref)
    assert shown[4].ref in text
    assert "and 2 more" in text


def test_questions_to_the_log_do_not_stand_before_its_answers(auditor):
    """They name whom they found: asked five times, they would fill the top of the sixth answer."""
    nominal = NominalFactory.create()
    look("ana", nominal)
    for _ in range(5):
        page = auditor.get(PAGE, {"whom": nominal.ref})
    assert len(sentences(auditor, whom=nominal.ref)) == 1
    assert f'href="?whom={nominal.ref}&amp;readings=true"' in page.text
    everything = sentences(auditor, whom=nominal.ref, readings="true")
    assert len([text for text in everything if "read the audit log" in text]) == 6
    assert "read the audit log" in sentences(auditor, who=auditor.user.username)[0]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("March 2021", 1),
        ("2021-03", 1),
        ("10 March 2021", 1),
        ("2021-03-10", 1),
        ("11/03/2021", 0),
        ("April 2021", 0),
    ],
)
def test_when_is_a_month_or_a_day(auditor, when, found):
    look("ana", NominalFactory.create())
    assert len(sentences(auditor, who="ana", when=when)) == found


@pytest.mark.parametrize("when", ["yesterday", "2021-13", "99 March 2021", "March 99999", "12"])
def test_what_is_no_time_is_told_and_shows_nothing(auditor, when):
    look("ana", NominalFactory.create())
    answer = auditor.get(PAGE, {"when": when})
    assert "is no month and no day" in answer.text
    assert "nothing of this" not in answer.text  # which would be an answer
    assert sentences(auditor, when=when) == []


@pytest.mark.parametrize("whom", ["nobody", "((", "1" * 40, "'; --"])
def test_nobody_of_that_name_is_no_answer(auditor, whom):
    look("ana", NominalFactory.create())
    assert sentences(auditor, whom=whom) == []


def test_question_is_in_the_log_with_those_whom_it_named(auditor):
    nominal = NominalFactory.create()
    look("ana", nominal)
    auditor.get(PAGE, {"who": "ana"})
    read = AuditEvent.objects.get(action="audit.read")
    assert read.detail["question"] == "who=ana"
    assert read.people == [nominal.pk]


def test_everybody_reads_what_the_log_says_of_themselves(sign_in):
    officer = sign_in("act-officer")
    nominal = NominalFactory.create(surname="Xylobrand")
    look("somebody-else", NominalFactory.create(surname="Brambleholt"))
    officer.get(f"/nominals/{nominal.pk}/")
    page = officer.get("/audit/mine/").text
    assert "XYLOBRAND" in page
    assert "BRAMBLEHOLT" not in page


def test_refusal_is_told_with_its_address(sign_in, auditor):
    refused = sign_in("manager")
    refused.get("/nominals/")
    text = sentences(auditor, who=refused.user.username)[0]
    assert text.endswith("was refused at /nominals/.")


def test_refusal_of_a_hidden_record_tells_whose_it_was(sign_in, auditor):
    """It stands in the log without an address: for whoever asked there was none."""
    officer, nominal = sign_in("act-officer"), NominalFactory.create()
    cleared = restricted("hidden", nominal, cleared=auditor.user)
    officer.get(f"/nominals/{cleared.pk}/")
    (text,) = sentences(auditor, whom=nominal.ref)
    assert text.endswith(f"was refused {nominal} ({nominal.ref}).")


def test_record_that_is_hidden_from_the_auditor_has_no_name_in_the_answer(sign_in, auditor):
    officer, nominal = sign_in("act-officer"), restricted("hidden")
    officer.get(f"/nominals/{nominal.pk}/")
    page = auditor.get(PAGE, {"whom": nominal.ref})
    assert [row.record.text.partition("was ")[2] for row in page.context["table"].rows] == [
        "refused Record not shown."
    ]
    assert "Who else looked?" not in page.text


def test_person_and_nominal_lead_to_their_answers(sign_in):
    both = sign_in("auditor", "act-officer", "administrator")
    nominal = NominalFactory.create()
    assert f"/audit/who/?whom={nominal.ref}" in both.get(f"/nominals/{nominal.pk}/").text
    page = both.get(f"/people/{both.user.username}/").text
    assert f"/audit/who/?who={both.user.username}" in page
    assert "/audit/who/" not in sign_in("act-officer").get(f"/nominals/{nominal.pk}/").text


def test_answers_cost_the_same_for_many(auditor, django_assert_max_num_queries):
    for _ in range(40):
        look("ana", NominalFactory.create())
    with django_assert_max_num_queries(8):
        auditor.get(PAGE)

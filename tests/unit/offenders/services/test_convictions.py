from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core.concurrency import EditConflict
from offenders.models import Conviction
from offenders.selectors.disposals import custody_words
from offenders.services.convictions import add_sentence, amend_conviction, record_conviction
from tests.factories.crimes import CrimeFactory
from tests.factories.disposals import officer
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

DAY = date(2021, 1, 20)


def convicted(by=None, sentences=(), **facts):
    said: dict[str, Any] = {
        "nominal": facts.pop("nominal", None) or NominalFactory.create(),
        "court": "Invented Crown Court",
        "convicted_on": DAY,
        "title": "Conspiracy to steal motor vehicles",
        "sentences": [{"sentenced_on": DAY, **sentence} for sentence in sentences],
    }
    return record_conviction(by=by or officer(), **said | facts)


def test_conviction_with_several_sentences_reads_as_the_court_said():
    made = convicted(
        sentences=[
            {"kind": "custody", "months": 54},
            {"kind": "custody", "months": 12, "runs": "concurrent"},
            {"kind": "custody", "months": 6, "runs": "consecutive"},
            {"kind": "disqualified", "months": 24},
        ]
    )
    assert str(made.sentences.first()) == "Custody, 4 years 6 months"
    assert custody_words(made) == "5 years"


def test_suspended_sentence_is_no_custody():
    suspended = {"kind": "suspended", "months": 18, "operational_months": 24}
    made = convicted(sentences=[suspended])
    words = "Suspended sentence, 1 year 6 months, suspended for 2 years"
    assert (str(made.sentences.get()), custody_words(made)) == (words, "-")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "custody"},
        {"kind": "fine"},
        {"kind": "suspended", "months": 12},
        {"kind": "suspended", "months": 25, "operational_months": 24},
        {"kind": "custody", "months": 12, "operational_months": 12},
        {"kind": "community", "months": 37},
        {"kind": "custody", "months": 12, "sentenced_on": DAY - timedelta(days=1)},
        {"kind": "custody", "months": 12, "sentenced_on": date(2199, 1, 1)},
    ],
)
def test_sentence_that_cannot_be_is_refused_and_leaves_nothing(wrong):
    with pytest.raises(ValidationError):
        convicted(sentences=[wrong])
    assert not Conviction.objects.exists()


def test_conviction_in_the_future_is_refused():
    with pytest.raises(ValidationError, match="future"):
        convicted(convicted_on=timezone.localdate() + timedelta(days=1))


def test_conviction_of_a_cancelled_crime_is_refused():
    with pytest.raises(ValidationError, match="cancelled"):
        convicted(crime=CrimeFactory.create(cancelled_at=timezone.now()))


def test_conviction_is_recorded_once():
    made = convicted()
    with pytest.raises(ValidationError, match="recorded already"):
        convicted(nominal=made.nominal)


def test_conviction_amended_from_a_stale_version_is_a_conflict():
    by = officer()
    made = convicted(by)
    amend_conviction(by=by, conviction=made, version=1, court="Another court")
    with pytest.raises(EditConflict):
        amend_conviction(by=by, conviction=made, version=1, court="A third")


def test_nobody_without_the_permission_records_a_sentence():
    with pytest.raises(PermissionDenied):
        add_sentence(
            by=UserFactory.create(roles=["analyst"]), conviction=convicted(), kind="custody",
            months=1, sentenced_on=DAY,
        )  # fmt: skip

import pytest
from django.db import IntegrityError, transaction

from core.models import Unit, UnitClosure
from offenders.models import Crime
from tests.factories.crimes import CrimeFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.survey_responses import SurveyResponseFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "field", "said"),
    [
        (CrimeFactory, "offence_id", "There is no offence code “zz”."),
        (CrimeFactory, "district_id", "There is no unit “zz”."),
        (CrimeFactory, "department_id", "There is no unit “zz”."),
        (IncidentFactory, "district_id", "There is no unit “zz”."),
        (SurveyResponseFactory, "offence_id", "There is no offence code “zz”."),
        (VictimCareContractFactory, "department_id", "There is no unit “zz”."),
    ],
)
def test_unknown_code_is_refused_by_name(factory, field, said):
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        factory(**{field: "zz"})


def test_unknown_code_is_refused_in_an_update():
    crime = CrimeFactory()
    with pytest.raises(IntegrityError, match="There is no unit"), transaction.atomic():
        Crime.objects.filter(pk=crime.pk).update(district="zz")


def test_outcome_of_no_crime_is_refused():
    with pytest.raises(IntegrityError, match="There is no crime “zz”"), transaction.atomic():
        OutcomeFactory(crime=CrimeFactory.build(crime_ref="zz"))


def test_closure_holds_every_unit_above():
    above = UnitClosure.objects.filter(descendant="fenland").values_list("ancestor_id", flat=True)
    assert set(above) == {"fenland", "north", "force"}


def test_closure_follows_a_move():
    Unit.objects.filter(pk="fenland").update(parent="south")
    above = UnitClosure.objects.filter(descendant="fenland").values_list("ancestor_id", flat=True)
    assert set(above) == {"fenland", "south", "force"}


def test_closure_follows_a_new_unit():
    Unit.objects.create(code="ely", name="Ely", kind="district", parent_id="east-cambridgeshire")
    assert Unit.objects.within("south").filter(pk="ely").exists()


def test_closure_follows_a_removal():
    Unit.objects.create(code="ely", name="Ely", kind="district", parent_id="south")
    Unit.objects.filter(pk="ely").delete()
    assert not UnitClosure.objects.filter(descendant="ely").exists()

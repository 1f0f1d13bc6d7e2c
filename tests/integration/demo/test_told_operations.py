"""What the paper says of operations and the trial, in paragraphs 5.1.11 and 5.2.4 to 5.2.7."""

from datetime import date

from core.models import Unit
from offenders.models import Nominal, NominalGroup
from offenders.models.conviction import length_of
from operations.models import Trial
from operations.selectors.results import operation_summary
from operations.selectors.trials import data_of
from performance.selectors.tag_effect import effect_of
from tests.integration.demo.test_statements import TOLD_BY, paper


def test_bethesda_spans_ten_counties_and_over_a_million_pounds(force: Unit) -> None:
    told, note = operation_summary("bethesda", TOLD_BY), paper()["bethesda-vehicles"]
    assert f"{told.counties} counties" == note["area"]
    assert told.pounds > int(note["note"].split("value over ")[1].split()[0])
    assert told.premises == ("Chop shop, Peterborough",)
    assert told.within == "Op Camacho"


def test_two_of_bethesda_were_sentenced_in_january(force: Unit) -> None:
    sentenced = operation_summary("bethesda", TOLD_BY).sentenced
    assert [(one.on.replace(day=1), one.months) for one in sentenced] == [
        (date(2021, 1, 1), 54),
        (date(2021, 1, 1), 54),
    ]


def test_sentences_for_stolen_vehicles_are_those_of_the_paper(force: Unit) -> None:
    sentenced = operation_summary("camacho", TOLD_BY).sentenced
    words = "; ".join(length_of(one.months) for one in sentenced)
    assert paper()["tomv-convictions"]["note"].startswith(words)


def test_south_dedicated_as_many_officers_to_vehicles_as_north(force: Unit) -> None:
    assert operation_summary("camacho", TOLD_BY).dedicated == {"North": 2, "South": 2}
    assert operation_summary("camacho", date(2020, 12, 31)).dedicated == {"North": 2}
    assert operation_summary("camacho", TOLD_BY).starts_on.replace(day=1) == date(2019, 5, 1)


def test_tread_match_has_its_test_before_its_scans(force: Unit) -> None:
    trial = Trial.objects.get(pk="tread-match")
    data = data_of(trial)
    assert trial.test_written_at is not None
    assert data.scans >= data.candidates > data.qualified > 0
    assert trial.standing(date(2021, 3, 16)) == "Running"


def test_suspects_of_chartwell_were_recorded_for_nothing_since_they_wore_a_tag(force: Unit) -> None:
    suspects = NominalGroup.objects.get(name="Op Chartwell").members.values("nominal")
    found = effect_of(Nominal.objects.for_service().filter(pk__in=suspects))
    assert found.answer.startswith("No further recorded offences since fitting")
    assert found.rows[0][1].offences > 0  # before

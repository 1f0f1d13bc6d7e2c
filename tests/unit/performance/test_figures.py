from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from core.models import Change, Unit
from offenders.models import OffenceGroupCode, OutcomeSetCode
from performance.models import Figure, FigureState
from performance.services.figures import fold_changes, rebuild, verify, verify_and_repair
from tests.factories.crimes import CrimeFactory
from tests.factories.force import Force
from tests.factories.incidents import IncidentFactory
from tests.factories.integrity_audits import IntegrityAuditFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.supervisory_reviews import SupervisoryReviewFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory

pytestmark = pytest.mark.django_db

JANUARY = date(2021, 1, 1)


def figure(slug, unit="force", month=JANUARY):
    found = Figure.objects.filter(indicator=slug, unit=unit, month=month).first()
    return (found.numerator, found.denominator) if found else None


def middle(slug, unit="force", month=JANUARY):
    found = Figure.objects.filter(indicator=slug, unit=unit, month=month).first()
    return (found.value / 60, found.n) if found else None


def test_fold_counts_for_the_district_and_all_above():
    CrimeFactory(district_id="fenland")
    fold_changes()
    counted = {
        unit
        for unit in Unit.objects.values_list("code", flat=True)
        if figure("dwelling-burglary-recorded", unit) == (1, None)
    }
    assert counted == {"fenland", "north", "force"}


def test_fold_takes_every_change_once():
    CrimeFactory()
    assert fold_changes() > 0
    assert fold_changes() == 0
    assert figure("all-crime-recorded") == (1, None)


def test_fold_has_both_parts_of_a_rate():
    OutcomeFactory()
    CrimeFactory()
    fold_changes()
    assert figure("all-crime-outcome-rate") == (1, 2)


def test_outcome_counts_in_its_own_month():
    crime = CrimeFactory(recorded_at=datetime(2020, 11, 3, tzinfo=UTC))
    OutcomeFactory(crime=crime, outcome_at=datetime(2021, 1, 3, tzinfo=UTC))
    fold_changes()
    assert figure("all-crime-outcome-rate") == (1, 0)
    assert figure("all-crime-cohort-rate", month=date(2020, 11, 1)) == (1, 1)


def test_outcome_that_is_not_prosecution_possible_does_not_count():
    OutcomeFactory(code_id="18")
    fold_changes()
    assert figure("all-crime-outcome-rate") == (0, 1)


@pytest.mark.parametrize("is_dwelling", [False, None])
def test_shed_is_no_dwelling_burglary(is_dwelling):
    CrimeFactory(is_dwelling=is_dwelling)
    fold_changes()
    assert figure("dwelling-burglary-recorded") is None


def test_code_of_a_later_era_counts_from_its_month():
    for moment in (datetime(2023, 3, 9, tzinfo=UTC), datetime(2023, 4, 9, tzinfo=UTC)):
        CrimeFactory(offence_id="28I", is_dwelling=None, recorded_at=moment)
    fold_changes()
    assert figure("dwelling-burglary-recorded", month=date(2023, 3, 1)) is None
    assert figure("dwelling-burglary-recorded", month=date(2023, 4, 1)) == (1, None)


def test_outcome_on_an_offence_of_an_older_era_keeps_its_group():
    OffenceGroupCode.objects.filter(group="dwelling-burglary", offence="28E").update(
        valid_to=date(2020, 12, 31)
    )
    crime = CrimeFactory(recorded_at=datetime(2020, 12, 9, tzinfo=UTC))
    OutcomeFactory(crime=crime, outcome_at=datetime(2021, 1, 9, tzinfo=UTC))
    fold_changes()
    assert figure("dwelling-burglary-outcome-rate") == (1, 0)


def test_edited_set_counts_anew():
    OutcomeFactory(code_id="22", outcome_at=datetime(2021, 1, 20, tzinfo=UTC))
    fold_changes()
    OutcomeSetCode.objects.create(set_id="prosecution-possible", outcome_id="22")
    fold_changes()
    assert figure("all-crime-outcome-rate") == (1, 1)


def test_moved_district_counts_in_its_new_area():
    CrimeFactory(district_id="fenland")
    fold_changes()
    Unit.objects.filter(pk="fenland").update(parent="south")
    fold_changes()
    assert figure("all-crime-recorded", "south") == (1, None)
    assert figure("all-crime-recorded", "north") is None


def respond(minutes, **fields):
    opened = datetime(2021, 1, 9, 12, tzinfo=UTC)
    arrived = opened + timedelta(minutes=minutes)
    return IncidentFactory(opened_at=opened, arrived_at=arrived, grade="immediate", **fields)


def test_median_is_the_mean_of_the_middle_two():
    for minutes in (4, 10, 17, 90):
        respond(minutes)
    fold_changes()
    assert middle("immediate-response") == (13.5, 4)


def test_median_of_an_area_is_taken_over_its_rows():
    for minutes, district in ((1, "fenland"), (2, "fenland"), (9, "peterborough")):
        respond(minutes, district_id=district)
    fold_changes()
    assert middle("immediate-response", "fenland") == (1.5, 2)
    assert middle("immediate-response", "north") == (2.0, 3)


def test_median_leaves_out_arrivals_after_two_days():
    respond(10)
    respond(48 * 60 + 1)
    fold_changes()
    assert middle("immediate-response") == (10, 1)


def test_median_follows_a_corrected_arrival():
    incident = respond(10)
    fold_changes()
    incident.arrived_at = incident.opened_at + timedelta(minutes=30)
    incident.save()
    fold_changes()
    assert middle("immediate-response") == (30, 1)


def test_median_goes_with_its_last_row():
    incident = respond(10)
    fold_changes()
    incident.delete()
    fold_changes()
    assert middle("immediate-response") is None


def test_contract_is_overdue_on_the_last_day_of_the_month():
    VictimCareContractFactory(opened_on=date(2020, 11, 3), due_on=date(2020, 12, 31))
    CrimeFactory()
    fold_changes()
    found = [figure("victim-care-overdue", month=date(2020, 11 + n, 1)) for n in (0, 1)]
    assert [*found, figure("victim-care-overdue")] == [(0, 1), (0, 1), (1, 1)]


def test_contact_by_the_last_day_is_in_time():
    VictimCareContractFactory(
        opened_on=date(2020, 12, 3), due_on=date(2021, 1, 10), contacted_on=date(2021, 1, 31)
    )
    CrimeFactory()
    fold_changes()
    assert figure("victim-care-overdue", "local-north") == (0, 1)


def test_closed_contract_leaves_from_the_month_of_its_end():
    contract = VictimCareContractFactory(opened_on=date(2020, 12, 3), due_on=date(2021, 1, 10))
    CrimeFactory()
    fold_changes()
    contract.closed_on = date(2021, 1, 31)
    contract.save()
    fold_changes()
    assert figure("victim-care-overdue", month=date(2020, 12, 1)) == (0, 1)
    assert figure("victim-care-overdue") is None


def test_open_contract_counts_on_when_records_of_a_new_month_come():
    VictimCareContractFactory(opened_on=date(2021, 1, 3), due_on=date(2021, 1, 10))
    fold_changes()
    CrimeFactory(recorded_at=datetime(2021, 3, 9, tzinfo=UTC))
    fold_changes()
    assert figure("victim-care-overdue", month=date(2021, 3, 1)) == (1, 1)


def test_position_goes_when_the_last_month_goes():
    VictimCareContractFactory(opened_on=date(2021, 1, 3), due_on=date(2021, 1, 10))
    crime = CrimeFactory(recorded_at=datetime(2021, 3, 9, tzinfo=UTC))
    fold_changes()
    crime.delete()
    fold_changes()
    assert figure("victim-care-overdue", month=date(2021, 3, 1)) is None


def test_department_within_a_department_counts_above():
    SupervisoryReviewFactory(
        department_id="caisu", opened_on=date(2021, 1, 3), due_on=date(2021, 1, 10), done_on=None
    )
    fold_changes()
    assert figure("supervisory-reviews-overdue", "pvp") == (1, 1)


def test_audit_counts_the_crimes_it_found():
    IntegrityAuditFactory(audited_on=date(2021, 1, 9), crimes_required=9, crimes_recorded=7)
    fold_changes()
    assert figure("crime-data-integrity") == (7, 9)


@pytest.mark.parametrize("seed", range(3))
def test_folds_of_random_edits_equal_a_rebuild(seed):
    force = Force(seed)
    force.populate()
    fold_changes()
    for step in range(60):
        force.edit()
        if step % 7 == 0:
            fold_changes()
    assert verify() == 0


def test_rebuild_from_nothing_equals_the_fold():
    Force(1).populate()
    fold_changes()
    kept = set(Figure.objects.exclude(numerator=0).values_list("indicator", "unit", "month"))
    Figure.objects.all().delete()
    rebuild()
    assert kept == set(
        Figure.objects.values_list("indicator", "unit", "month").exclude(numerator=0)
    )


def test_rebuild_takes_the_changes_that_its_rows_hold():
    CrimeFactory()
    rebuild()
    assert not Change.objects.exists()
    assert figure("all-crime-recorded") == (1, None)


def test_verify_counts_what_differs_and_changes_nothing():
    CrimeFactory(district_id=None)
    fold_changes()
    Figure.objects.filter(indicator="all-crime-recorded").update(numerator=5)
    assert verify() == 1
    assert figure("all-crime-recorded") == (5, None)
    assert FigureState.objects.get().differences == 1


def test_verify_finds_a_figure_that_should_not_be():
    Figure.objects.create(indicator="incidents", unit="force", month=JANUARY, numerator=1)
    assert verify() == 1


def test_nightly_check_puts_right_what_it_found():
    CrimeFactory()
    fold_changes()
    Figure.objects.filter(indicator="all-crime-recorded").delete()
    assert verify_and_repair() > 0
    assert figure("all-crime-recorded") == (1, None)


def test_rebuild_of_a_month_leaves_the_others():
    CrimeFactory()
    CrimeFactory(recorded_at=datetime(2020, 12, 9, tzinfo=UTC))
    fold_changes()
    Figure.objects.filter(indicator="all-crime-recorded").update(numerator=5)
    rebuild(months=[JANUARY])
    found = [figure("all-crime-recorded", month=month) for month in (date(2020, 12, 1), JANUARY)]
    assert found == [(5, None), (1, None)]


def test_fold_says_when_it_was():
    before = timezone.now()
    CrimeFactory()
    fold_changes()
    assert FigureState.objects.get().folded_at >= before

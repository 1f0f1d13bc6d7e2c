"""A small force with records of every kind, scattered over two years: the same for a seed."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from offenders.models import Crime, HubReferral, Outcome
from operations.models import Incident
from performance.models import (
    Call,
    IntegrityAudit,
    SupervisoryReview,
    SurveyResponse,
    VictimCareContract,
)

DISTRICTS = ["fenland", "peterborough", "cambridge", "huntingdonshire", None]
DEPARTMENTS = ["local-north", "local-south", "caisu"]
OFFENCES = ["28E", "48", "45", "8Q", "49"]
OUTCOMES = ["1", "18", "8", "16", "1A"]
START = datetime(2019, 3, 1, tzinfo=UTC)


class Force:
    def __init__(self, seed: int, size: int = 200) -> None:
        self.random = Random(seed)  # noqa: S311  # nothing secret
        self.size = size

    def moment(self) -> datetime:
        return START + timedelta(minutes=self.random.randrange(60 * 24 * 700))

    def day(self) -> date:
        return self.moment().date()

    def maybe(self) -> bool | None:
        return self.random.choice([True, False, None])

    def populate(self) -> None:
        self.add_crimes()
        self.add_incidents_and_calls()
        self.add_positions()
        self.add_answers()

    def add_crimes(self) -> None:
        pick = self.random.choice
        crimes = [
            Crime(
                crime_ref=f"C{n}",
                recorded_at=(moment := self.moment()),
                offence_id=pick(OFFENCES),
                is_dwelling=self.maybe(),
                district_id=pick(DISTRICTS),
                has_victim=self.maybe(),
                is_allocated=self.maybe(),
                cancelled_at=pick([None] * 9 + [moment + timedelta(days=1)]),
            )
            for n in range(self.size)
        ]
        Crime.objects.bulk_create(crimes)
        Outcome.objects.bulk_create(
            Outcome(
                crime=crime,
                code_id=pick(OUTCOMES),
                outcome_at=crime.recorded_at + timedelta(days=self.random.randrange(100)),
            )
            for crime in crimes[::2]
        )
        HubReferral.objects.bulk_create(
            HubReferral(crime=crime, referred_on=(crime.recorded_at + timedelta(days=3)).date())
            for crime in crimes[::5]
        )

    def add_incidents_and_calls(self) -> None:
        pick, number = self.random.choice, self.random.randrange
        Incident.objects.bulk_create(
            Incident(
                incident_ref=f"I{n}",
                opened_at=(opened := self.moment()),
                grade=pick(["immediate", "prompt", "none"]),
                arrived_at=pick([None, opened + timedelta(seconds=number(200_000))]),
                category=pick(["burglary-dwelling", "other"]),
                is_domestic=pick([True, False]),
                is_covid=pick([True, False]),
                district_id=pick(DISTRICTS),
            )
            for n in range(self.size)
        )
        Call.objects.bulk_create(
            Call(
                call_ref=f"K{n}",
                line=pick(["999", "non-emergency"]),
                offered_at=(offered := self.moment()),
                answered_at=pick([None, offered + timedelta(seconds=number(60))]),
            )
            for n in range(self.size)
        )

    def add_positions(self) -> None:
        pick, number = self.random.choice, self.random.randrange
        VictimCareContract.objects.bulk_create(
            VictimCareContract(
                contract_ref=f"V{n}",
                department_id=pick(DEPARTMENTS),
                opened_on=(opened := self.day()),
                due_on=opened + timedelta(days=28),
                contacted_on=pick([None, opened + timedelta(days=number(60))]),
                closed_on=pick([None, opened + timedelta(days=number(200))]),
            )
            for n in range(self.size // 2)
        )
        SupervisoryReview.objects.bulk_create(
            SupervisoryReview(
                review_ref=f"R{n}",
                department_id=pick(DEPARTMENTS),
                opened_on=(opened := self.day()),
                due_on=opened + timedelta(days=28),
                done_on=pick([None, opened + timedelta(days=number(200))]),
            )
            for n in range(self.size // 2)
        )

    def add_answers(self) -> None:
        pick, number = self.random.choice, self.random.randrange
        SurveyResponse.objects.bulk_create(
            SurveyResponse(
                response_ref=f"S{n}",
                survey=pick(["victim", "public"]),
                responded_on=self.day(),
                question=pick(["whole-experience", "follow-up", "dealing-with-local-concerns"]),
                is_positive=pick([True, False]),
                offence_id=pick(OFFENCES),
                district_id=pick(DISTRICTS),
            )
            for n in range(self.size)
        )
        IntegrityAudit.objects.bulk_create(
            IntegrityAudit(
                audit_ref=f"A{n}",
                audited_on=self.day(),
                subject="Rape",
                incidents_audited=100,
                crimes_required=(required := number(1, 100)),
                crimes_recorded=number(required),
                district_id=pick(DISTRICTS),
            )
            for n in range(10)
        )

    def edit(self) -> None:
        """One random change of a kind that people make."""
        self.random.choice(
            [
                self.reclassify,
                self.redate,
                self.cancel,
                self.record_outcome,
                self.withdraw_outcome,
                self.regrade,
                self.reopen,
                self.move,
                self.remove,
            ]
        )()

    def crime(self) -> Crime:
        return Crime.objects.get(pk=f"C{self.random.randrange(self.size)}")

    def reclassify(self) -> None:
        crime = self.crime()
        crime.offence_id, crime.is_dwelling = self.random.choice(OFFENCES), self.maybe()
        crime.save()

    def redate(self) -> None:
        Crime.objects.filter(pk=self.crime().pk, outcome=None, cancelled_at=None).update(
            recorded_at=self.moment()
        )

    def cancel(self) -> None:
        crime = self.crime()
        crime.cancelled_at = crime.recorded_at + timedelta(days=self.random.randrange(9))
        crime.save()

    def record_outcome(self) -> None:
        crime = self.crime()
        moment = crime.recorded_at + timedelta(minutes=self.random.randrange(200_000))
        Outcome.objects.create(crime=crime, code_id="8", outcome_at=moment)

    def withdraw_outcome(self) -> None:
        outcome = self.random.choice(list(Outcome.objects.order_by("pk")))
        outcome.cancelled_at = outcome.outcome_at + timedelta(days=1)
        outcome.save()

    def regrade(self) -> None:
        incident = Incident.objects.get(pk=f"I{self.random.randrange(self.size)}")
        incident.grade = "prompt"
        incident.arrived_at = incident.opened_at + timedelta(hours=self.random.randrange(60))
        incident.save()

    def reopen(self) -> None:
        contract = f"V{self.random.randrange(self.size // 2)}"
        VictimCareContract.objects.filter(pk=contract).update(closed_on=None)

    def move(self) -> None:
        review = f"R{self.random.randrange(self.size // 2)}"
        SupervisoryReview.objects.filter(pk=review).update(department_id="local-north")

    def remove(self) -> None:
        VictimCareContract.objects.filter(pk=f"V{self.random.randrange(self.size // 2)}").delete()
        Call.objects.filter(pk=f"K{self.random.randrange(self.size)}").delete()

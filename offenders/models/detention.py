from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.changes import change_triggers
from core.columns import local_month
from core.concurrency import RaiseVersion
from core.models import Unit
from core.ranks import Rank
from core.revisions import tracked
from offenders.custody.clock import Case, Clock, Event, Kind, Settings, clock, in_order
from offenders.models.arrest import Arrest, TrialMode
from offenders.models.feeds import DETENTION, HOURS

# Police, Crime, Sentencing and Courts Act 2022 s.45(3): the arrest for the offence decides.
BAIL_REFORM = datetime(2022, 10, 27, 23, 0, tzinfo=UTC)  # 28 October in Europe/London


class CaseChoice(models.TextChoices):
    ORDINARY = Case.ORDINARY.value, "Arrested and brought to the station"
    OTHER_FORCE = Case.OTHER_FORCE.value, "Arrested for another force, not questioned on the way"
    ABROAD = Case.ABROAD.value, "Arrested outside England and Wales"
    VOLUNTARY = Case.VOLUNTARY.value, "Attended voluntarily, then arrested at the station"
    STREET_BAIL = Case.STREET_BAIL.value, "Answering street bail"


class KindChoice(models.TextChoices):
    ARRESTED = Kind.ARRESTED.value, "Arrested"
    ENTERED = Kind.ENTERED.value, "Entered England and Wales"
    ARRIVED = Kind.ARRIVED.value, "Arrived at the station"
    AUTHORISED = Kind.AUTHORISED.value, "Detention authorised"
    REVIEWED = Kind.REVIEWED.value, "Reviewed"
    POSTPONED = Kind.POSTPONED.value, "Review postponed"
    TO_HOSPITAL = Kind.TO_HOSPITAL.value, "Left for hospital"
    FROM_HOSPITAL = Kind.FROM_HOSPITAL.value, "Back from hospital"
    QUESTIONED = Kind.QUESTIONED.value, "Questioned in hospital"
    BAILED = Kind.BAILED.value, "Released on bail"
    RETURNED = Kind.RETURNED.value, "Returned"
    EXTENDED = Kind.EXTENDED.value, "Extended by a superintendent"
    WARRANT = Kind.WARRANT.value, "Warrant of further detention"
    CHARGED = Kind.CHARGED.value, "Charged"
    RELEASED = Kind.RELEASED.value, "Released"


class Result(models.TextChoices):
    """How a detention ended."""

    CHARGED_BAILED = "charged-bailed", "Charged and bailed to court"
    CHARGED_REMANDED = "charged-remanded", "Charged and remanded"
    BAILED = "bailed", "Bailed before charge"
    INVESTIGATED = "investigated", "Released under investigation"
    NO_ACTION = "no-action", "No further action"
    DISPOSED = "disposed", "Out-of-court disposal"
    TRANSFERRED = "transferred", "Transferred to another force"
    REFUSED = "refused", "Detention not authorised"


@tracked()
class Detention(models.Model):
    """A time in custody after an arrest. An aid beside the force's custody system, not the record.

    What runs and what is due is never stored: it is worked out from the events.
    """

    arrest = models.OneToOneField(Arrest, on_delete=models.PROTECT, related_name="detention")
    case = models.CharField(max_length=12, choices=CaseChoice, default=CaseChoice.ORDINARY)
    custody_number = models.CharField(max_length=20, blank=True)
    station = models.CharField(max_length=80)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="detentions"
    )  # in the case
    appropriate_adult = models.CharField(
        max_length=120, blank=True
    )  # who was told; a child's is named before the charge
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )  # of the arrest
    result = models.CharField(max_length=16, choices=Result, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_month = local_month("ended_at")
    hours_used = models.PositiveSmallIntegerField(null=True, editable=False)  # whole, once ended
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-arrest__arrested_at"]
        triggers = [*change_triggers(DETENTION, HOURS), RaiseVersion()]
        indexes = [
            # rows behind the figures of custody
            models.Index(
                fields=["ended_month", "district"],
                name="detention_month",
                condition=Q(ended_month__isnull=False),
            ),
            # the custody board
            models.Index(fields=["arrest"], condition=Q(ended_at__isnull=True), name="detained"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, result="")
                | (Q(ended_at__isnull=False) & ~Q(result="")),
                name="detention_ends_with_a_result",
                violation_error_message="A detention ends at a time and with a result.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.arrest.nominal} at {self.station}"

    @property
    def lacks_adult(self) -> bool:
        """Of a child, by the day of arrest, for whom nobody is named yet."""
        day = timezone.localdate(self.arrest.arrested_at)
        return self.arrest.nominal.is_child_on(day) and not self.appropriate_adult.strip()

    @property
    def clock(self) -> Clock:
        """From the events that stand; reads `entries`, which may be prefetched."""
        return clock(Case(self.case), self.log, self.law)

    @property
    def standing(self) -> list[CustodyEvent]:
        """The events that were not withdrawn."""
        return [event for event in self.entries.all() if event.withdrawn_at is None]

    @property
    def log(self) -> list[Event]:
        return in_order(event.as_event() for event in self.standing)

    @property
    def is_indictable(self) -> bool:
        """Whether any offence may be tried at the Crown Court; either way counts (s.42(1)(b))."""
        return any(found.mode != TrialMode.SUMMARY for found in self.arrest.offences.all())

    @property
    def law(self) -> Settings:
        return Settings(
            hospital_pauses_reviews=settings.HOSPITAL_PAUSES_REVIEWS,
            breach_pauses=self.arrest.arrested_at >= BAIL_REFORM,
        )


ONCE = [
    kind.value
    for kind in (Kind.ARRESTED, Kind.ENTERED, Kind.ARRIVED, Kind.AUTHORISED, Kind.CHARGED)
]


@tracked()
class CustodyEvent(models.Model):
    """One thing that happened in custody. A wrong entry is withdrawn with a reason, not changed."""

    detention = models.ForeignKey(Detention, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=13, choices=KindChoice)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    hours = models.FloatField(null=True, blank=True)
    is_medical = models.BooleanField("for treatment", default=True)
    is_breach = models.BooleanField("arrested for breach of bail", default=False)
    authorised_by = models.CharField(max_length=120, blank=True)
    authorised_rank = models.PositiveSmallIntegerField(choices=Rank, null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: an import
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="questioned") | Q(until__isnull=False, until__gt=F("at")),
                name="custody_questioning_ends",
                violation_error_message="Say when the questioning ended.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["extended", "warrant"])
                | Q(hours__isnull=False, hours__gt=0, hours__lte=36),
                name="custody_extension_has_hours",
                violation_error_message="An extension or a warrant is for at most 36 hours.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extended")
                | Q(authorised_rank__isnull=False, authorised_rank__gte=Rank.SUPERINTENDENT),
                name="custody_extension_has_a_rank",
                violation_error_message="A superintendent or above extends detention (s.42(1)).",
            ),
            models.CheckConstraint(
                condition=~Q(kind="postponed") | ~Q(reason=""),
                name="custody_postponed_with_reason",
                violation_error_message="Say why the review was postponed (s.40(7)).",
            ),
            models.UniqueConstraint(
                fields=["detention", "kind", "at"],
                condition=Q(withdrawn_at__isnull=True),
                name="custody_event_once",
                violation_error_message="This is logged already.",
            ),
            models.UniqueConstraint(
                fields=["detention", "kind"],
                condition=Q(withdrawn_at__isnull=True, kind__in=ONCE),
                name="custody_event_of_a_kind",
                violation_error_message="This happens once in a detention and is logged already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localtime(self.at):%d %b %H:%M}"

    def as_event(self) -> Event:
        return Event(
            Kind(self.kind), self.at, self.until, self.hours, self.is_medical, self.is_breach
        )

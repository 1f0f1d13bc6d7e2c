from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.changes import change_triggers
from core.columns import local_month
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from core.states import Machine
from offenders.models.feeds import TAG_DAYS, TAG_FITTED
from offenders.models.nominal import Nominal


class DeviceStatus(models.TextChoices):
    STOCK = "stock", "In stock"
    FITTED = "fitted", "Fitted"
    REPAIR = "repair", "In repair"
    LOST = "lost", "Lost"
    RETIRED = "retired", "Retired"


GONE = [DeviceStatus.LOST, DeviceStatus.RETIRED]


@tracked()
class TagUnit(models.Model):
    """A tag that the force owns. Its status follows its wearing; the rest is set by hand."""

    serial = models.CharField(max_length=40, unique=True)
    status = models.CharField(
        max_length=8, choices=DeviceStatus, default=DeviceStatus.STOCK, db_default="stock"
    )
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField("in service since", default=today)
    until = models.DateField("out of service since", null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "tag unit"
        ordering = ["serial"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(serial=""),
                name="tag_unit_has_a_serial",
                violation_error_message="Enter the serial number.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="tag_unit_ends_after_it_begins",
                violation_error_message="A unit cannot leave service before it came into it.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=GONE, until__isnull=False)
                | (~Q(status__in=GONE) & Q(until__isnull=True)),
                name="tag_unit_gone_since_a_day",
                violation_error_message="A unit that is lost or retired has left service on a day.",
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class Basis(models.TextChoices):
    """By what right somebody wears a tag."""

    VOLUNTARY = "voluntary", "Voluntary"
    POLICE_BAIL = "police-bail", "Police bail"
    COURT_BAIL = "court-bail", "Court bail"
    SENTENCE = "sentence", "Sentence"
    LICENCE = "licence", "Licence"


CONSENTED = [Basis.VOLUNTARY, Basis.POLICE_BAIL]  # worn by consent, and only while it lasts
ORDERED = [Basis.COURT_BAIL, Basis.SENTENCE, Basis.LICENCE]  # somebody else's order


class TagState(models.TextChoices):
    REQUESTED = "requested", "Requested"
    CONSENTED = "consented", "Consented to"
    ORDERED = "ordered", "Ordered"
    BOOKED = "booked", "Booked for fitting"
    WORN = "worn", "Worn"
    SUSPENDED = "suspended", "Suspended"
    FAULT = "fault", "Faulty"
    NOT_COMPLIANT = "not-compliant", "Not complied with"
    REMOVAL_DUE = "removal-due", "To be removed"
    REMOVED = "removed", "Removed"
    CLOSED = "closed", "Closed without fitting"


S = TagState
WAITING = frozenset({S.REQUESTED, S.CONSENTED, S.ORDERED, S.BOOKED})
ON_PERSON = frozenset({S.WORN, S.SUSPENDED, S.FAULT, S.NOT_COMPLIANT, S.REMOVAL_DUE})
OVER = [S.REMOVED, S.CLOSED]
# From its fitting a tag reports, so fitted and active are one state.
TAG = Machine(
    "The tag",
    TagState,
    {
        "consented to": (frozenset({S.REQUESTED}), S.CONSENTED),
        "ordered": (frozenset({S.REQUESTED}), S.ORDERED),
        "booked": (frozenset({S.CONSENTED, S.ORDERED, S.BOOKED}), S.BOOKED),
        "fitted": (frozenset({S.CONSENTED, S.ORDERED, S.BOOKED}), S.WORN),
        "suspended": (frozenset({S.WORN}), S.SUSPENDED),
        "found faulty": (frozenset({S.WORN}), S.FAULT),
        "found not complied with": (frozenset({S.WORN}), S.NOT_COMPLIANT),
        "resumed": (frozenset({S.SUSPENDED, S.FAULT, S.NOT_COMPLIANT}), S.WORN),
        "sent for removal": (ON_PERSON - {S.REMOVAL_DUE}, S.REMOVAL_DUE),
        "removed": (ON_PERSON, S.REMOVED),
        "closed": (WAITING, S.CLOSED),
    },
)


class EndReason(models.TextChoices):
    END_DATE = "end-date", "End date reached"
    WITHDRAWN = "withdrawn", "Consent withdrawn"
    REVOKED = "revoked", "Revoked"
    BREACHED = "breached", "Breached"
    RECALLED = "recalled", "Recalled or remanded"
    DEVICE = "device", "Device lost or damaged"
    REFUSED = "refused", "Refused by the court, or not consented to"
    DEATH = "death", "Death"


@tracked()
class TagDeployment(models.Model):
    """One tag for one person on one legal basis, from the request until it is off."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="tags")
    state = models.CharField(max_length=13, choices=TagState, default=S.REQUESTED, editable=False)
    basis = models.CharField("legal basis", max_length=11, choices=Basis)
    basis_note = models.TextField(
        "legal basis in words", max_length=500, blank=True, help_text="Which power, order or court."
    )
    why = models.TextField("what it is for", max_length=500)
    area = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    device = models.ForeignKey(
        TagUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="deployments"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    consented_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField("consent withdrawn", null=True, blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    fit_booked_for = models.DateTimeField(null=True, blank=True)
    fitted_at = models.DateTimeField(null=True, blank=True)
    fitted_month = local_month("fitted_at")
    ends_on = models.DateField("last day", null=True, blank=True)
    ended_at = models.DateTimeField("removed or closed", null=True, blank=True)
    ended_month = local_month("ended_at")
    end_reason = models.CharField(max_length=9, choices=EndReason, blank=True)
    days_worn = models.PositiveIntegerField(null=True, editable=False)  # whole, once removed
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "tag"
        ordering = ["-requested_at", "-pk"]
        triggers = [*change_triggers(TAG_FITTED, TAG_DAYS), RaiseVersion()]
        indexes = [
            models.Index(fields=["nominal", "-requested_at"], name="tag_of_nominal"),
            # rows behind the figures of tags
            models.Index(
                fields=["fitted_month", "area"],
                name="tag_fitted_month",
                condition=Q(fitted_month__isnull=False),
            ),
            models.Index(
                fields=["ended_month", "area"],
                name="tag_ended_month",
                condition=Q(ended_month__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal"],
                condition=~Q(state__in=OVER),
                name="tag_one_live_a_person",
                violation_error_message="This nominal has a tag already, or waits for one.",
            ),
            models.UniqueConstraint(
                fields=["device"],
                condition=~Q(state__in=OVER),
                name="tag_one_person_a_unit",
                violation_error_message="Somebody else wears this unit.",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values),
                name="tag_has_a_basis",
                violation_error_message="A tag needs a legal basis.",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.POLICE_BAIL) | ~Q(basis_note=""),
                name="tag_on_police_bail_has_a_note",
                violation_error_message="On police bail, say which power the tag stands on.",
            ),
            models.CheckConstraint(
                condition=Q(fitted_at__isnull=True)
                | Q(
                    basis__in=CONSENTED,
                    consented_at__isnull=False,
                    consented_at__lte=F("fitted_at"),
                )
                | (
                    Q(basis__in=ORDERED, ordered_at__isnull=False, ordered_at__lte=F("fitted_at"))
                    & ~Q(basis_note="")
                ),
                name="tag_fitted_by_consent_or_order",
                violation_error_message=(
                    "A tag is fitted after the consent to it, or the order for it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(fitted_at__isnull=True) | Q(device__isnull=False),
                name="tag_fitted_is_a_unit",
                violation_error_message="Say which unit was fitted.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(consented_at__isnull=False, withdrawn_at__gte=F("consented_at")),
                name="tag_withdrawn_after_consent",
                violation_error_message="Consent is withdrawn after it was given.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(end_reason=EndReason.WITHDRAWN),
                name="tag_withdrawal_is_no_breach",
                violation_error_message="Consent was withdrawn: that is never a breach.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, ended_at__isnull=False)
                | (~Q(state__in=OVER) & Q(ended_at__isnull=True)),
                name="tag_ends_at_a_time",
                violation_error_message="A tag that is over ended at a time.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""),
                name="tag_ends_with_a_reason",
                violation_error_message="Say why the tag ended.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(fitted_at__isnull=True)
                | Q(ended_at__gte=F("fitted_at")),
                name="tag_removed_after_fitting",
                violation_error_message="A tag is removed after it was fitted.",
            ),
        ]

    def __str__(self) -> str:
        return f"Tag of {self.nominal} ({self.get_state_display().lower()})"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_worn(self) -> bool:
        return self.state in ON_PERSON

    @property
    def needs_consent(self) -> bool:
        return self.basis in CONSENTED

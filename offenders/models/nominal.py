from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.query import ValuesIterable
from django.utils import timezone

from core import actors, looks
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from offenders.models import scope
from offenders.models.retention_triggers import HoldBlocksErasure
from offenders.models.search import FollowNames

if TYPE_CHECKING:
    from core.models import User

ADULT = 18  # years


class Sex(models.TextChoices):
    FEMALE = "F", "Female"
    MALE = "M", "Male"
    NOT_KNOWN = "X", "Not known"


class Ethnicity(models.TextChoices):
    """Self-defined ethnicity, the 18+1 codes of the 2011 census."""

    W1 = "W1", "White: British"
    W2 = "W2", "White: Irish"
    W3 = "W3", "White: Gypsy or Irish Traveller"
    W9 = "W9", "White: any other"
    M1 = "M1", "Mixed: White and Black Caribbean"
    M2 = "M2", "Mixed: White and Black African"
    M3 = "M3", "Mixed: White and Asian"
    M9 = "M9", "Mixed: any other"
    A1 = "A1", "Asian: Indian"
    A2 = "A2", "Asian: Pakistani"
    A3 = "A3", "Asian: Bangladeshi"
    A4 = "A4", "Asian: Chinese"
    A9 = "A9", "Asian: any other"
    B1 = "B1", "Black: Caribbean"
    B2 = "B2", "Black: African"
    B9 = "B9", "Black: any other"
    O2 = "O2", "Other: Arab"
    O9 = "O9", "Any other"
    NS = "NS", "Not stated"


class KeptOnce(models.Model):
    """What a nominal has once in each thing: a place in an operation, in a group, in a series.

    A merge of two who both have it leaves the row of the one who goes where it is, for the undo;
    what is shown and counted leaves it out, as it leaves out whoever was merged.
    """

    class Meta:
        abstract = True


class NominalQuerySet(models.QuerySet["Nominal"]):
    """In a request it runs only for somebody (`visible_to`, `open_to`) or, said so, `for_service`."""

    _is_scoped = False

    def live(self) -> NominalQuerySet:
        """Nominals that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def visible_to(self, by: User) -> NominalQuerySet:
        """Without those who are hidden from this person. Masked ones come without identity."""
        return scope.visible(self, by)

    def open_to(self, by: User) -> NominalQuerySet:
        """Without the masked ones as well: for columns read as values, and for filters."""
        return scope.open_rows(self, by)

    def for_service(self) -> NominalQuerySet:
        """Everybody: for what a rule must know and shows to nobody."""
        found = self.all()
        found._is_scoped = True
        return found

    def _clone(self) -> NominalQuerySet:
        found: NominalQuerySet = super()._clone()  # type: ignore[misc]  # Django's own, unstubbed
        found._is_scoped = self._is_scoped
        return found

    def _require_scope(self) -> None:
        if not self._is_scoped and actors.current() is not None:
            raise scope.UnscopedError("Say for whom: visible_to(by), open_to(by), for_service().")

    def _fetch_all(self) -> None:
        """Rows that become no model object are seen all the same."""
        is_new = self._result_cache is None
        if is_new:
            self._require_scope()
        super()._fetch_all()
        if is_new and self._iterable_class is ValuesIterable:
            for row in cast("list[dict[str, Any]]", self._result_cache):
                looks.saw(row.get("id") or row.get("pk"))

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)


class Everybody(models.Manager.from_queryset(NominalQuerySet)):  # type: ignore[misc]  # made by Django
    """What Django itself reads by: a unique column, a relation, a lock. Nets beside it stay."""

    def get_queryset(self) -> NominalQuerySet:
        found: NominalQuerySet = super().get_queryset()
        return found.for_service()


@tracked()
class Nominal(models.Model):
    """A person known to the police. `ref` is the force's own number."""

    is_person = True  # for the log: who looked at them
    ref = models.CharField("reference", max_length=20, unique=True)
    surname = models.CharField(max_length=80)
    forenames = models.CharField(max_length=120)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.NOT_KNOWN)
    ethnicity = models.CharField(
        "self-defined ethnicity", max_length=2, choices=Ethnicity, default=Ethnicity.NS
    )
    pnc_id = models.CharField("PNC identifier", max_length=15, blank=True)
    custody_ref = models.CharField("custody number", max_length=20, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the area that works this nominal
    lead_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leads"
    )
    second_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged"
    )
    merged_at = models.DateTimeField(null=True, editable=False)
    disposed_at = models.DateTimeField(null=True, editable=False)  # of whom nothing is kept
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = NominalQuerySet.as_manager()
    everybody = Everybody()
    covered = ""  # the words in place of an identity that this person may not see

    class Meta:
        default_manager_name = "everybody"
        ordering = ["surname", "forenames", "pk"]
        triggers = [RaiseVersion(), *FollowNames.on("id"), HoldBlocksErasure()]
        indexes = [
            models.Index(fields=["date_of_birth"], name="nominal_born"),
            models.Index(fields=["custody_ref"], name="nominal_custody_ref"),
            models.Index(fields=["lead_officer"], name="nominal_of_lead"),  # my nominals
            models.Index(
                fields=["disposed_at"],
                condition=Q(disposed_at__isnull=False),
                name="nominal_disposed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pnc_id"],
                condition=~Q(pnc_id="") & Q(merged_into__isnull=True),
                name="nominal_pnc_once",
                violation_error_message="Another nominal has this PNC identifier.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="nominal_not_merged_with_itself",
                violation_error_message="A nominal cannot be merged with themselves.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_at__isnull=True)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="nominal_merge_has_a_time",
                violation_error_message="A merge needs its time.",
            ),
            models.CheckConstraint(
                condition=Q(second_officer__isnull=True) | ~Q(second_officer=F("lead_officer")),
                name="nominal_two_officers",
                violation_error_message="The second officer cannot be the lead officer.",
            ),
            models.CheckConstraint(
                condition=~Q(surname=""),
                name="nominal_has_a_surname",
                violation_error_message="Enter the surname.",
            ),
        ]

    def __str__(self) -> str:
        return self.covered or f"{self.surname.upper()}, {self.forenames}".rstrip(", ")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.covered:
            raise scope.CoveredError("This person may not see whom they would change.")
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Nominal:
        """Whoever is read, by whatever query, must have left a look by the end of the request.

        Whom the person at work may not see comes without identity, and leaves none.
        """
        found: Nominal = super().from_db(*args, **kwargs)
        scope.cover(found)
        if not found.covered:
            looks.saw(found.pk)
        return found

    def age_on(self, day: date) -> int | None:
        """Whole years; None when the date of birth is not known."""
        born = self.date_of_birth
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @property
    def age(self) -> int | None:
        return self.age_on(today())

    def is_child_on(self, day: date) -> bool:
        """Under 18 (Children Act 1989 s.105). Nobody is, whose date of birth is not known."""
        age = self.age_on(day)
        return age is not None and age < ADULT

    @property
    def is_child(self) -> bool:
        return self.is_child_on(today())

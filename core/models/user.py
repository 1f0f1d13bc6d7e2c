from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.access.permissions import Permission
from core.access.roles import BY_SLUG, permissions_of
from core.ranks import Rank


class User(AbstractUser):
    """A person, or a machine, that signs in. What they may do follows from their role grants."""

    first_name = None  # type: ignore[assignment]  # one name field: people write their name as they like
    last_name = None  # type: ignore[assignment]  # likewise
    full_name = models.CharField("name", max_length=150)
    rank = models.PositiveSmallIntegerField(choices=Rank, default=Rank.STAFF)
    unit = models.ForeignKey(
        "core.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )  # the area or department that this person works in
    # Sessions begun before this moment are over: roles or standing have changed since.
    sessions_ended_at = models.DateTimeField(null=True, editable=False)

    REQUIRED_FIELDS = ["full_name"]

    class Meta(AbstractUser.Meta):
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    @cached_property
    def role_slugs(self) -> frozenset[str]:
        """Read once for each instance, and a request has one instance of its user."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.grants.current().values_list("role", flat=True))

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.role_slugs)

    def has(self, permission: Permission) -> bool:
        return permission in self.permissions

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Kept in each session and compared on every request, so a new one ends them all."""
        return salted_hmac(
            "core.models.User.sessions",
            f"{self.password}|{self.sessions_ended_at}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def current(self) -> RoleGrantQuerySet:
        return self.filter(ended_at__isnull=True)


class RoleGrant(models.Model):
    """A role that a person holds, or held. Roles themselves are code: `core.access.roles`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.SlugField(max_length=40)
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: made by a command, on the machine itself
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True),
                name="role_held_once",
                violation_error_message="This person already holds this role.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at")),
                name="role_ends_after_grant",
                violation_error_message="A role cannot end before it was granted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role_name}"

    @property
    def role_name(self) -> str:
        role = BY_SLUG.get(self.role)
        return role.name if role else self.role

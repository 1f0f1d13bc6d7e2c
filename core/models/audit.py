from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.db.models.functions import Upper
from django.utils import timezone
from pghistory.models import Context

from core import chain


class KeepRows(pgtrigger.Trigger):
    """Tests empty their tables, and say so by a setting of their connections."""

    name = "never_emptied"
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Truncate
    func = """
        IF current_setting('aware.allow_truncate', true) IS DISTINCT FROM 'on' THEN
            RAISE EXCEPTION 'Cannot truncate %: its rows are only added.', TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    """


class HistoryContext(Context):
    """Who made a revision, and when. A context grows while its request runs; it never goes."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            KeepRows(),
        ]


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def bulk_create(self, objs: Iterable[AuditEvent], *args: Any, **kwargs: Any) -> Any:
        rows = list(objs)
        for row in rows:
            row.seal = chain.seal_row(row)
        return super().bulk_create(rows, *args, **kwargs)


class AuditEvent(models.Model):
    """One thing that somebody did. No foreign keys: the row outlives what it speaks of."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    action = models.CharField(max_length=60)
    actor = models.CharField(max_length=150, blank=True)  # user name; blank for the system itself
    job = models.CharField(max_length=100, blank=True)  # what a job did is not a person's doing
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=100, blank=True)
    people = ArrayField(models.BigIntegerField(), default=list)  # nominals that were shown
    purpose = models.CharField(max_length=40, blank=True)  # of core.access.purpose
    purpose_ref = models.CharField(max_length=100, blank=True)  # the crime, operation or task
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    address = models.GenericIPAddressField(null=True)
    seal = models.CharField(max_length=80, blank=True, editable=False)  # blank: before there were

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),  # the log page
            models.Index(Upper("actor"), F("at").desc(), name="audit_by_actor"),  # what did I do
            models.Index(fields=["action", "-at"], name="audit_by_action"),  # who was refused
            # what happened to this record
            models.Index(fields=["target_id", "-at"], name="audit_by_target"),
            GinIndex(fields=["people"], name="audit_by_person"),  # who looked at this person
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            KeepRows(),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor or self.job} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.seal = chain.seal_row(self)
        super().save(*args, **kwargs)


class AuditSeal(models.Model):
    """A batch of the log, and the hash that ties it to all batches before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    ids = ArrayField(BigIntegerRangeField())  # exactly these rows, from one number to another
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(db_index=True)
    rows = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()  # rows of this batch and of all before it
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            KeepRows(),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.rows} rows, {self.sealed_at:%Y-%m-%d %H:%M}"

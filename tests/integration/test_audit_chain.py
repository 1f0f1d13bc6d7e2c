"""The log is sealed behind those who write, and says what was done to it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import audit
from core.models import AuditEvent, AuditSeal
from core.selectors.audit_chain import faults
from core.services.audit_chain import anchor_file, anchor_of, seal_all
from tests.factories.users import UserFactory
from tests.tampering import WAYS, filled_log, tampered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_whole_log_has_no_faults():
    filled_log(rows=30, batches=3)
    assert list(faults()) == []
    assert AuditSeal.objects.count() == 3
    assert AuditSeal.objects.latest("number").total == 30


@pytest.mark.parametrize("way", WAYS)
def test_tampering_is_found(way):
    filled_log(rows=30, batches=3)
    anchor = anchor_of(AuditSeal.objects.latest("number"))
    where = tampered(way, seed=7)
    assert list(faults([anchor])) != [], where


def test_row_that_its_batch_came_before_is_held_by_a_later_one():
    """A transaction that is open while its neighbours are sealed commits afterwards."""
    filled_log(rows=4, batches=1)
    later = AuditEvent.objects.latest("pk").pk
    AuditEvent(pk=later + 5, action="record.changed").save(force_insert=True)
    seal_all()
    AuditEvent(pk=later + 3, action="record.changed", actor="late").save(force_insert=True)
    assert seal_all() == 1
    assert list(faults()) == []


def test_key_may_change_and_old_rows_stay_genuine(settings):
    filled_log(rows=4, batches=1)
    settings.AUDIT_KEYS = ["another", *settings.AUDIT_KEYS]
    audit.record(by=UserFactory.create(), action=audit.Action.SIGNED_IN)
    seal_all()
    assert list(faults()) == []
    settings.AUDIT_KEYS = ["another"]
    assert list(faults()) != []


def test_what_the_database_writes_otherwise_is_still_genuine():
    detail = {"big": 1e20, "small": 0.1, "text": "naïve “x”", "list": ("a", None, True)}
    AuditEvent.objects.create(action="x", detail=detail, address="2001:DB8::1", people=[3, 1])
    AuditEvent.objects.create(action="x", address="::ffff:192.0.2.7")
    assert list(faults()) == []


def test_command_says_what_is_wrong_and_fails():
    filled_log(rows=10, batches=1)
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "10 rows, 1 batches, 1 anchors" in out.getvalue()
    tampered("removed", seed=1)
    out = StringIO()
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit", "--json", stdout=out)
    assert "was removed" in json.loads(out.getvalue())["faults"][0]


def test_anchor_finds_a_tail_that_went_with_its_batches(tmp_path):
    filled_log(rows=10, batches=2)
    out = StringIO()
    call_command("export_audit_anchor", stdout=out)
    kept = tmp_path / "kept.jsonl"
    kept.write_text(out.getvalue())
    anchor_file().unlink()
    tampered("tail with its batches", seed=1)
    assert list(faults()) == []  # the chain that is left is whole
    with pytest.raises(CommandError):
        call_command("verify_audit", f"--anchor={kept}", stdout=StringIO())


def test_unreadable_anchor_is_told(tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not json")
    with pytest.raises(CommandError, match="cannot be read as anchors"):
        call_command("verify_audit", f"--anchor={wrong}", stdout=StringIO())

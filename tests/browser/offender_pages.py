"""Records behind the pages of bail, disposals, convictions and tags, as those who work would leave them."""

from datetime import date, timedelta
from typing import Any

from core.models import User
from offenders.models.bail import ConditionKind, TagAnswer
from offenders.services.bail import Condition, record_rui
from offenders.services.convictions import record_conviction
from offenders.services.disposals import record_breach
from offenders.services.tag_stock import add_to_group, make_group
from offenders.services.tag_watch import add_condition, check, raise_alert
from tests.factories.bail import HOME, applied, bailed, court_bailed
from tests.factories.custody import ArrestFactory
from tests.factories.disposals import running
from tests.factories.nominals import NominalFactory
from tests.factories.tags import FITTED, TagUnitFactory, consented, worn
from tests.factories.users import UserFactory

Pages = dict[str, dict[str, Any]]

BAIL = ("detail", "vary", "extend", "court-extend", "suspend", "resume", "exceptional", "end")
COURT_BAIL = ("detail", "edit", "end")
REMAND = ("detail", "result", "share")
OF_A_NOMINAL = ("bail-of", "rui-of", "court-bail-of", "remand-of", "tag-of")
DISPOSAL = ("detail", "accept", "decline", "withdraw", "complete", "breach")
CONDITION = ("met", "not-met", "vary")
TAG = ("detail", "check-new", "alert-new", "condition-new")
ALERT = ("tag-alert-entry", "tag-alert-close")


def offender_pages() -> Pages:
    officer = UserFactory.create(roles=["act-officer"])
    return {
        **_bail(officer),
        **_courts(officer),
        **_disposals(officer),
        **_tags(officer),
        **_tag_groups(officer),
    }


def _bail(officer: User) -> Pages:
    wish = Condition(ConditionKind.TAG, "Asked for by the custody officer", TagAnswer.ASKED)
    bail = bailed(by=officer, conditions=[HOME, wish])
    arrest = ArrestFactory.create()
    release = record_rui(by=officer, arrest=arrest, from_at=arrest.arrested_at, reason="Enquiries")
    one = {"pk": bail.arrest.nominal_id}
    return {
        **{f"offenders:bail-{page}": {"pk": bail.pk} for page in BAIL},
        **{f"offenders:{page}": one for page in OF_A_NOMINAL},
        "offenders:bail-tag": {
            "pk": bail.pk,
            "condition": bail.conditions.get(kind=ConditionKind.TAG).pk,
        },
        "offenders:rui-end": {"pk": release.pk},
    }


def _courts(officer: User) -> Pages:
    application = applied(by=officer)
    bail = court_bailed(by=officer, nominal=application.nominal)
    return {
        **{f"offenders:court-bail-{page}": {"pk": bail.pk} for page in COURT_BAIL},
        **{f"offenders:remand-{page}": {"pk": application.pk} for page in REMAND},
    }


def _disposals(officer: User) -> Pages:
    disposal, broken = running(by=officer), running(by=officer)
    record_breach(by=officer, disposal=broken, reason="Nothing was written.")
    one = {"pk": disposal.nominal_id}
    conviction = record_conviction(
        by=officer,
        nominal=disposal.nominal,
        court="Invented Crown Court",
        title="Burglary in a dwelling",
        convicted_on=date(2021, 1, 11),
        sentences=[{"kind": "custody", "months": 30, "sentenced_on": date(2021, 1, 11)}],
    )
    condition = {"pk": disposal.pk, "condition": disposal.conditions.get().pk}
    return {
        **{f"offenders:disposal-{page}": {"pk": disposal.pk} for page in DISPOSAL},
        **{f"offenders:condition-{page}": condition for page in CONDITION},
        "offenders:breach-decision": {"pk": broken.pk},
        "offenders:disposal-list": one,
        "offenders:disposal-new": one,
        "offenders:conviction-new": one,
        "offenders:conviction-edit": {**one, "conviction": conviction.pk},
        "offenders:sentence-new": {**one, "conviction": conviction.pk},
    }


def _tags(officer: User) -> Pages:
    """Worn, checked, with a condition and an alert that is open; and one that waits to be fitted."""
    tag, later = worn(by=officer), FITTED + timedelta(days=2)
    check(by=officer, tag=tag, at=later, result="good", battery=80)
    alert = raise_alert(by=officer, tag=tag, kind="strap", at=later, text="Strap loose")
    condition = add_condition(
        by=officer,
        tag=tag,
        kind="curfew",
        place="1 Invented Street",
        weekdays=[0, 1, 2, 3, 4],
        starts="21:00",
        ends="06:00",
        since=FITTED.date(),
    )
    waiting, one = consented(by=officer), {"pk": tag.pk}
    return {
        **{f"offenders:tag-{page}": one for page in TAG},
        **{f"offenders:{page}": {**one, "alert": alert.pk} for page in ALERT},
        "offenders:tag-condition-end": {**one, "condition": condition.pk},
        "offenders:tag-step": {"pk": waiting.pk, "step": "fit"},
        "offenders:tag-unit-edit": {"pk": TagUnitFactory.create().pk},
        "performance:tag-effect": {"pk": tag.nominal_id},
    }


def _tag_groups(officer: User) -> Pages:
    group = make_group(by=officer, name="Op Invented", note="Those of the invented operation")
    member = add_to_group(by=officer, group=group, nominal=NominalFactory.create())
    return {
        "offenders:tag-group-add": {"pk": group.pk},
        "offenders:tag-group-remove": {"pk": group.pk, "member": member.pk},
        "performance:tag-group-effect": {"pk": group.pk},
    }

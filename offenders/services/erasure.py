"""An approved disposal is carried out: who the person was leaves every table, history too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models import Case, FileField, Model, Value, When
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from core import audit
from core.access.decision import NotAllowed
from core.dates import today
from core.models import Approval, Document, ExportRun, SavedView, User
from offenders.erasure import ERASED, RULES, Delete, Keep
from offenders.models import NameWord, Nominal, NominalName, RetentionReview
from offenders.models.retention import REVIEW
from offenders.policies.retention import Refusal, can_decide, can_dispose
from offenders.selectors.person_records import Keys, events_of, keys_of, parents_of, past_keys_of
from offenders.selectors.retention import family_of, subject_of
from offenders.selectors.search import plain


@transaction.atomic
def dispose(*, by: User, review: RetentionReview) -> RetentionReview:
    """Approves and carries out at once, so that nothing can happen in between.

    Raises NotAllowed (own proposal, a hold, a new contact since), StepError.
    """
    people = family_of(review.nominal_id)
    locked = Nominal.everybody.select_for_update().filter(pk__in=people).order_by("pk")
    list(locked.values_list("pk"))
    review = RetentionReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    can_decide(by, review).require()
    if review.nominal.merged_into_id is not None:
        raise NotAllowed(Refusal.MERGED)
    subject = subject_of(review.nominal)
    can_dispose(by, subject.due, is_held=bool(subject.held), today=today()).require()
    review.state = REVIEW.after(review.state, "approved")
    review.decided_by, review.decided_at = by, timezone.now()
    review.save()
    counts = _erase(review, people)
    review.refresh_from_db()
    review.state, review.erased = REVIEW.after(review.state, "disposed of"), counts
    review.save(update_fields=["state", "erased"])
    detail = {"review": review.pk, "erased": counts, "with": people[1:]}
    audit.record(
        by=by,
        action=audit.Action.NOMINAL_ERASED,
        target=Nominal(pk=review.nominal_id),
        detail=detail,
    )
    return review


def shell_ref(review: RetentionReview, place: int) -> str:
    """What stands in place of the reference; the first is the person's own record."""
    return f"D{review.pk:07d}" + (f"-{place}" if place else "")


def _erase(review: RetentionReview, people: list[int]) -> dict[str, int]:
    keys = keys_of(people)
    gone = past_keys_of(keys)
    words, refs = _words(people), _refs(people)
    counts: dict[str, int] = defaultdict(int)
    for model, rule in RULES.items():
        if model is not Nominal and keys[model]:
            counts[model._meta.db_table] += _apply(rule, model, keys[model])
    counts[Document._meta.db_table] += _forget_documents(people)
    counts[Approval._meta.db_table] += sum(
        _empty_approvals(model, keys[model] | gone[model]) for model in RULES
    )
    _blank_people(review, people)
    NominalName.objects.filter(nominal__in=people).delete()
    _forget_words(words)
    _forget_searches(refs | words - _words_of_others(words))
    for model, events in events_of().items():
        if model in RULES:
            counts[events._meta.db_table] += _erase_history(review, model, keys, gone)
    return {table: count for table, count in sorted(counts.items()) if count}


def _apply(rule: Delete | Keep, model: type[Model], keys: set[Any]) -> int:
    """Foreign keys are checked when the transaction ends, so the order is of no matter."""
    if isinstance(rule, Keep):
        rows = model._default_manager.filter(pk__in=keys)
        return rows.update(**rule.blank) if rule.blank else 0
    _forget_files(model, keys)
    delete = SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(
        Identifier(model._meta.db_table), Identifier(str(model._meta.pk.column))
    )
    with connection.cursor() as cursor:
        # as text: pghistory reads every statement
        cursor.execute(delete.as_string(None), [list(keys)])
        return int(cursor.rowcount)


def _forget_documents(people: list[int]) -> int:
    """The removed ones too: their titles stay where a person has not gone."""
    keys = [str(pk) for pk in people]
    rows = Document.objects.filter(owner_type="nominal", owner_key__in=keys)
    _forget_files(Document, set(rows.values_list("pk", flat=True)))
    return rows.delete()[0]


def _empty_approvals(model: type[Model], keys: set[Any]) -> int:
    """Who asked and who decided stays; what they wrote may name the person."""
    rows = Approval.objects.filter(
        target_type=model._meta.label_lower, target_id__in=map(str, keys)
    )
    note = Case(When(note="", then=Value("")), default=Value(ERASED))
    return rows.update(reason=ERASED, note=note) if keys else 0


def _forget_files(model: type[Model], keys: set[Any]) -> None:
    """Once it is certain that the rows are gone."""
    for column in model._meta.concrete_fields:
        if isinstance(column, FileField):
            rows = model._default_manager.filter(pk__in=keys).exclude(**{column.name: ""})
            for name in rows.values_list(column.name, flat=True):
                transaction.on_commit(_removal(column.storage, name))


def _removal(storage: Storage, name: str) -> Any:
    return lambda: storage.delete(name)


def _blank_people(review: RetentionReview, people: list[int]) -> None:
    rule = RULES[Nominal]
    blank = rule.blank if isinstance(rule, Keep) else {}
    for place, pk in enumerate(people):
        shell = {"ref": shell_ref(review, place), "disposed_at": review.decided_at}
        Nominal.everybody.filter(pk=pk).update(**shell, **blank)


def _words(people: list[int]) -> set[str]:
    pairs = NominalName.objects.filter(nominal__in=people).values_list("surname", "forename")
    return {word for pair in pairs for word in pair}


def _refs(people: list[int]) -> set[str]:
    return set(Nominal.everybody.filter(pk__in=people).values_list("ref", flat=True))


def _forget_words(words: set[str]) -> None:
    """Out of the dictionaries of the search, unless somebody else has the name."""
    for is_surname, column in ((True, "surname"), (False, "forename")):
        used = NominalName.objects.filter(**{f"{column}__in": words}).values_list(column, flat=True)
        rows = NameWord.objects.filter(is_surname=is_surname, word__in=words - set(used))
        rows.delete()


def _words_of_others(words: set[str]) -> set[str]:
    there = NameWord.objects.filter(word__in=words)
    return set(there.values_list("word", flat=True))


def _forget_searches(words: set[str]) -> None:
    """Kept addresses hold what was searched for: the view goes, the export stays and does not say."""
    views = SavedView.objects.values_list("pk", "path")
    SavedView.objects.filter(pk__in=_telling(views, words)).delete()
    exports = _telling(ExportRun.objects.values_list("pk", "query"), words)
    ExportRun.objects.filter(pk__in=exports).update(query=urlencode({"q": ERASED}))
    asked = Approval.objects.filter(target_type="core.exportrun", target_id__in=map(str, exports))
    asked.update(payload={}, reason=ERASED)


def _telling(addresses: Iterable[tuple[Any, str]], words: set[str]) -> list[Any]:
    return [
        pk
        for pk, address in addresses
        for _, value in parse_qsl(address.rpartition("?")[2])
        if words & {*plain(value), *value.upper().split()}
    ]


def _erase_history(review: RetentionReview, model: type[Model], keys: Keys, gone: Keys) -> int:
    """By the one function that may: the application's own role only adds to history."""
    table = events_of()[model]._meta.db_table
    erased = _erase_events(review, table, "pgh_obj_id", keys[model] | gone[model])
    for key in parents_of().get(model, []):
        wanted = keys[key.related_model] | gone[key.related_model]
        erased += _erase_events(review, table, key.column, wanted)
    return erased


def _erase_events(review: RetentionReview, table: str, column: str, keys: set[Any]) -> int:
    if not keys:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT erase_history(%s, %s::regclass, %s, %s)",
            [review.pk, table, column, sorted(keys)],
        )
        return int(cursor.fetchone()[0])

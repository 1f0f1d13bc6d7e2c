from datetime import date
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.http import QueryDict

from core.concurrency import EditConflict, SeenForm, VersionedForm, lock_for_edit
from core.models import Unit
from offenders.models import Crime
from tests.factories.crimes import CrimeFactory

pytestmark = pytest.mark.django_db


class CrimeForm(VersionedForm):
    class Meta:
        model = Crime
        fields = ["offence", "is_allocated"]


class UnitForm(SeenForm):
    class Meta:
        model = Unit
        fields = ["name", "gss_code"]


def posted(form: type[forms.ModelForm[Any]], instance: Any, **values: str) -> Any:
    """The form as a browser sends it back: what it showed, with some of it changed."""
    shown = form(instance=instance)
    sent = {field.html_name: field.value() for field in shown} | values
    data = QueryDict(mutable=True)
    data.update({name: "" if value is None else str(value) for name, value in sent.items()})
    return form(data, instance=type(instance).objects.get(pk=instance.pk))


def test_change_raises_the_version() -> None:
    crime = CrimeFactory.create()
    Crime.objects.filter(pk=crime.pk).update(offence_id="28F")
    crime.refresh_from_db()
    assert crime.version == 2


def test_derived_column_leaves_the_version() -> None:
    crime = CrimeFactory.create()
    Crime.objects.filter(pk=crime.pk).update(referred_on=date(2021, 1, 20))
    crime.refresh_from_db()
    assert crime.version == 1


def test_lock_gives_the_row_that_was_shown() -> None:
    crime = CrimeFactory.create()
    with transaction.atomic():
        assert lock_for_edit(Crime, crime.pk, version=1) == crime


def test_lock_refuses_a_stale_version() -> None:
    crime = CrimeFactory.create()
    Crime.objects.filter(pk=crime.pk).update(offence_id="28F")
    with pytest.raises(EditConflict) as conflict, transaction.atomic():
        lock_for_edit(Crime, crime.pk, version=1)
    assert conflict.value.current.serializable_value("offence") == "28F"


def test_conflict_shows_both_values_and_keeps_what_was_typed() -> None:
    crime = CrimeFactory.create()
    form = posted(CrimeForm, crime, offence="28F")
    assert form.is_valid()
    Crime.objects.filter(pk=crime.pk).update(offence_id="28G")
    form.show_conflict(Crime.objects.get(pk=crime.pk))
    (difference,) = form.differences
    assert (difference.label, difference.stored.pk, difference.typed.pk) == (
        "Offence",
        "28G",
        "28F",
    )
    assert form["offence"].value() == "28F"
    assert form["version"].value() == "2"


def test_second_save_after_a_conflict_is_accepted() -> None:
    crime = CrimeFactory.create()
    form = posted(CrimeForm, crime, offence="28F")
    assert form.is_valid()
    Crime.objects.filter(pk=crime.pk).update(offence_id="28G")
    form.show_conflict(Crime.objects.get(pk=crime.pk))
    again = CrimeForm(form.data, instance=crime)
    assert again.is_valid()
    with transaction.atomic():
        lock_for_edit(Crime, crime.pk, version=again.cleaned_data["version"])


def test_form_without_its_version_is_refused() -> None:
    form = posted(CrimeForm, CrimeFactory.create(), version="")
    assert form.errors == {"version": ["This field is required."]}


def test_seen_form_tells_the_second_editor() -> None:
    unit = Unit.objects.get(pk="fenland")
    form = posted(UnitForm, unit, name="The Fens")
    Unit.objects.filter(pk="fenland").update(name="Fenland District")
    form = UnitForm(form.data, instance=Unit.objects.get(pk="fenland"))
    assert not form.is_valid()
    (told,) = form.non_field_errors()
    assert "Name is now “Fenland District”" in told
    assert form["name"].value() == "The Fens"
    assert UnitForm(form.data, instance=Unit.objects.get(pk="fenland")).is_valid()


def test_seen_form_lets_the_only_editor_save() -> None:
    assert posted(UnitForm, Unit.objects.get(pk="fenland"), name="The Fens").is_valid()


def test_seen_form_adds_a_new_row() -> None:
    assert UnitForm(QueryDict("name=New")).is_valid()

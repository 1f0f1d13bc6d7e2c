import pytest
from django.core.exceptions import ValidationError

from core.access.decision import NotAllowed
from offenders.models import Alias, Association, Typology, Vehicle
from offenders.selectors.search import find_nominals
from offenders.services.merges import merge_nominals, undo_merge
from offenders.services.nominals import amend_nominal
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory.create(roles=["act-supervisor"])


@pytest.fixture
def kept():
    return NominalFactory.create(surname="Quillfeather", forenames="Oswin")


@pytest.fixture
def gone():
    return NominalFactory.create(surname="Brambleholt", forenames="Ted")


def merged(by, kept, gone):
    return merge_nominals(by=by, kept=kept, gone=gone, reason="Same fingerprints")


def test_merge_moves_everything_and_undo_brings_it_back(by, kept, gone):
    vehicle = Vehicle.objects.create(nominal=gone, registration="ZZ12ZZZ")
    Vehicle.objects.create(nominal=kept, registration="ZZ13ZZZ")
    merge = merged(by, kept, gone)
    vehicle.refresh_from_db()
    gone.refresh_from_db()
    assert (vehicle.nominal, gone.merged_into) == (kept, kept)
    undo_merge(by=by, merge=merge, reason="Two brothers")
    gone.refresh_from_db()
    assert list(gone.vehicles.all()) == [vehicle]
    assert (gone.merged_into, gone.merged_at) == (None, None)
    assert not kept.aliases.exists()


def test_merge_finds_the_kept_by_the_name_and_reference_of_the_gone(by, kept, gone):
    merge = merged(by, kept, gone)
    for text in ("Brambleholt, Ted", gone.ref):
        assert [hit.pk for hit in find_nominals(text)] == [kept.pk]
    undo_merge(by=by, merge=merge, reason="Two brothers")
    assert [hit.pk for hit in find_nominals("Brambleholt, Ted")] == [gone.pk]


def test_merge_leaves_what_the_kept_has_already(by, kept, gone):
    for nominal in (kept, gone):
        Typology.objects.create(nominal=nominal, kind="burglar")
    Association.objects.create(nominal=kept, other=gone)
    merge = merged(by, kept, gone)
    assert kept.typologies.count() == 1
    assert merge.moved == {}


def test_merge_with_themselves_is_refused(by, kept):
    with pytest.raises(ValidationError, match="merged with themselves"):
        merged(by, kept, kept)


def test_merge_of_two_pnc_identifiers_is_refused(by):
    one, two = NominalFactory.create(pnc_id="90/1A"), NominalFactory.create(pnc_id="90/2B")
    with pytest.raises(ValidationError, match="PNC identifiers differ"):
        merged(by, one, two)


def test_merge_happens_once_and_comes_undone_in_order(by, kept, gone):
    third = NominalFactory.create()
    first = merged(by, kept, gone)
    with pytest.raises(ValidationError, match="merged into another already"):
        merged(by, third, gone)
    second = merged(by, third, kept)
    with pytest.raises(ValidationError, match="Undo that merge first"):
        undo_merge(by=by, merge=first, reason="Two brothers")
    undo_merge(by=by, merge=second, reason="Two brothers")
    undo_merge(by=by, merge=first, reason="Two brothers")
    with pytest.raises(ValidationError, match="undone already"):
        undo_merge(by=by, merge=first, reason="Two brothers")


def test_merge_takes_a_supervisor(kept, gone):
    with pytest.raises(NotAllowed):
        merged(UserFactory.create(roles=["act-officer"]), kept, gone)


def test_merged_nominal_is_changed_no_more(by, kept, gone):
    merged(by, kept, gone)
    with pytest.raises(NotAllowed, match="merged into another"):
        amend_nominal(by=by, nominal=gone, version=None, note="Seen")


def test_merge_keeps_an_alias_given_since(by, kept, gone):
    merge = merged(by, kept, gone)
    alias = Alias.objects.create(nominal=kept, forenames="Spindle")
    undo_merge(by=by, merge=merge, reason="Two brothers")
    assert list(kept.aliases.all()) == [alias]

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from core.models import SavedView, User
from core.policies import can_delete_saved_view


@transaction.atomic
def save_view(*, by: User, name: str, path: str) -> SavedView:
    """`path` is an address of this site with its query; whoever opens it needs their own rights."""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        raise ValidationError("A saved view is an address of this site.")
    view = SavedView(user=by, name=name.strip(), path=path)
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def delete_view(*, by: User, view: SavedView) -> None:
    can_delete_saved_view(by, view).require()
    view.delete()

from django.db import transaction

from core.models import SavedView, User
from core.policies import can_delete_saved_view


@transaction.atomic
def save_view(*, by: User, name: str, path: str) -> SavedView:
    """`path` is an address of this site with its query; whoever opens it needs their own rights."""
    view = SavedView(user=by, name=name.strip(), path=path)
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def delete_view(*, by: User, view: SavedView) -> None:
    can_delete_saved_view(by, view).require()
    view.delete()

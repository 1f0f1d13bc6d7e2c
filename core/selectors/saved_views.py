from django.db.models import QuerySet

from core.models import SavedView, User


def saved_views_of(user: User) -> QuerySet[SavedView]:
    return SavedView.objects.filter(user=user)

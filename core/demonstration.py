"""Whether the demonstration force is being loaded: pages then say that figures are not complete.

A mark in the cache, so that a page asks no database. It fades by itself where the loading was killed.
"""

from django.conf import settings
from django.core.cache import cache

KEY = "demonstration-loading"
FADES = 15 * 60  # seconds without a sign of life


def loading_goes_on() -> None:
    cache.set(KEY, value=True, timeout=FADES)


def loading_has_ended() -> None:
    cache.delete(KEY)


def is_loading() -> bool:
    return bool(settings.DEMO and cache.get(KEY))

"""Filters of the pages of a paper."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def at(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """What stands under the key; nothing where there is no mapping."""
    return (mapping or {}).get(key, "")


@register.filter
def drawn(svg: str) -> SafeString:
    """A chart of our own, whose every text was escaped when it was drawn."""
    return mark_safe(svg)  # noqa: S308  # drawn by performance.charts and stored by the release

"""Filters of the templates: words, figures and errors as a person reads them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from core.access import addresses
from core.forms import Problem, problems_of
from core.words import words_of

register = template.Library()
register.filter("words", words_of)

VERDICT_COLOURS = {
    "improved": "green",
    "deteriorated": "red",
    "comparable": "grey",
    "lower": "blue",
    "higher": "purple",
}


@register.filter
def verdict_colour(word: str) -> str:
    """The colour of a verdict's tag. Counts (lower, higher) are not judged: neither is green."""
    return VERDICT_COLOURS.get(word.lower(), "grey")


@register.filter
def as_month(month: date) -> str:
    """January 2021."""
    return f"{month:%B %Y}"


@register.filter
def when(at: datetime | date) -> str:
    """5 January 2021, 10:30; of a day, the day alone."""
    if isinstance(at, datetime):
        return f"{localtime(at):%-d %B %Y, %H:%M}"
    return f"{at:%-d %B %Y}"


@register.filter
def month_key(month: date) -> str:
    """2021-01, as in addresses."""
    return f"{month:%Y-%m}"


@register.filter
def in_code(text: str) -> SafeString:
    """What stands between backticks, as code."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<code>{}</code>", part) if place % 2 else part,)
            for place, part in enumerate(text.split("`"))
        ),
    )


@register.filter
def full_stop(text: str) -> str:
    """What a person wrote, ended as a sentence, whether or not they ended it."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


@register.filter
def problems(form: BaseForm) -> list[Problem]:
    return problems_of(form)


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """First, last and the neighbours of this page, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def may_open(user: Any, path: str) -> bool:
    """Whether the page at this address states a policy that lets this person in.

    It decides on the link alone; the page itself asks again. A part of a page that is not told who
    is asking shows its links.
    """
    return not user or bool(addresses.may_open(user, path))

"""The base of every list: GOV.UK markup, sorted by links, figures aligned."""

from typing import Any

import django_tables2


class Table(django_tables2.Table):
    """`caption` names the table to a screen reader, `noun` what its rows are ("crimes").

    `stacks`: on a phone a row is a block of lines, each with the name of its column."""

    caption = "Table"
    noun = "rows"
    stacks = False

    class Meta:
        template_name = "components/table.html"
        default = "-"
        empty_text = "Nothing to show."

    @property
    def order_by(self) -> Any:
        return super().order_by

    @order_by.setter
    def order_by(self, asked: Any) -> None:
        """What is no name of a column sorts by nothing; the library would take it for a path."""
        names = asked.split(",") if isinstance(asked, str) else asked or ()
        known = [name for name in names if name.lstrip("-").isidentifier()]
        django_tables2.Table.order_by.fset(self, known)


class NumberColumn(django_tables2.Column):
    """Figures: right-aligned, in digits of one width, with thousands apart."""

    numeric = True

    def render(self, value: int) -> str:
        return f"{value:,}"


class WordsColumn(django_tables2.Column):
    """A sentence: it may break, also where the first column holds references."""

    words = True


# Spaces that do not break: a narrow column parts the date from the time and nothing else.
DAY = "j\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}Y"


class DateTimeColumn(django_tables2.DateTimeColumn):
    """29 Jan 2021 09:14, in Europe/London."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=f"{DAY} H:i", **kwargs)


class DateColumn(django_tables2.DateColumn):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=DAY, **kwargs)

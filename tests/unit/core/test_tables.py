from datetime import UTC, datetime

import django_tables2
import pytest
from django.test import RequestFactory

from core.tables import DateTimeColumn, NumberColumn, Table


class Counts(Table):
    name = django_tables2.Column()
    n = NumberColumn()

    class Meta(Table.Meta):
        empty_text = "No counts yet."


@pytest.fixture
def drawn(rf: RequestFactory):
    def draw(rows: list[dict[str, object]], query: str = "") -> str:
        request = rf.get(f"/counts/?{query}")
        table = Counts(rows)
        django_tables2.RequestConfig(request, paginate={"per_page": 1}).configure(table)
        return str(table.as_html(request))

    return draw


ROWS: list[dict[str, object]] = [{"name": "b", "n": 1234}, {"name": "a", "n": 5}]


def test_table_sorts_by_links_that_keep_the_query(drawn) -> None:
    html = drawn(ROWS, "unit=north&page=2")
    assert 'href="?unit=north&amp;sort=name"' in html


def test_table_says_which_column_is_sorted(drawn) -> None:
    html = drawn(ROWS, "sort=-n")
    assert html.count('aria-sort="descending"') == 1
    assert html.count('aria-sort="none"') == 1


def test_table_aligns_figures_and_parts_thousands(drawn) -> None:
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">1,234</td>' in drawn(ROWS)


def test_table_leads_to_its_other_pages(drawn) -> None:
    html = drawn(ROWS, "sort=name")
    assert 'href="?sort=name&amp;page=2"' in html
    assert "1 to 1 of 2 rows" in html


def test_table_without_rows_says_so(drawn) -> None:
    assert "No counts yet." in drawn([])


def test_date_breaks_only_before_its_time(rf: RequestFactory) -> None:
    class Times(Table):
        at = DateTimeColumn()

    opened = datetime(2021, 7, 29, 8, 15, tzinfo=UTC)
    assert "29\xa0Jul\xa02021 09:15" in Times([{"at": opened}]).as_html(rf.get("/"))

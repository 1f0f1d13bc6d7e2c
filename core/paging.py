from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

CAP = 10_000


class CappedPaginator(Paginator[Any]):
    """Counts no further than CAP rows: counting a million costs more than the page itself.

    Whoever has more rows than that narrows the filter; `is_capped` lets the page say so.
    """

    object_list: Any

    @cached_property
    def _found(self) -> int:
        return int(self.object_list.order_by()[: CAP + 1].count())

    @property
    def is_capped(self) -> bool:
        return self._found > CAP

    @cached_property
    def count(self) -> int:
        return min(self._found, CAP)

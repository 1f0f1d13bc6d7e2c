import re

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100

    def get_page_size(self, request: Request) -> int:
        """Fewer rows than were asked for would look like all of them."""
        asked = request.query_params.get("page_size", str(self.page_size))
        if not (re.fullmatch(r"[0-9]{1,9}", asked) and 1 <= int(asked) <= self.max_page_size):
            raise ValidationError(
                {"page_size": [f"Give a whole number from 1 to {self.max_page_size}."]}
            )
        return int(asked)

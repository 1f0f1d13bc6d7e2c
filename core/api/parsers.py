import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class JsonParser(JSONParser):
    """JSON whose texts PostgreSQL can keep, and that is nested as deep as Python can read."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            data = super().parse(*args, **kwargs)
            written = json.dumps(data, ensure_ascii=False)
            written.encode()
        except RecursionError:
            raise ParseError("The JSON is nested too deep.") from None
        except UnicodeEncodeError:
            raise ParseError("A text holds half of a character (a lone surrogate).") from None
        if "\\u0000" in written:
            raise ParseError("A text holds the character NUL.")
        return data

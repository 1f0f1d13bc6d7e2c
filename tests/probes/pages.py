"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    @property
    def payload(self) -> dict[str, list[str]]:
        """What stands in it; where nothing is chosen, the first that is offered."""
        chosen = {name: values for name, values in self.fields.items() if any(values)}
        offered = {name: [next(filter(None, of), "")] for name, of in self.offered.items()}
        return {**{name: [""] for name in self.fields}, **offered, **chosen}

    @property
    def names(self) -> list[str]:
        return [name for name in self.payload if name != "csrfmiddlewaretoken"]


class Forms(HTMLParser):
    """`Forms.of(text)`: those inside <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.in_main = False
        self.form: Form | None = None
        self.select = self.area = ""

    @classmethod
    def of(cls, text: str) -> list[Form]:
        reader = cls()
        reader.feed(text)
        return reader.found

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.in_main = True
        elif tag == "form" and self.in_main:
            self.form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.found.append(self.form)
        elif self.form is not None:
            self._take(self.form, tag, said, dict(attrs))

    def _take(self, form: Form, tag: str, said: dict[str, str], raw: dict[str, str | None]) -> None:
        name = said.get("name", "")
        if tag == "select":
            self.select = name
            form.offered.setdefault(name, [])
        elif tag == "option" and self.select:
            form.offered[self.select].append(said.get("value", ""))
            if "selected" in raw:
                form.fields.setdefault(self.select, []).append(said.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            form.fields.setdefault(name, [""])
        elif tag in {"input", "button"} and name:
            self._take_input(form, name, said, raw)

    def _take_input(
        self, form: Form, name: str, said: dict[str, str], raw: dict[str, str | None]
    ) -> None:
        value = said.get("value", "")
        if said.get("type") in {"radio", "checkbox"}:
            form.offered.setdefault(name, []).append(value)
            if "checked" in raw:
                form.fields.setdefault(name, []).append(value)
        elif said.get("type") != "file":
            form.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.area and self.form is not None:
            self.form.fields[self.area] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""
        elif tag == "main":
            self.in_main = False

"""What a person at a desk does on every page: type a time, choose, send, and have axe look at it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

from django.utils import timezone
from pikepdf import Pdf
from playwright.sync_api import Locator, Page, expect

Check = Callable[[Page], None]
ASKED = ".govuk-form-group input:not([type=hidden]), .govuk-form-group select, .govuk-form-group textarea"


class Desk:
    """One officer's browser. Each page that is opened is looked at by axe."""

    def __init__(self, page: Page, assert_accessible: Check) -> None:
        self.page, self.look = page, assert_accessible

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.look(self.page)

    def follow(self, name: str, *, exact: bool = True) -> None:
        """A link, or a link that looks like a button."""
        self.unfold()
        link = self.page.get_by_role("link", name=name, exact=exact)
        button = self.page.get_by_role("button", name=name, exact=exact)
        with self.page.expect_navigation():
            link.or_(button).first.click()
        self.look(self.page)

    def unfold(self) -> None:
        """What stands behind "More" is found too."""
        for more in self.page.locator("details:not([open]) > summary").all():
            more.press("Enter")

    def send(self, name: str, says: str) -> None:
        """By Enter in a field of the form where there is one, as who types does."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).press("Enter")
        expect(self.page.get_by_text(says).first).to_be_visible()
        self.look(self.page)

    def type(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, label: str) -> None:
        self.page.get_by_role("radio", name=label, exact=True).check()

    def pick(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def field(self, label: str) -> Locator:
        """By its whole label, which may end in (optional)."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))

    def at(self, legend: str, moment: datetime) -> None:
        local, boxes = timezone.localtime(moment), self.boxes(legend)
        self.on(legend, local.date())
        boxes.get_by_label("Time").fill(f"{local:%H:%M}")

    def on(self, legend: str, day: date) -> None:
        boxes = self.boxes(legend)
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label).fill(str(value))

    def boxes(self, legend: str) -> Locator:
        return self.page.get_by_role("group", name=legend)

    def sees(self, text: str) -> None:
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def pages(self) -> int:
        """Of the page printed on A4."""
        paper = self.page.pdf(format="A4", prefer_css_page_size=True)
        with Pdf.open(BytesIO(paper)) as found:
            return len(found.pages)

"""How does somebody use a page who has a keyboard and nothing else? Tab, Enter, Space, arrows and typing; no click, no focus()."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from re import Pattern

from playwright.sync_api import Page, expect

from tests.browser.looks import Focus, focus

MOST_STOPS = 250
FIRST = "Skip to main content"
"""The first link of every page."""

DAY_FIRST, MONTH_FIRST = "%d%m%Y", "%m%d%Y"


class Hands:
    """A keyboard at a page. ``faults`` are the tab stops at which nobody would see where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []

    def opens(self, path: str) -> None:
        """An address is typed."""
        self.page.goto(path)

    def tabs(self, key: str = "Tab") -> Focus:
        """One tab stop further."""
        self.presses(key)
        here = focus(self.page)
        self.faults += here.faults
        return here

    def tabs_to(self, name: str, key: str = "Tab") -> Focus:
        """The next tab stop of this name."""
        seen = []
        for _ in range(MOST_STOPS):
            here = self.tabs(key)
            if here.name == name:
                return here
            seen.append(here.name)
        raise AssertionError(f"“{name}” is not reached by the Tab key on {self.page.url}; {seen[:60]} are")

    def stops(self) -> Iterator[Focus]:
        """Every tab stop of the page, once: until the focus leaves it, or goes round to its first link."""
        begun = False
        for _ in range(MOST_STOPS):
            here = self.tabs()
            if here.kind == "BODY" or (begun and here.name == FIRST):
                return
            begun = True
            yield here
        raise AssertionError(f"{self.page.url} has more than {MOST_STOPS} tab stops, or holds the focus")

    def skips_to_main(self) -> None:
        """Past the menu, by the first link of every page."""
        self.tabs_to(FIRST)
        self.presses("Enter")

    def presses(self, key: str) -> None:
        """Any key."""
        self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        """Into what is focused."""
        self.page.keyboard.type(text)

    def fills(self, label: str, value: str) -> None:
        """A field: a list is chosen from, anything else is typed over."""
        if self.tabs_to(label).kind == "SELECT":
            self._chooses(value)
            return
        self.presses("Control+A")
        self.types(value)

    def _chooses(self, option: str) -> None:
        self.presses("Home")
        shown = "document.activeElement.selectedOptions[0].innerText"
        for _ in range(MOST_STOPS):
            if self.page.evaluate(shown) == option:
                return
            self.presses("ArrowDown")
        raise AssertionError(f"“{option}” is not in the list")

    def dates(self, label: str, moment: str) -> None:
        """A date with its time, as the browser's own language orders them."""
        self.tabs_to(label)
        for order in (DAY_FIRST, MONTH_FIRST):
            self._types_moment(datetime.fromisoformat(moment), order)
            if self.page.evaluate("document.activeElement.value") == moment:
                return
        raise AssertionError(f"{moment} cannot be typed into “{label}”")

    def _types_moment(self, moment: datetime, order: str) -> None:
        for _ in range(6):
            self.presses("ArrowLeft")
        self.types(moment.strftime(order))
        self.presses("ArrowRight")
        self.types(moment.strftime("%H%M" if order == DAY_FIRST else "%I%M%p"))

    def enters(self, heading: str) -> None:
        """The Enter key, which leads to another page; its heading says that it is the right one."""
        with self.page.expect_navigation():
            self.presses("Enter")
        self.sees(heading)

    def leaves_by(self, name: str, heading: str) -> None:
        """To a link or button, and through it."""
        self.tabs_to(name)
        self.enters(heading)

    def hands_over(self, label: str, file: Path) -> None:
        """A file. The system's own window for choosing one is the only thing that no test can type into."""
        self.tabs_to(label)
        self.page.locator("input[type=file]:focus").set_input_files(file)

    def sees(self, heading: str) -> None:
        """A heading."""
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()

    def reads(self, text: str | Pattern[str]) -> None:
        """Some text of the page's main part."""
        expect(self.page.locator("main")).to_contain_text(text)

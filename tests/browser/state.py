"""What is a state of a page? Who sees it, where, and how it comes about."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from store.keys import Role

EMPTIED = """() => {
  for (const one of document.querySelectorAll("main form[method=post] :is(input:not([type=hidden], [type=file]), select)")) {
    one.tagName === "SELECT" ? (one.selectedIndex = 0) : (one.value = "");
  }
}"""
ERROR = ".govuk-error-summary"


def opened(_: Page) -> None:
    """As it opens."""


def filled(button: str, **fields: str) -> Callable[[Page], None]:
    """The form emptied, but for these fields, and sent; it must be refused."""

    def act(page: Page) -> None:
        page.evaluate(EMPTIED)
        for name, value in fields.items():
            page.locator(f"main [name='{name}']").first.fill(value)
        page.locator("main").get_by_role("button", name=button).first.click()
        page.locator(ERROR).wait_for()

    return act


def pressed(*buttons: str) -> Callable[[Page], None]:
    """Links and buttons, one after the other."""

    def act(page: Page) -> None:
        for name in buttons:
            page.locator("main").get_by_role("link", name=name).or_(
                page.locator("main").get_by_role("button", name=name)
            ).first.click()

    return act


def with_file(text: str, *buttons: str) -> Callable[[Page], None]:
    """A file that is looked at, and what is pressed then."""

    def act(page: Page) -> None:
        page.set_input_files("#file", {"name": "teams.csv", "mimeType": "text/csv", "buffer": text.encode()})
        pressed("Look at it", *buttons)(page)
        page.get_by_role("heading", name="What the file would do").wait_for()

    return act


@dataclass(frozen=True, slots=True)
class State:
    """Its name, who sees it (``None``: nobody is signed in), where, how it comes about; the form that is refused, if one is."""

    name: str
    role: Role | None
    path: str
    comes: Callable[[Page], None] = opened
    refused: str = ""


def shown(role: Role | None, *paths: str) -> list[State]:
    """Pages as they open."""
    return [State(f"{role or 'nobody'} {path}", role, path) for path in paths]

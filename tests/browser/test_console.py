"""What do scripts add to the console, and how few clicks does closing early take?"""

import re

from store.keys import Role
from tests.browser.conftest import Seat


def test_the_first_page_finds_as_one_types(seat: Seat) -> None:
    page = seat.signed_in(Role.HANDLER)
    page.wait_for_load_state("networkidle")  # htmx listens only when it is there
    page.get_by_label("Any word, other name or number").press_sequentially("exeter")
    page.locator("#found").get_by_role("link").first.wait_for()


def test_closing_early_takes_two_clicks(seat: Seat) -> None:
    page = seat.signed_in(Role.EDITOR)
    page.get_by_role("link", name=re.compile("Close early")).first.click()
    page.get_by_role("button", name="Close early today").click()
    page.get_by_role("heading", name="Closed early: added").wait_for()

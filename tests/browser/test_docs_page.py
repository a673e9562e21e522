"""Can somebody read the API's documentation by keyboard, with a screen reader, at 320 pixels? Swagger UI draws the page."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE, Glass, Seat
from tests.browser.hands import Hands
from tests.browser.looks import cut_off, violations

pytestmark = pytest.mark.browser


def read(seat: Seat, glass: Glass) -> tuple[Page, Hands]:
    """The page, with one endpoint unfolded."""
    page = seat.window(glass)
    hands = Hands(page)
    hands.opens("/api/v1/docs")
    page.locator(".title[aria-level]").first.wait_for()
    hands.tabs_to("GET /api/v1/lines Lines, by slug.")
    hands.presses("Enter")
    page.locator(".opblock-body").first.wait_for()
    return page, hands


def test_it_is_read_by_keyboard_and_axe_finds_nothing(seat: Seat) -> None:
    page, hands = read(seat, WIDE)
    assert hands.faults == []
    assert violations(page) == []


def test_it_fits_into_320_pixels(seat: Seat) -> None:
    page, hands = read(seat, NARROW)
    assert cut_off(page) == []
    assert hands.faults == []

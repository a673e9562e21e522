"""Does the browser telephone go on without loading the page again: digits typed anywhere, the line aloud, the focus kept?"""

import pytest
from playwright.sync_api import Page, expect

from store.keys import Role
from tests.browser.areas.phone import LINE, called
from tests.browser.conftest import Seat

pytestmark = pytest.mark.browser

VOICE = """
window.spoken = [];
const noted = { getVoices: () => [], cancel: () => {}, speak: (words) => window.spoken.push([words.lang, words.text]) };
Object.defineProperty(window, "speechSynthesis", { value: noted, configurable: true });
"""
"""A voice that is written down."""

FOCUSED = "document.activeElement.value"


@pytest.fixture
def page(seat: Seat) -> Page:
    """Somebody before a telephone, who hears it."""
    page = seat.signed_in(Role.EDITOR)
    page.add_init_script(VOICE)
    page.goto(LINE)
    return page


def test_digits_typed_anywhere_press_keys_and_stand_in_no_address(page: Page) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    called(page)
    page.keyboard.type("12301")
    expect(page.get_by_role("heading", name="020 7946 0201 rings. What does it do?")).to_be_visible()
    expect(page.locator("#phone-said li").nth(3)).to_contain_text("presses 2301")
    assert [one for one in [*addresses, page.url] if "2301" in one or "0201" in one] == []
    assert page.evaluate(FOCUSED) == "1"


def test_digits_typed_into_a_field_press_no_key_nor_where_that_is_off(page: Page) -> None:
    called(page)
    page.get_by_text("Another line, moment or caller").click()
    page.get_by_label("The caller’s number").press_sequentially("2")
    page.get_by_label("Digits typed press keys").uncheck()
    page.keyboard.type("2")
    page.get_by_role("button", name="Says nothing").click()
    expect(page.locator("#phone-said li").nth(2)).to_contain_text("I did not hear a key.")
    expect(page.locator("#phone-said")).not_to_contain_text("presses 2")


def test_the_line_is_heard_aloud_in_british_english_where_that_is_on(page: Page) -> None:
    page.get_by_role("button", name="Aloud").click()
    called(page, "2")
    expect(page.locator("#phone-said li")).to_have_count(3)
    spoken = page.evaluate("window.spoken")
    assert [words.split(".")[0] for _, words in spoken] == [
        "Devon Children's Social Care",
        "Which area is the team in? For North, press 1",
    ]
    assert {lang for lang, _ in spoken} == {"en-GB"}


def test_only_what_is_new_comes_into_the_transcript_and_a_step_is_taken_back(page: Page) -> None:
    called(page)
    page.locator("#phone-said li").first.evaluate("one => { one.dataset.old = 1; }")
    page.keyboard.type("2")
    expect(page.locator("#phone-said li")).to_have_count(3)
    expect(page.locator("#phone-said li[data-old]")).to_have_count(1)
    page.get_by_role("button", name="One step back").click()
    expect(page.locator("#phone-said li")).to_have_count(1)
    assert page.evaluate(FOCUSED) == "1"

"""The console in a real Chromium: by keyboard alone, without script, at 320 pixels, and no violation that axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from store.keys import Role
from tests.admin.desk_client import dials
from tests.browser.conftest import NARROW, Seat

DEVON = "+442079460101"
TEAM = "/admin/teams/devon-ir-north"
PATHS = ("", "/search?q=north", "/teams", "/teams/devon-ir-north", "/teams/devon-ir-north/duty-numbers/0/change",
         "/teams/devon-ir-north/duty-numbers/0/remove", "/teams/devon-ir-north/duty-numbers/add", "/teams/devon-ir-north/edit",
         "/teams/new", "/people", "/people/new", "/closures", "/closures/early", "/closures/new", "/findings", "/imports",
         "/approvals", "/authorities/devon/exceptions", "/keys", "/users", "/audit", "/account", "/nowhere")  # fmt: skip


def violations(page: Page) -> list[str]:
    """What axe finds, each with the element."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def presses_until(page: Page, name: str) -> None:
    """The Tab key, until the focus is on what has this name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
        if " ".join(str(focused).split()) == name:
            return
    raise AssertionError(f"nothing with the name {name} is reached by the Tab key")


def test_a_team_is_found_and_its_number_changed_by_keyboard_alone(seat: Seat) -> None:
    page = seat.signed_in(Role.EDITOR)
    page.get_by_label("Any word, other name or number").focus()
    page.keyboard.type("8481")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Search").wait_for()
    presses_until(page, "Initial Response North")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Duty numbers").wait_for()
    presses_until(page, "Change number 1")
    page.keyboard.press("Enter")
    page.get_by_label("Number").focus()
    page.keyboard.type("4050")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check what the next call would do").wait_for()
    presses_until(page, "Confirm and change")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Initial Response North: changed").wait_for()
    dials(seat.application, DEVON).presses("2").presses("1").presses("1").rings("01392 384050")


def test_it_all_works_without_script(seat: Seat) -> None:
    page = seat.signed_in(Role.EDITOR, script=False)
    page.goto(f"{TEAM}/duty-numbers/0/change")
    page.get_by_label("Number").fill("4050")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm and change").click()
    assert "01392 384050" in page.inner_text("main")


def test_the_first_page_finds_as_one_types(seat: Seat) -> None:
    page = seat.signed_in(Role.HANDLER)
    page.get_by_label("Any word, other name or number").press_sequentially("exeter")
    page.locator("#found").get_by_role("link").first.wait_for()


def test_closing_early_takes_two_clicks(seat: Seat) -> None:
    page = seat.signed_in(Role.EDITOR)
    page.get_by_role("link", name="Close early today").click()
    page.get_by_role("button", name="Close early today").click()
    page.get_by_role("heading", name="Closed early: added").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("size", [None, NARROW], ids=["wide", "320 pixels"])
def test_axe_finds_nothing_and_nothing_is_cut_off(seat: Seat, size: dict[str, int] | None) -> None:
    page = seat.signed_in(Role.ADMIN, size=size)
    faults: dict[str, object] = {}
    for path in PATHS:
        page.goto(f"/admin{path}")
        wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        faults[path] = [*violations(page), *(["wider than the window"] if wider else [])]
    assert {path: found for path, found in faults.items() if found} == {}


def test_errors_the_check_and_the_stale_page_are_as_clean(seat: Seat) -> None:
    slow, quick = seat.signed_in(Role.EDITOR), seat.signed_in(Role.EDITOR)
    slow.goto(f"{TEAM}/duty-numbers/0/change")
    slow.get_by_label("Number").fill("999")
    slow.get_by_role("button", name="Continue").click()
    slow.locator(".govuk-error-summary:focus").wait_for()
    assert violations(slow) == []
    _change(quick, "4051")
    slow.get_by_label("Number").fill("4050")
    slow.get_by_role("button", name="Continue").click()
    slow.get_by_role("heading", name="Somebody has changed it").wait_for()
    assert "01392 384051" in slow.inner_text("main")
    assert violations(slow) == []
    assert violations(quick) == []


def _change(page: Page, number: str) -> None:
    page.goto(f"{TEAM}/duty-numbers/0/change")
    page.get_by_label("Number").fill(number)
    page.get_by_role("button", name="Continue").click()
    assert violations(page) == []
    page.get_by_role("button", name="Confirm and change").click()
    page.get_by_role("heading", name="Initial Response North: changed").wait_for()

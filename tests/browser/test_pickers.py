"""Fields that mean somebody, in a real Chromium: offered as one types, chosen by keyboard, told to a screen reader, safe with any name."""

from playwright.sync_api import Page

from store.keys import Role
from tests.admin.desk_client import holder
from tests.browser.conftest import Glass, Seat
from tests.browser.looks import violations

AWAY = "/admin/people/w-3f9a2c/away"
NARROW_AND_PLAIN = Glass(320, 640, script=False)
HOSTILE = "<img src=x onerror=document.title='undone'>"


def cover(page: Page) -> Page:
    """The form of an absence, its field ready."""
    page.goto(AWAY)
    page.locator("input.autocomplete__input").wait_for()
    return page


def test_a_name_is_offered_and_chosen_by_keyboard(seat: Seat) -> None:
    page = cover(seat.signed_in(Role.EDITOR))
    field = page.get_by_label("Who covers")
    assert field.get_attribute("role") == "combobox"
    field.press_sequentially("mock")
    page.get_by_role("option", name="Tamsin Mockford").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert "cover-hint" in (field.get_attribute("aria-describedby") or "")
    assert violations(page) == []
    while page.evaluate("document.activeElement.innerText").partition(",")[0] != "Tamsin Mockford":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert field.input_value().startswith("Tamsin Mockford, Children & Families North 1")


def test_what_is_wrong_stays_beside_the_field(seat: Seat) -> None:
    page = cover(seat.signed_in(Role.EDITOR))
    page.get_by_label("Who covers").fill("Nobody Known")
    page.get_by_role("button", name="Save").click()
    page.locator("input.autocomplete__input").wait_for()
    field = page.get_by_label("Who covers")
    assert "cover-error" in (field.get_attribute("aria-describedby") or "")
    assert field.get_attribute("aria-invalid") == "true"
    assert violations(page) == []


def test_without_script_radios_ask_who_is_meant(seat: Seat) -> None:
    page = seat.signed_in(Role.EDITOR, NARROW_AND_PLAIN)
    page.goto("/admin/people/w-3f9a2c/edit")
    page.get_by_label("Manager").fill("m")
    page.get_by_role("button", name="Save").click()
    asked = page.get_by_role("group", name="Which one did you mean?")
    asked.get_by_label("Idris Mockridge").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Rowan Sampleton: changed").wait_for()


def test_a_hostile_name_is_offered_as_words(seat: Seat) -> None:
    editor = holder(seat.application, Role.EDITOR)
    made = editor.sends("POST", "/people", {"name": f"Zora {HOSTILE}", "team": "devon-ir-north"})
    assert made.status_code == 201
    page = cover(seat.signed_in(Role.EDITOR))
    page.get_by_label("Who covers").press_sequentially("zora")
    option = page.get_by_role("option", name="Zora")
    option.wait_for()
    assert HOSTILE in option.inner_text()
    assert page.title() != "undone"
    assert page.locator(".autocomplete__menu img").count() == 0


def test_a_key_is_limited_to_two_teams(seat: Seat) -> None:
    page = seat.signed_in(Role.ADMIN)
    page.goto("/admin/keys")
    page.get_by_label("Name").fill("rota tool")
    page.get_by_label("Role").select_option("editor")
    page.get_by_label("Team 1").fill("Initial Response North")
    page.get_by_role("button", name="Add another team").click()
    page.get_by_label("Team 2").fill("Initial Response South")
    assert page.get_by_label("Name").input_value() == "rota tool"
    page.get_by_role("button", name="Make a key").click()
    page.get_by_role("heading", name="The key for rota tool").wait_for()
    page.goto("/admin/keys")
    assert "devon-ir-north, devon-ir-south" in page.inner_text("main")

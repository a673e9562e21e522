"""How are the pages looked at that show the browser telephone?"""

from playwright.sync_api import Page

from app import Application
from store.keys import Role
from tests.browser.hands import Hands
from tests.browser.state import ERROR, State, filled, opened, shown
from tests.browser.task import Task

LINE = "/phone?line=devon&at=2026-11-25T10:00"
RINGS, TALKS, OVER = "rings. What does it do?", "The caller talks with", "How it ended"


def called(page: Page, *keys: str) -> None:
    """A call, and the first keys."""
    page.get_by_role("button", name="Call", exact=True).click()
    page.get_by_role("heading", name="Press a key").wait_for()
    for key in keys:
        page.locator(f".app-key[value='{key}']").click()
        page.get_by_text(f"presses {key}", exact=False).last.wait_for()


def rings(page: Page) -> None:
    """A telephone rings."""
    called(page, "0")
    page.get_by_role("heading", name=RINGS).wait_for()


def over(page: Page) -> None:
    """The call is over."""
    rings(page)
    page.get_by_role("button", name="Answers and presses 1").click()
    page.get_by_role("button", name="They hang up").click()
    page.get_by_role("heading", name=OVER).wait_for()


def keyed(page: Page) -> None:
    """Two digits of an extension."""
    called(page, "1")
    for key in "23":
        page.locator(f".app-key[value='{key}']").click()
    page.locator("#phone-typed").get_by_text("23").wait_for()


def not_for_viewers(page: Page) -> None:
    """A call in which a mobile rang, saved by somebody who sees none."""
    called(page, "2")
    for _ in range(2):
        page.locator(".app-key[value='4']").click()
    page.get_by_role("heading", name="The worker's phone rings").wait_for()
    page.get_by_role("button", name="Hang up").click()
    page.get_by_role("button", name="Save as a test").click()
    page.locator(ERROR).wait_for()


def makes_a_call(hands: Hands) -> None:
    """To the safeguarding hub, which answers; then it is kept as a test."""
    hands.opens(LINE)
    hands.tabs_to("Call")
    hands.presses("Enter")
    hands.sees("Press a key, or say nothing.")
    hands.tabs_to("0")
    hands.presses("Enter")
    hands.sees(RINGS)
    hands.tabs_to("Answers and presses 1")
    hands.presses("Enter")
    hands.sees(TALKS)
    hands.tabs_to("They hang up")
    hands.presses("Enter")
    hands.sees(OVER)
    hands.reads("The caller talked with somebody.")
    hands.tabs_to("Save as a test")
    with hands.page.expect_download() as saved:
        hands.presses("Enter")
    assert saved.value.suggested_filename == "devon-2026-11-25-1000.txt"


STATES: list[State] = [
    *shown(Role.VIEWER, "/phone"),
    *shown(Role.EDITOR, LINE),
    State("a telephone that rings", Role.EDITOR, LINE, rings),
    State("an extension, half keyed", Role.VIEWER, LINE, keyed),
    State("a rehearsed call that is over", Role.EDITOR, LINE, over),
    State("no draft to phone", Role.EDITOR, "/phone?draft=nothing", opened),
    State("a call to a number that is none", Role.EDITOR, LINE, filled("Call", number="999"), "POST /phone"),
    State("a test that is not for this role", Role.VIEWER, LINE, not_for_viewers, "POST /phone/save"),
]
SCREENS: list[State] = [
    State("phone", Role.EDITOR, LINE),
    State("phone-rings", Role.EDITOR, LINE, rings),
    State("phone-over", Role.EDITOR, LINE, over),
]
TASKS: tuple[Task, ...] = (
    Task("phone a line in the browser", Role.EDITOR, makes_a_call, ("GET /phone", "POST /phone", "POST /phone/save")),
)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {}


def furnish(_: Application) -> None:
    """Nothing: the lines are there."""

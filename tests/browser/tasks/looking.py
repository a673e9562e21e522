"""How does somebody look something up who changes nothing?"""

from store.keys import Role
from tests.browser.hands import Hands
from tests.browser.task import Task


def reads_the_lines(hands: Hands) -> None:
    """Anybody, without signing in."""
    hands.opens("/")
    hands.sees("Lines at this moment")
    hands.tabs_to("Skip to the lines")
    hands.presses("Enter")
    hands.presses("Tab")
    hands.reads("Devon social care")
    hands.tabs_to("The API and its documentation")
    with hands.page.expect_navigation():
        hands.presses("Enter")
    assert hands.page.url.endswith("/api/v1/docs")


def comes_back_from_nowhere(hands: Hands) -> None:
    """From an address that was mistyped."""
    hands.opens("/admin/teems")
    hands.sees("Not Found")
    hands.leaves_by("Go to the first page", "Find a team or a number")


def finds_a_worker(hands: Hands) -> None:
    """By extension, from the first page."""
    hands.opens("/admin")
    hands.fills("Any word, other name or number", "2301")
    hands.enters("Search")
    hands.skips_to_main()
    hands.leaves_by("Rowan Sampleton", "Rowan Sampleton")
    hands.reads("2301")


TASKS = (
    Task("read which lines are open", None, reads_the_lines, ("GET /", "GET /api/v1/docs")),
    Task("come back from a mistyped address", Role.VIEWER, comes_back_from_nowhere, ("GET /admin/<path:nowhere>",)),
    Task("find a worker", Role.HANDLER, finds_a_worker, ("GET /admin/search", "GET /admin/people/<slug>")),
)

"""How are the pages looked at that show fail over and the paper pack?"""

from app import Application
from store.keys import Role
from tests.browser.hands import Hands
from tests.browser.state import State, shown
from tests.browser.task import Task

PACKS, DERBY = "/admin/paper-pack", "/admin/paper-pack/derby"


def prints_a_sheet(hands: Hands) -> None:
    """From the list of authorities; then with workers' own phones."""
    hands.opens(PACKS)
    hands.leaves_by("Devon", "Who to ring: Devon")
    hands.reads("dial 999, first")
    hands.reads("Workers’ own phones are left out")
    hands.tabs_to("Print workers’ own phones too, where they hold duty")
    hands.presses("Space")
    hands.leaves_by("Show", "Who to ring: Devon")
    assert hands.page.url.endswith("own=yes")


STATES: list[State] = [
    *shown(Role.EDITOR, PACKS, DERBY, "/admin/paper-pack/devon?own=yes"),
    *shown(Role.VIEWER, DERBY),
]
SCREENS: list[State] = [
    State("paper-packs", Role.EDITOR, PACKS),
    State("paper-pack", Role.EDITOR, DERBY),
]
TASKS: tuple[Task, ...] = (
    Task(
        "print a sheet of paper",
        Role.EDITOR,
        prints_a_sheet,
        ("GET /admin/paper-pack", "GET /admin/paper-pack/<authority>"),
    ),
)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {"GET /admin/paper-pack/<authority>.csv": "a file"}


def furnish(_: Application) -> None:
    """The bundled teams are enough."""

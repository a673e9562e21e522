"""How are the pages looked at that show plans as drawings?"""

from app import Application
from store.keys import Role
from tests.browser.hands import Hands
from tests.browser.state import State, shown
from tests.browser.task import Task

PLANS, DEVON = "/admin/plans", "/admin/plans/devon"


def looks_at_the_night(hands: Hands) -> None:
    """From the list of lines to a plan, then to a moment; the lists say the same as the drawing."""
    hands.opens(PLANS)
    hands.leaves_by("Devon social care", "Devon social care")
    hands.reads("Open until Wed 25 Nov 2026 17:00")
    hands.fills("At", "Fri 16:05")
    hands.enters("Devon social care")
    hands.reads("Closed until Mon 30 Nov 2026 09:00")
    hands.skips_to_main()
    hands.tabs_to("Skip the drawing: the same as lists")
    hands.presses("Enter")
    hands.tabs_to("Areas")
    hands.presses("Enter")
    assert hands.page.url.endswith("#node-areas")


def goes_from_a_box_to_its_step(hands: Hands) -> None:
    """Each box of the drawing is a link to its step in the lists."""
    hands.opens(DEVON)
    hands.tabs_to("Menu: Welcome")
    hands.presses("Enter")
    assert hands.page.url.endswith("#node-welcome")


STATES: list[State] = [
    *shown(
        Role.EDITOR,
        PLANS,
        DEVON,
        f"{DEVON}?at=Sat+10:00",
        "/admin/plans/call-derbyshire",
        "/admin/plans/derby?at=Wed+20:00",
    ),
    *shown(Role.VIEWER, "/admin/plans/sheffield-cpet"),
]
SCREENS: list[State] = [
    State("plans", Role.EDITOR, PLANS),
    State("plan", Role.EDITOR, "/admin/plans/sheffield-cpet"),
    State("plan-at-night", Role.EDITOR, f"{DEVON}?at=Sat+10:00"),
]
TASKS: tuple[Task, ...] = (
    Task("look at a plan by night", Role.VIEWER, looks_at_the_night, ("GET /admin/plans", "GET /admin/plans/<line>")),
    Task("go from a box to its step", Role.EDITOR, goes_from_a_box_to_its_step, ("GET /admin/plans/<line>",)),
)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {}


def furnish(_: Application) -> None:
    """The bundled plans are enough."""

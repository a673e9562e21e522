"""How are the pages looked at that show routes and what changes?"""

from app import Application
from store.keys import Role
from tests.browser.hands import Hands
from tests.browser.state import State, filled, opened, shown
from tests.browser.task import Task

ROUTE, CHANGES = "/admin/route", "/admin/changes"
NORTH = "team=devon-ir-north"
FRIDAY = f"{ROUTE}?{NORTH}&at=Fri+15:30"
PAGE, FORM = f"GET {ROUTE}", f"POST {ROUTE}"


def asks_for_a_team(hands: Hands) -> None:
    """By its name, on the coming Friday; the answer has an address of its own."""
    hands.opens(ROUTE)
    hands.skips_to_main()
    hands.fills("Line", "Devon social care")
    hands.fills("Team", "Initial Response North")
    hands.fills("Moment", "Fri 16:05")
    hands.leaves_by("Who rings?", "Who rings")
    hands.reads("Outside the hours “office”.")
    hands.reads("Out of Hours Emergency Duty Team, 0345 600 0388")
    assert NORTH in hands.page.url


def looks_ahead(hands: Hands) -> None:
    """The changes of one authority, three months ahead."""
    hands.opens(CHANGES)
    hands.skips_to_main()
    hands.fills("Authority", "Devon")
    hands.fills("How far ahead", "90 days")
    hands.leaves_by("Show", "What changes")
    hands.reads("Friday 25 December 2026")
    hands.tabs_to("Download these changes (.ics)")


STATES: list[State] = [
    *shown(Role.EDITOR, ROUTE, FRIDAY, f"{ROUTE}?person=w-3f9a2c", f"{ROUTE}?line=cambridgeshire-ifd&at=Sat+10:00"),
    *shown(Role.VIEWER, FRIDAY, f"{CHANGES}?days=90"),
    *shown(Role.EDITOR, CHANGES, f"{CHANGES}?{NORTH}", f"{CHANGES}?authority=sheffield&days=7"),
    State("changes of no line", Role.EDITOR, f"{CHANGES}?line=nowhere", opened, f"GET {CHANGES}"),
    State("a route, refused", Role.EDITOR, ROUTE, filled("Who rings?", team="North", at="teatime"), FORM),
]  # fmt: skip
SCREENS: list[State] = [
    State("route", Role.EDITOR, FRIDAY),
    State("route-refused", Role.EDITOR, ROUTE, filled("Who rings?", team="North", at="teatime")),
    State("changes", Role.EDITOR, f"{CHANGES}?authority=devon"),
]
TASKS: tuple[Task, ...] = (
    Task("ask who rings", Role.VIEWER, asks_for_a_team, (PAGE, FORM)),
    Task("look at what changes", Role.HANDLER, looks_ahead, (f"GET {CHANGES}",)),
)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {f"GET {CHANGES}.ics": "a file"}


def furnish(_: Application) -> None:
    """What the other areas put there is enough: a closure, dated numbers, a rota, an absence."""

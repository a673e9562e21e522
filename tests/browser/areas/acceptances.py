"""How are the pages looked at on which a warning is accepted for a time?"""

from playwright.sync_api import Page

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.browser.hands import Hands
from tests.browser.state import State, filled, pressed
from tests.browser.task import Task

FOUND = "/admin/findings?q=north"
ACCEPT = "GET /admin/findings/<id>/accept"
FORM = "POST /admin/findings/<id>/accept"
BACK = "POST /admin/findings/<id>/withdraw"


def form(page: Page) -> None:
    """The form of the first warning."""
    pressed("Accept for a time")(page)
    page.get_by_role("heading", name="Accept a warning for a time").wait_for()


def refused(page: Page) -> None:
    """The form, sent empty."""
    form(page)
    filled("Accept it")(page)


def accepted(application: Application) -> None:
    """One warning of Devon is accepted."""
    admin = holder(application, Role.ADMIN)
    found = admin.asks("/findings?code=team-twice").get_json()["items"][0]["id"]
    admin.sends("POST", f"/findings/{found}/acceptance", {"until": "2027-01-31T17:00", "why": "the team is asked"})


def accepts(hands: Hands) -> None:
    """One of the list, until the end of January."""
    hands.opens(FOUND)
    hands.skips_to_main()
    hands.leaves_by("Accept for a time", "Accept a warning for a time")
    hands.dates("Until", "2027-01-31T17:00")
    hands.fills("Why", "the team is asked")
    hands.leaves_by("Accept it", "Findings")


def takes_back(hands: Hands) -> None:
    """What was accepted is told again."""
    hands.opens("/admin/findings")
    hands.skips_to_main()
    hands.leaves_by("Show it", "Findings")
    hands.leaves_by("Take it back", "Findings")


STATES: list[State] = [
    State("a warning to accept", Role.ADMIN, FOUND, form),
    State("what is accepted", Role.ADMIN, "/admin/findings?accepted=yes"),
    State("an acceptance, refused", Role.ADMIN, FOUND, refused, FORM),
]
SCREENS: list[State] = [
    State("finding-accept", Role.ADMIN, FOUND, form),
    State("findings-accepted", Role.ADMIN, "/admin/findings?accepted=yes"),
]
TASKS: tuple[Task, ...] = (
    Task("accept a warning", Role.ADMIN, accepts, (ACCEPT, FORM)),
    Task("take an acceptance back", Role.ADMIN, takes_back, (BACK,), accepted),
)
NEVER_REFUSED: dict[str, str] = {BACK: "a button"}
NO_PAGE: dict[str, str] = {}


def furnish(application: Application) -> None:
    """One warning is accepted."""
    accepted(application)

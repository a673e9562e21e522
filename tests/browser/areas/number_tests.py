"""How are the pages looked at on which duty numbers are tested?"""

from datetime import timedelta

from app import Application
from store import number_tests
from store.keys import Role
from store.number_outcomes import CONFIRMED, NO_ANSWER, NO_KEY
from store.number_tests import Choice, NumberTest, Standing
from tests.admin.desk_client import CLOCK
from tests.browser.hands import Hands
from tests.browser.state import State, filled, shown
from tests.browser.task import Task

EVERY, FOUR = "/admin/number-tests", "devon-cf-exeter-4"
TEAM = f"/admin/teams/{FOUR}"
ONE_TEAM = f"{TEAM}/number-tests"
OF_ALL, OF_ONE, FORM = f"GET {EVERY}", "GET /admin/teams/<slug>/number-tests", "POST /admin/teams/<slug>/number-tests"
NOW = CLOCK.now()


def tested(application: Application) -> None:
    """A team of two numbers is tested: the first does not answer, the second does."""
    first, second = (duty.number.e164 for duty in application.publication.current().directory.teams[FOUR].duty_numbers)
    hour = timedelta(hours=1)
    told = ((first, 26, NO_KEY), (first, 25, NO_ANSWER), (second, 24, CONFIRMED))
    with application.database.write() as connection:
        number_tests.choose(connection, Choice(FOUR, tests=True))
        number_tests.takes_the_minute(connection, NOW)
        for place, (number, hours, outcome) in enumerate(told):
            at = NOW - hours * hour
            number_tests.begin(connection, NumberTest(f"{place:016x}", number, FOUR, at), at)
            number_tests.ends(connection, f"{place:016x}", outcome, at)
        failing = Standing(first, NOW + hour, 2, 0, NOW - 25 * hour, NO_ANSWER, flagged_at=NOW - 25 * hour)
        resting = Standing(second, NOW + timedelta(days=6), 0, 0, NOW - 24 * hour, CONFIRMED)
        for standing in (failing, resting):
            number_tests.stands(connection, standing)


def looks(hands: Hands) -> None:
    """From the findings to every number, and on to one team."""
    hands.opens("/admin/findings?q=Exeter")
    hands.skips_to_main()
    hands.leaves_by("Test calls of duty numbers", "Test calls of duty numbers")
    hands.skips_to_main()
    hands.fills("Any word of the team’s name", "Initial Response North")
    hands.leaves_by("Show", "Test calls of duty numbers")
    hands.reads("Not tested")
    hands.leaves_by("Initial Response North", "Test calls")
    hands.reads("No test has been made yet.")


def switches_on(hands: Hands) -> None:
    """On a team's page, with leave to move a number that does not answer."""
    hands.opens("/admin/teams/devon-ir-south")
    hands.skips_to_main()
    hands.leaves_by("Test calls", "Test calls")
    hands.skips_to_main()
    hands.tabs_to("Do not test them")
    hands.presses("ArrowUp")
    hands.tabs_to("Leave it in its place")
    hands.presses("ArrowUp")
    hands.fills("Why", "the team agrees")
    hands.leaves_by("Save", "Test calls")
    hands.reads("The team’s duty numbers are tested")


STATES: list[State] = [
    *shown(Role.ADMIN, EVERY, f"{EVERY}?q=exeter", f"{EVERY}?q=zzz", ONE_TEAM, TEAM),
    *shown(Role.VIEWER, EVERY, ONE_TEAM, "/admin/teams/derby-empty/number-tests"),
    State("tests of a team, refused", Role.ADMIN, ONE_TEAM, filled("Save"), FORM),
]
SCREENS: list[State] = [
    State("number-tests", Role.ADMIN, f"{EVERY}?q=exeter"),
    State("team-number-tests", Role.ADMIN, ONE_TEAM),
]
TASKS: tuple[Task, ...] = (
    Task("look at the test calls", Role.VIEWER, looks, (OF_ALL, OF_ONE)),
    Task("switch test calls on", Role.ADMIN, switches_on, (OF_ONE, FORM)),
)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {}


def furnish(application: Application) -> None:
    """One team is tested."""
    tested(application)

"""How are the pages looked at that say what is amiss?"""

from datetime import timedelta

from playwright.sync_api import Page

from app import Application
from ivr.alarms import Alarming, alarm
from store import alarms, watched
from store.keys import Role
from store.tables_alarms import alarm as table
from store.watched import Look
from store.watched import State as Found
from tests.browser.hands import Hands
from tests.browser.state import State, filled
from tests.browser.task import Task
from tests.telling import at

LIST, KEY = "/admin/alarms", "alarm-for-drama"
ONE = f"{LIST}/{KEY}/acknowledge"
GET_LIST, GET_ONE, POST_ONE = (
    "GET /admin/alarms", "GET /admin/alarms/<id>/acknowledge", "POST /admin/alarms/<id>/acknowledge",
)  # fmt: skip
NOW = at("Wed 10:00")
DETAIL = "Last call Wed 25 Nov, 09:02; improbable since Wed 25 Nov, 09:48."


def lasting(application: Application) -> None:
    """Two that last, one of them of a known id, and a look of each kind."""
    with application.database.write_in_order() as connection:
        silent = alarm(Alarming.LINE_SILENT, "devon", DETAIL)
        derby = alarm(Alarming.LINE_SILENT, "derby", "Last call Tue 24 Nov, 16:40; improbable since Wed 25 Nov, 09:55.")
        alarms.raised(connection, [silent, derby], NOW)
        connection.execute(table.update().where(table.c.open_as == silent.key).values(id=KEY))
        for look in LOOKS:
            watched.keep(connection, look)


LOOKS = (
    Look("silence", "devon", NOW, Found.AMISS, "last call Wed 25 Nov, 09:02", expected_at=NOW - timedelta(minutes=12)),
    Look("silence", "sheffield-cpet", NOW, Found.UNKNOWN, "it had 12 calls in the last eight weeks; 60 are needed"),
    Look("test-call", "devon", NOW, Found.WELL, milliseconds=41),
    Look("arrival", "devon", NOW, Found.UNDER_WAY, "placed", place="+442079460102 +442079460101"),
    Look("account", "", NOW, Found.AMISS, "12.40 USD are left; the least is 20."),
)


def furnish(application: Application) -> None:
    """All of them."""
    with application.database.write_in_order() as connection:
        poison = alarm(Alarming.POISON, "calls-1", count=1)
        alarms.was(connection, poison, NOW - timedelta(hours=3), NOW - timedelta(hours=2))
    lasting(application)


def acknowledges(hands: Hands) -> None:
    """The first of the list, until the end of the day."""
    hands.opens(LIST)
    hands.skips_to_main()
    hands.leaves_by("Acknowledge", "Acknowledge an alarm")
    hands.dates("Until", "2026-11-25T17:00")
    hands.fills("Why", "ringing the line now")
    hands.leaves_by("Acknowledge it", "Alarms")
    hands.reads("ringing the line now")


def acknowledged(page: Page) -> None:
    """As somebody has acknowledged it."""
    page.goto(ONE)
    page.get_by_label("Until").fill("2026-11-25T17:00")
    page.get_by_label("Why").fill("ringing the line now")
    page.get_by_role("button", name="Acknowledge it").click()
    page.get_by_role("heading", name="Alarms", exact=True).wait_for()


STATES: list[State] = [
    State("what is amiss", Role.VIEWER, LIST),
    State("what is amiss, for an administrator", Role.ADMIN, LIST),
    State("an alarm to acknowledge", Role.ADMIN, ONE),
    State("an acknowledgement, refused", Role.ADMIN, ONE, filled("Acknowledge it"), POST_ONE),
    State("an alarm that is acknowledged", Role.ADMIN, LIST, acknowledged),
]
SCREENS: list[State] = [State("alarms", Role.ADMIN, LIST), State("alarm-acknowledge", Role.ADMIN, ONE)]
TASKS: tuple[Task, ...] = (
    Task("acknowledge an alarm", Role.ADMIN, acknowledges, (GET_LIST, GET_ONE, POST_ONE), lasting),
)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {}

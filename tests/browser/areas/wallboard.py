"""How is the screen on the wall looked at?"""

from datetime import timedelta

from sqlalchemy import insert

from app import Application
from store import tables
from store.conversations import At
from store.keys import Role
from store.tables_desk import conversation, presence
from tests.browser.hands import Hands
from tests.browser.state import State
from tests.browser.task import Task
from tests.telling import at

PAGE = "/wallboard"
NOW = at("Wed 10:00")
WAITS, TALKS = ("CA" + mark * 16 for mark in ("d1", "d2"))


def furnish(application: Application) -> None:
    """Two calls on a line, of which one waits, and a handler who is away."""
    line = {"line": "call-derbyshire", "dialled": "+442079460102"}
    began = NOW - timedelta(minutes=4)
    asks = {
        "priority": "risk",
        "state": At.WAITING.value,
        "hop": 3,
        "queue": "QU" + "d" * 32,
        "place": {},
        "chosen": [],
    }
    with application.database.write() as connection:
        for sid in (WAITS, TALKS):
            connection.execute(insert(tables.call).values(sid=sid, rank=0, began_at=began, **line))
        connection.execute(
            insert(conversation).values(
                call=WAITS,
                caller=None,
                relay=False,
                queued_at=began,
                generation=1,
                **line,
                **asks,
            )
        )
        connection.execute(
            insert(presence).values(
                who="wall",
                name="Wallace Away",
                phone="+442079460207",
                lines=["call-derbyshire"],
                status="away",
                since=NOW,
                seen_at=NOW,
            )
        )


def looks(hands: Hands) -> None:
    """Somebody at a keyboard reads it, and goes back to the console."""
    hands.opens(PAGE)
    hands.reads("nobody is available")
    hands.leaves_by("Console", "Find a team or a number")


STATES: list[State] = [State("the wallboard", Role.VIEWER, PAGE)]
SCREENS: list[State] = [State("wallboard", Role.VIEWER, PAGE)]
TASKS: tuple[Task, ...] = (Task("look at the wallboard", Role.VIEWER, looks, ("GET /wallboard",), furnish),)
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {"GET /wallboard/now": "what the wallboard asks for every five seconds"}

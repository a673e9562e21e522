"""How does a handler book a call-back, take it, and say what came of it? From the desk to the list, the form and its page."""

from app import Application
from store import callback_attempts
from store.callback_attempts import Attempt, Goes
from store.keys import Role
from tests.admin.desk_client import CLOCK
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.papers import written

CALL_BACK = "ba" * 8
"""The id of the call-back that the states are looked at in."""

BOOKED = {
    "number": "020 7946 0778", "line": "derbyshire-consultation", "within": 72, "urgency": "amber",
    "person": "Hetty Visitor", "about": "She has thought of something else.",
}  # fmt: skip


def call_backs(application: Application) -> None:
    """One that was tried and booked again, and a check that waits for its switchboard."""
    written(application, "/callbacks", BOOKED, CALL_BACK)
    written(application, "/callbacks", BOOKED)
    written(application, "/callbacks", {"kind": "check", "body": "cafcass"})
    at = CLOCK.now()
    tried = Attempt("bb" * 8, CALL_BACK, "Colin Colleague", "k-colin", "+442079460202", "+442079460102", at, Goes.OVER, "+442079460778",
                    at, at, "no answer")  # fmt: skip
    with application.database.write() as connection:
        callback_attempts.add(connection, tried)


def books(hands: Hands) -> None:
    """Booked, taken, and left word."""
    hands.opens("/desk")
    hands.leaves_by("Call-backs", "Call-backs")
    hands.leaves_by("Book a call back", "Book a call back")
    hands.fills("Number", "020 7946 0779")
    hands.fills("Whom to ask for", "Sam Teacher")
    hands.fills("Line", "Call Derbyshire")
    hands.fills("Within how many hours", "4")
    hands.leaves_by("Book it", "Call back by Wed 25 Nov 2026 14:00")
    hands.leaves_by("Take it", "Call back by")
    hands.reads("You")
    hands.tabs_to("Reached")
    hands.presses("Space")
    hands.presses("ArrowDown")
    hands.presses("ArrowDown")
    hands.fills("Note", "With her colleague.")
    hands.leaves_by("Note it", "Call back by")
    hands.reads("With her colleague.")


TASKS = (
    Task("book a call back", Role.HANDLER, books,
         ("GET /desk/call-backs", "GET /desk/call-backs/new", "POST /desk/call-backs/new", "GET /desk/call-backs/<key>",
          "POST /desk/call-backs/<key>/<deed>")),
)  # fmt: skip

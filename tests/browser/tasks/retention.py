"""How does an administrator take away what is past its time, and hold what must stay? From the console's menu on."""

from datetime import timedelta

from app import Application
from store.keys import Role
from store.tables_enquiries import enquiry, legal_hold
from tests.admin.desk_client import CLOCK, holder
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.papers import ANN, BEFORE, written

HOLD, OLD = "ab" * 8, "ac" * 8
"""The ids of the hold and of the enquiry that the states are looked at in."""

LONG = timedelta(days=3 * 366)
BEN = {"name": "Ben Example", "born": "2021-02-01"}


def past_its_time(application: Application) -> None:
    """An enquiry of three years ago, about a child of its own."""
    written(application, "/enquiries", BEFORE | {"children": [BEN]}, OLD)
    with application.database.write() as connection:
        connection.execute(enquiry.update().where(enquiry.c.id == OLD).values(made_at=CLOCK.now() - LONG))


def a_hold(application: Application) -> None:
    """On a child."""
    by = holder(application, Role.ADMIN, "Colin Colleague")
    made = by.sends("POST", "/legal-holds", {"child": ANN, "why": "The inquest of January."})
    assert made.status_code == 201, made.get_json()
    with application.database.write() as connection:
        mine = legal_hold.c.id == made.get_json()["id"]
        connection.execute(legal_hold.update().where(mine).values(id=HOLD))


def reads_what_is_kept(hands: Hands) -> None:
    """From the menu, for how long and why."""
    hands.opens("/admin")
    hands.leaves_by("Retention", "Retention and legal holds")
    hands.reads("2 years (S:45)")


def takes_away(hands: Hands) -> None:
    """What is shown, for a reason; the report says what went."""
    hands.opens("/admin")
    hands.leaves_by("Retention", "Retention and legal holds")
    hands.leaves_by("Take away what is past its time", "Take away what is past its time")
    hands.reads("Enquiries: 1 that is from before")
    hands.fills("Why", "The yearly tidying.")
    hands.leaves_by("Take it away", "What was taken away")
    hands.reads("Enquiries: 1 from before")


def holds_and_lifts(hands: Hands) -> None:
    """Everything about a child, until it is over."""
    hands.opens("/desk/retention")
    hands.leaves_by("Make a hold", "Make a legal hold")
    hands.fills("The child's full name", "Ben Example")
    hands.tabs_to("The child's date of birth")
    hands.types("02012021")
    hands.fills("Why", "The inquest of January.")
    hands.leaves_by("Hold it", "Legal hold")
    hands.reads("Enquiries: 1, of which 1 would go")
    hands.fills("Why", "It is over.")
    hands.leaves_by("Lift the hold", "Retention and legal holds")
    hands.reads("Nothing is held.")


TASKS = (
    Task("read what is kept", Role.AUDITOR, reads_what_is_kept, ("GET /desk/retention",)),
    Task("take away what is past its time", Role.ADMIN, takes_away,
         ("GET /desk/retention", "GET /desk/retention/purge", "POST /desk/retention/purge"), past_its_time),
    Task("hold everything about a child, and lift that", Role.ADMIN, holds_and_lifts,
         ("GET /desk/retention", "GET /desk/retention/holds/new", "POST /desk/retention/holds/new",
          "GET /desk/retention/holds/<key>", "POST /desk/retention/holds/<key>/lift"), past_its_time),
)  # fmt: skip

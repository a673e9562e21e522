"""How does a handler follow a family who moves in, and see how many enquiries there were?"""

from datetime import timedelta
from typing import Any

from app import Application
from store.keys import Role
from store.tables_enquiries import enquiry
from store.tables_papers import move
from store.tables_tasks import task
from tests.admin.desk_client import CLOCK, holder
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.papers import ANN, ASKS, written

AWAITED, DISCUSSED, DISPUTED = "4" * 16, "5" * 16, "6" * 16
"""The ids of the moves that the states are looked at in."""

TELLS = {"authority": "cambridgeshire", "from_authority": "Another Council", "wants": "conference"}
FORM = {"form": "A Child Protection Plan since May, for neglect.", "children": [ANN]}
DECISION = {
    "stays": "temporary",
    "decided_by": "Tom Manager",
    "reasons": "The family lodges with friends until spring.",
}
COUNTED = (
    ("nhs", "welfare-concern", 12, 30), ("police", "child-protection-plan", 7, 60), ("school", "welfare-concern", 5, 20),
    ("gp", "care-order", 4, 50), ("probation", "welfare-concern", 4, 200),
)  # fmt: skip
"""Agency, reason, how many enquiries, and how many days ago."""


def moves(application: Application) -> None:
    """One whose form is awaited, one with the Team Manager, and one of which it is open whose case it is."""
    _came(application, AWAITED)
    _came(application, DISCUSSED, ("form", FORM))
    _came(application, DISPUTED, ("form", FORM), ("decision", DECISION), ("escalate", {}))


def _came(application: Application, key: str, *deeds: tuple[str, dict[str, Any]]) -> None:
    """A move after these deeds; from then on it has this id."""
    made, by = written(application, "/moves", TELLS), holder(application, Role.HANDLER, "Colin Colleague")
    for deed, body in deeds:
        assert by.sends("POST", f"/moves/{made}/{deed}", body).status_code == 200
    with application.database.write() as connection:
        connection.execute(move.update().where(move.c.id == made).values(id=key))
        connection.execute(task.update().where(task.c.about == made).values(about=key))


def many_enquiries(application: Application) -> None:
    """Enough of them to be counted, about families whom nobody else asked for; they lie some weeks back."""
    by = holder(application, Role.HANDLER, "Colin Colleague")
    for agency, reason, count, days in COUNTED:
        asks = ASKS | {"agency": agency, "reason": reason, "children": []}
        made = [by.sends("POST", "/enquiries", asks | {"family": f"{agency} {at}"}) for at in range(count)]
        keys = [reply.get_json()["id"] for reply in made]
        with application.database.write() as connection:
            moved = enquiry.update().where(enquiry.c.id.in_(keys))
            connection.execute(moved.values(made_at=CLOCK.now() - timedelta(days=days)))


def follows_a_family(hands: Hands) -> None:
    """Taken down, its form, the Team Manager's word; escalated, and agreed."""
    hands.opens("/desk")
    hands.leaves_by("Families moving in", "Families moving in")
    hands.leaves_by("Take one down", "Take down that a family moves in")
    hands.fills("Authority", "Cambridgeshire")
    hands.fills("The authority that the family comes from", "Another Council")
    hands.tabs_to("To inform us only")
    hands.presses("ArrowDown")
    hands.leaves_by("Take it down", "The form is here")
    hands.fills("Child 1: full name", "Ann Example")
    hands.tabs_to("What the form says")
    hands.types("A plan since May.")
    hands.leaves_by("The form is here", "The Team Manager decides")
    hands.tabs_to("Yes, its residence is permanent")
    hands.presses("ArrowDown")
    hands.fills("Who decided it", "Tom Manager")
    hands.fills("Reasons", "Moving about.")
    hands.leaves_by("Note the decision", "Who must agree whose case it is")
    hands.reads("No number is printed (X31)")
    hands.leaves_by("They cannot agree: escalate it", "Who must agree whose case it is")
    hands.reads("Could not agree")
    hands.tabs_to("Ours")
    hands.presses("Space")
    hands.leaves_by("Note it", "The Transfer-In Conference")


def counts_enquiries(hands: Hands) -> None:
    """From the list of enquiries to the report of one authority."""
    hands.opens("/desk/enquiries")
    hands.leaves_by("Count them", "Enquiry report")
    hands.reads("In all: 30")
    hands.fills("Authority", "Sheffield")
    hands.leaves_by("Count", "Enquiry report")
    hands.reads("GP")


TASKS = (
    Task("follow a family who moves in", Role.HANDLER, follows_a_family,
         ("GET /desk/moves", "GET /desk/moves/new", "POST /desk/moves/new", "GET /desk/moves/<key>",
          "POST /desk/moves/<key>/<deed>")),
    Task("count the enquiries", Role.HANDLER, counts_enquiries, ("GET /desk/enquiries/report",), many_enquiries),
)  # fmt: skip

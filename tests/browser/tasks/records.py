"""How does a handler find, begin, rate, link and close a contact record? Each task begins on the desk."""

from typing import Any

from playwright.sync_api import Page

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.papers import ANN, called, written

RECORD, NAMELESS_RECORD = "4a" * 8, "6a" * 8
"""The ids of the records that the states are looked at in."""

TOLD = {
    "caller": "school", "children": [{**ANN, "gender": "girl"}], "concern": "A bruise on each arm; she says that she fell.",
    "condition": "At school until half past three.", "domestic_abuse": "yes", "caada_high": "yes", "parent_under_18": "yes",
}  # fmt: skip
ANONYMOUS = {"referrer_name": "Ned Neighbour", "anonymous": "yes", "concern": "A child alone at the door."}
RATED = (
    {"rating": "green", "decided_by": "Tom Manager", "rationale": "One bruise, which is explained."},
    {"rating": "amber", "decided_by": "Tom Manager", "rationale": "A second bruise within the month."},
)


def records(application: Application) -> None:
    """One that is rated and has a linked one, and one whose caller asks not to be named."""
    key = _told(application, TOLD)
    by = holder(application, Role.HANDLER, "Priya Partner")
    body = {"fields": {"concern": "She is seventeen, and alone with the baby."}, "authority": "cambridgeshire"}
    parent = by.sends("POST", "/contacts", body).get_json()["id"]
    linked = by.sends("POST", f"/contacts/{key}/links", {"other": parent, "as": "parent-under-18"})
    assert linked.status_code == 200, linked.get_json()
    for rating in RATED:
        assert by.sends("PUT", f"/contacts/{key}/rating", rating).status_code == 200
    called(application, key, RECORD)
    _told(application, ANONYMOUS, NAMELESS_RECORD)


def one_record(application: Application) -> None:
    """Of a child."""
    _told(application, TOLD, RECORD)


def _told(application: Application, fields: dict[str, Any], key: str = "") -> str:
    return written(application, "/contacts", {"fields": fields, "authority": "cambridgeshire"}, key)


def found(page: Page) -> None:
    """The records of a child, by name and date of birth."""
    page.get_by_label("The child's full name").fill("Ann Example")
    page.get_by_label("The child's date of birth").fill("2019-05-31")
    page.get_by_role("button", name="Find their records").click()
    page.get_by_role("heading", name="found").wait_for()


def begins(hands: Hands) -> None:
    """Begun, written, the caller's name looked at for a reason; and the manager's rating is written down."""
    hands.opens("/desk")
    hands.leaves_by("Contact records", "Contact records")
    hands.leaves_by("Begin a record without a call", "Begin a record")
    hands.fills("Authority", "Cambridgeshire")
    hands.fills("Cause for concern: what, who said it, when and where", "A child alone at the door.")
    hands.leaves_by("Begin it", "Contact record of Wed 25 Nov 2026 10:00")
    hands.fills("The caller's name", "Ned Neighbour")
    hands.fills("The caller asks not to be named", "Yes")
    hands.leaves_by("Save", "Contact record of")
    hands.reads("Kept from view, because the caller asks not to be named")
    hands.fills("Why the name is needed", "The line dropped.")
    hands.leaves_by("Show the name", "Contact record of")
    hands.leaves_by("Rating", "Rating of the record of")
    hands.tabs_to("Blue: information, no further action")
    hands.presses("Space")
    hands.fills("Team Manager who decided", "Tom Manager")
    hands.tabs_to("Why")
    hands.types("Nothing was seen.")
    hands.leaves_by("Rate it", "Rating of the record of")
    hands.reads("Decided by Tom Manager, written down by Test Handler")


def closes(hands: Hands) -> None:
    """Found by name and date of birth, closed to a colleague, and its text is there to be copied."""
    hands.opens("/desk/records")
    hands.fills("The child's full name", "Ann Example")
    hands.tabs_to("The child's date of birth")
    hands.types("05312019")
    hands.leaves_by("Find their records", "1 record found")
    hands.leaves_by("Wed 25 Nov 2026 10:00", "Contact record of")
    hands.leaves_by("Who may read it", "Who may read the record of")
    hands.tabs_to("Whom it is closed to")
    hands.types("Colin Colleague")
    hands.fills("Why the lists are changed", "Their own family.")
    hands.leaves_by("Change who may read it", "Who may read the record of")
    hands.reads("Closed to: Colin Colleague.")
    hands.leaves_by("Text to hand over", "Text of the record of")
    hands.reads("A bruise on each arm")


def links(hands: Hands) -> None:
    """Another record of the family."""
    hands.opens(f"/desk/records/{NAMELESS_RECORD}")
    hands.fills("The id of the other record", RECORD)
    hands.tabs_to("It is of the same family")
    hands.presses("Space")
    hands.leaves_by("Link it", "Contact record of")
    hands.reads(f"{RECORD}: It is of the same family")


TASKS = (
    Task("begin a record without a call, and rate it", Role.HANDLER, begins,
         ("GET /desk/records/new", "POST /desk/records/new", "GET /desk/records/<key>", "POST /desk/records/<key>",
          "POST /desk/records/<key>/name", "GET /desk/records/<key>/rating", "POST /desk/records/<key>/rating")),
    Task("find a child's record, and close it to a colleague", Role.HANDLER, closes,
         ("GET /desk/records", "POST /desk/records", "GET /desk/records/<key>/access", "POST /desk/records/<key>/access",
          "GET /desk/records/<key>/hand-over"), one_record),
    Task("link two records", Role.HANDLER, links, ("POST /desk/records/<key>/link",), records),
)  # fmt: skip

"""How does an editor say that a line closes or opens against its weekly hours?"""

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.browser.hands import Hands
from tests.browser.task import Task

TRAINING = {
    "effect": "closed",
    "from": "2026-12-10T13:00",
    "until": "2026-12-10T17:00",
    "reason": "Training",
    "line": "devon",
}


def closes_early(hands: Hands) -> None:
    """From the first page."""
    hands.opens("/admin")
    hands.leaves_by("Close early today", "Close early today")
    hands.fills("Which lines", "Devon social care")
    hands.leaves_by("Close early today", "Closed early: added")


def enters_an_opening(hands: Hands) -> None:
    """A Saturday, three years in a row."""
    hands.opens("/admin/closures")
    hands.leaves_by("Enter another closure or opening", "Enter a closure or an opening")
    hands.fills("What happens", "Open, although the hours say closed")
    hands.fills("Which lines", "All lines of Devon")
    hands.dates("From", "2026-12-05T09:00")
    hands.dates("Until", "2026-12-05T13:00")
    hands.fills("Reason", "Open Saturday")
    hands.fills("Repeats", "Every year")
    hands.fills("How many times", "3")
    hands.leaves_by("Save", "Open Saturday: added")


def removes_a_closure(hands: Hands) -> None:
    """From the list."""
    hands.opens("/admin/closures")
    hands.leaves_by("Remove “Training”", "Remove “Training”")
    hands.leaves_by("Remove", "Training: removed")


def closed(application: Application) -> None:
    """A closure is entered."""
    assert holder(application, Role.EDITOR).sends("POST", "/closures", TRAINING).status_code == 201


TASKS = (
    Task("close early today", Role.EDITOR, closes_early, ("GET /admin/closures/early", "POST /admin/closures/early")),
    Task("enter an opening", Role.EDITOR, enters_an_opening,
         ("GET /admin/closures", "GET /admin/closures/new", "POST /admin/closures/new")),
    Task("remove a closure", Role.EDITOR, removes_a_closure,
         ("GET /admin/closures/<slug>/remove", "POST /admin/closures/<slug>/remove"), closed),
)  # fmt: skip

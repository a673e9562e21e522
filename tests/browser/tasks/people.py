"""How does an editor keep workers right, and say who covers?"""

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.browser.hands import Hands
from tests.browser.task import Task

WORKER, NAME = "/admin/people/w-3f9a2c", "Rowan Sampleton"
AWAY = {"away": [{"from": "2026-11-25T09:00", "until": "2026-12-01T17:00", "cover": "w-7c40e9"}]}


def adds_a_person(hands: Hands) -> None:
    """From the list of people."""
    hands.opens("/admin/people")
    hands.fills("Name, extension or number", "2309")
    hands.enters("People")
    hands.leaves_by("Add a person", "Add a person")
    hands.fills("Name", "Ada Imaginary")
    hands.fills("Team", "Children & Families North 1")
    hands.fills("Extension", "2309")
    hands.fills("Numbers", "020 7946 0809")
    hands.leaves_by("Save", "Ada Imaginary: added")


def changes_a_person(hands: Hands) -> None:
    """Another phone."""
    hands.opens(WORKER)
    hands.leaves_by("Change name, team, extension, numbers or manager", f"Change {NAME}")
    hands.fills("Numbers", "020 7946 0810")
    hands.leaves_by("Save", f"{NAME}: changed")


def enters_an_absence(hands: Hands) -> None:
    """A week, and who covers."""
    hands.opens(WORKER)
    hands.leaves_by("Enter an absence", "Enter an absence")
    hands.dates("From", "2026-12-07T09:00")
    hands.dates("Until", "2026-12-11T17:00")
    hands.fills("Who covers", "Tamsin Mockford")
    hands.fills("Why", "leave")
    hands.leaves_by("Save", f"{NAME}: changed")


def ends_an_absence(hands: Hands) -> None:
    """Back already."""
    hands.opens(WORKER)
    hands.reads("Away until")
    hands.leaves_by("Remove this absence", f"{NAME}: changed")


def away(application: Application) -> None:
    """Somebody is away now."""
    editor = holder(application, Role.EDITOR)
    assert editor.changes("PATCH", "/people/w-3f9a2c", AWAY).status_code == 200


def removes_a_person(hands: Hands) -> None:
    """From their page."""
    hands.opens(WORKER)
    hands.leaves_by("Remove this person", f"Remove {NAME}")
    hands.leaves_by("Remove", f"{NAME}: removed")


TASKS = (
    Task("add a person", Role.EDITOR, adds_a_person,
         ("GET /admin/people", "GET /admin/people/new", "POST /admin/people/new")),
    Task("change a person", Role.EDITOR, changes_a_person,
         ("GET /admin/people/<slug>", "GET /admin/people/<slug>/edit", "POST /admin/people/<slug>/edit")),
    Task("enter an absence", Role.EDITOR, enters_an_absence,
         ("GET /admin/people/<slug>/away", "POST /admin/people/<slug>/away")),
    Task("end an absence", Role.EDITOR, ends_an_absence, ("POST /admin/people/<slug>/away/<int:place>/remove",), away),
    Task("remove a person", Role.EDITOR, removes_a_person,
         ("GET /admin/people/<slug>/remove", "POST /admin/people/<slug>/remove")),
)  # fmt: skip

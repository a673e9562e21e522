"""How does an editor keep teams and their duty numbers right?"""

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.browser.hands import Hands
from tests.browser.task import Task

TEAM, NORTH = "/admin/teams/devon-ir-north", "Initial Response North"
FIND = "Any word, other name or number"
CHECK, CONFIRM = "Check what the next call would do", "Confirm and change"
CHANGED = f"{NORTH}: changed"
FORM = "/admin/teams/<slug>/duty-numbers/<int:place>/<deed>"
SECOND = {"duty_numbers": [{"number": "8481"}, {"number": "020 7946 0801", "note": "the second phone"}]}
DATES = "Only from a date, or only for a while"


def with_a_second_number(application: Application) -> None:
    """Two numbers, so that there is an order to change."""
    editor = holder(application, Role.EDITOR)
    there = "/teams/devon-ir-north"
    assert editor.changes("PUT", f"{there}/duty-numbers", SECOND, seen_at=there).status_code == 200


def changes_a_number(hands: Hands) -> None:
    """From the first page to the confirmation."""
    hands.opens("/admin")
    hands.fills(FIND, "8481")
    hands.enters("Search")
    hands.skips_to_main()
    hands.leaves_by(NORTH, NORTH)
    hands.skips_to_main()
    hands.leaves_by("Change number 1", "Change the number")
    hands.fills("Number", "4050")
    hands.enters(CHECK)
    hands.skips_to_main()
    hands.leaves_by(CONFIRM, CHANGED)


def dates_a_number(hands: Hands) -> None:
    """It begins tomorrow; until then today's rings."""
    hands.opens(f"{TEAM}/duty-numbers/0/change")
    hands.fills("Number", "4050")
    hands.tabs_to(DATES)
    hands.presses("Enter")
    hands.dates("From", "2026-11-26T09:00")
    hands.leaves_by("Continue", CHECK)
    hands.leaves_by(CONFIRM, CHANGED)
    hands.leaves_by("Go back to it", NORTH)
    hands.reads("01392 384050")


def is_slower(hands: Hands) -> None:
    """A colleague, in another window, was quicker; nothing of either is lost."""
    hands.opens(f"{TEAM}/duty-numbers/0/change")
    colleague = Hands(hands.page.context.new_page())
    notes_something(colleague)
    colleague.page.close()
    hands.fills("Number", "4050")
    hands.leaves_by("Continue", "Somebody has changed it since you opened the page")
    hands.leaves_by("Apply my change to the new version", CHECK)
    hands.leaves_by(CONFIRM, CHANGED)
    hands.reads("the desk by the window")


def mends_a_refused_number(hands: Hands) -> None:
    """The summary leads to the field."""
    hands.opens(f"{TEAM}/duty-numbers/add")
    hands.fills("Number", "999")
    hands.leaves_by("Continue", "There is a problem")
    hands.fills("Number", "020 7946 0801")
    hands.fills("Calls it can take at once", "2")
    hands.leaves_by("Continue", CHECK)
    hands.leaves_by(CONFIRM, CHANGED)


def notes_something(hands: Hands) -> None:
    """In the details of a number."""
    hands.opens(TEAM)
    hands.leaves_by("Details of number 1", "Change its details")
    hands.fills("How a call is taken", "Connected as soon as it is answered")
    hands.fills("Note", "the desk by the window")
    hands.leaves_by("Continue", CHECK)
    hands.leaves_by(CONFIRM, CHANGED)


def changes_the_order(hands: Hands) -> None:
    """Later, and earlier again."""
    hands.opens(TEAM)
    hands.leaves_by("Later: ring number 1 after the one below", CHECK)
    hands.leaves_by(CONFIRM, CHANGED)
    hands.leaves_by("Go back to it", NORTH)
    hands.leaves_by("Earlier: ring number 2 before the one above", CHECK)
    hands.leaves_by(CONFIRM, CHANGED)


def removes_a_number(hands: Hands) -> None:
    """Undone again on its confirmation."""
    hands.opens(TEAM)
    hands.leaves_by("Remove number 1", CHECK)
    hands.leaves_by(CONFIRM, CHANGED)
    hands.fills("Why it is taken back", "the wrong one")
    hands.leaves_by("Undo this change", CHANGED)
    hands.reads("the wrong one")


def adds_a_team(hands: Hands) -> None:
    """From the list of teams, by a filter that finds nothing."""
    hands.opens("/admin/teams")
    hands.fills(FIND, "drama")
    hands.enters("Teams")
    hands.reads("No team has all of these words.")
    hands.leaves_by("Add a team", "Add a team")
    hands.fills("Authority", "Devon")
    hands.fills("Name", "Drama Desk")
    hands.fills("Service", "Initial Response")
    hands.leaves_by("Save", "Drama Desk: added")


def renames_a_team(hands: Hands) -> None:
    """And gives it another name to be found by."""
    hands.opens(TEAM)
    hands.leaves_by("Change name, area or other names", f"Change {NORTH}")
    hands.fills("Other names", "Barnstaple desk")
    hands.leaves_by("Save", CHANGED)


def removes_a_team(hands: Hands) -> None:
    """One that nobody needs."""
    hands.opens("/admin/teams/devon-spare")
    hands.leaves_by("Remove this team", "Remove Spare")
    hands.leaves_by("Remove", "Spare: removed")


def with_a_spare_team(application: Application) -> None:
    """A team without people."""
    spare = {"name": "Spare", "authority": "devon"}
    assert holder(application, Role.EDITOR).sends("POST", "/teams", spare).status_code == 201


TASKS = (
    Task("change a duty number", Role.EDITOR, changes_a_number,
         ("GET /admin/search", "GET /admin/teams/<slug>", f"GET {FORM}", f"POST {FORM}", "GET /admin/done/<int:sequence>")),
    Task("date a duty number", Role.EDITOR, dates_a_number, (f"GET {FORM}", f"POST {FORM}")),
    Task("be slower than a colleague", Role.EDITOR, is_slower, (f"GET {FORM}", f"POST {FORM}")),
    Task("add a duty number", Role.EDITOR, mends_a_refused_number,
         ("GET /admin/teams/<slug>/duty-numbers/add", "POST /admin/teams/<slug>/duty-numbers/add")),
    Task("note something at a number", Role.EDITOR, notes_something, (f"GET {FORM}", f"POST {FORM}")),
    Task("change the order", Role.EDITOR, changes_the_order, (f"GET {FORM}", f"POST {FORM}"), with_a_second_number),
    Task("remove a number, and undo it", Role.EDITOR, removes_a_number,
         (f"POST {FORM}", "POST /admin/audit/<int:sequence>/undo"), with_a_second_number),
    Task("add a team", Role.EDITOR, adds_a_team, ("GET /admin/teams", "GET /admin/teams/new", "POST /admin/teams/new")),
    Task("rename a team", Role.EDITOR, renames_a_team, ("GET /admin/teams/<slug>/edit", "POST /admin/teams/<slug>/edit")),
    Task("remove a team", Role.EDITOR, removes_a_team,
         ("GET /admin/teams/<slug>/remove", "POST /admin/teams/<slug>/remove"), with_a_spare_team),
)  # fmt: skip

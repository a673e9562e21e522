"""How does an administrator let programs, people, files and odd numbers in?"""

from pathlib import Path
from tempfile import mkdtemp

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.admin.visitor import person
from tests.browser.hands import Hands
from tests.browser.task import Task

USERS, KEYS = "People who sign in", "Keys to the API"
FILE = "authority,team,slug,number\ndevon,Night Desk,,020 7946 0300\n"
DECIDES = "POST /admin/approvals/<slug>/<verdict>"
WANTED = {"exceptions": [{"number": "0844 496 0000", "reason": "the printed line"}], "why": "it is the only one"}


def asked(application: Application) -> None:
    """Another administrator asked for an exception."""
    assert (
        holder(application, Role.ADMIN, "Sam Second").changes("PATCH", "/authorities/devon", WANTED).status_code == 202
    )


def asks_for_an_exception(hands: Hands) -> None:
    """From the list of what waits."""
    hands.opens("/admin/approvals")
    hands.leaves_by("Devon", "Ask for an exception")
    hands.fills("Number", "0844 496 0000")
    hands.fills("Reason", "the printed line")
    hands.fills("Why now", "it is the only one")
    hands.leaves_by("Ask", "Approvals")
    hands.reads("You asked for it: somebody else approves.")


def approves(hands: Hands) -> None:
    """What somebody else asked for."""
    hands.opens("/admin/approvals")
    hands.leaves_by("Approve", "Approvals")
    hands.reads("approved")


def rejects(hands: Hands) -> None:
    """With a reason."""
    hands.opens("/admin/approvals")
    hands.fills("Why not", "there is a free number")
    hands.leaves_by("Reject", "Approvals")
    hands.reads("rejected")


def makes_a_key(hands: Hands) -> None:
    """It is shown this once."""
    hands.opens("/admin/keys")
    hands.fills("Name", "The wallboard")
    hands.fills("Role", "Viewer: sees no personal data")
    hands.leaves_by("Make a key", "The key for The wallboard")
    hands.leaves_by("I have copied it", KEYS)


def revokes_a_key(hands: Hands) -> None:
    """It stops at once."""
    hands.opens("/admin/keys")
    hands.leaves_by("Revoke an old program", KEYS)
    hands.reads("There is no key")


def makes_an_account(hands: Hands) -> None:
    """For one authority only."""
    hands.opens("/admin/users")
    hands.fills("E-mail address", "ada@example.org")
    hands.fills("Name", "Ada Imaginary")
    hands.fills("Role", "Editor: teams, people, closures")
    hands.tabs_to("Devon")
    hands.presses("Space")
    hands.leaves_by("Make an account", "The first password of Ada Imaginary")
    hands.leaves_by("I have copied it", USERS)


def limits_an_account(hands: Hands) -> None:
    """To one team."""
    hands.opens("/admin/users")
    hands.leaves_by("Test Editor", "Change the account of Test Editor")
    hands.fills("Team 1", "Initial Response North")
    hands.leaves_by("Save", USERS)
    hands.reads("only devon-ir-north")


def resets_a_password(hands: Hands) -> None:
    """For somebody who forgot theirs; then the account is disabled."""
    hands.opens("/admin/users")
    hands.leaves_by("Test Editor", "Change the account of Test Editor")
    hands.leaves_by("Make a new password", "The new password of Test Editor")
    hands.leaves_by("I have copied it", USERS)
    hands.leaves_by("Disable Test Editor", USERS)
    hands.reads("Disabled")


def imports_a_file(hands: Hands) -> None:
    """Looked at first, then written."""
    file = Path(mkdtemp()) / "teams.csv"
    file.write_text(FILE, encoding="utf-8")
    hands.opens("/admin/imports")
    hands.hands_over("File", file)
    hands.leaves_by("Look at it", "What the file would do")
    hands.reads("Night Desk")
    hands.fills("Why", "the new list")
    hands.leaves_by("Write it all", "The file is written")


def an_editor(application: Application) -> None:
    """Somebody else has an account."""
    person(application, Role.EDITOR, "other@example.org")


def a_key(application: Application) -> None:
    """A program has a key."""
    holder(application, Role.VIEWER, "an old program")


TASKS = (
    Task("ask for an exception", Role.ADMIN, asks_for_an_exception,
         ("GET /admin/approvals", "GET /admin/authorities/<slug>/exceptions", "POST /admin/authorities/<slug>/exceptions")),
    Task("approve an exception", Role.ADMIN, approves, ("GET /admin/approvals", DECIDES), asked),
    Task("reject an exception", Role.ADMIN, rejects, (DECIDES,), asked),
    Task("make a key", Role.ADMIN, makes_a_key, ("GET /admin/keys", "POST /admin/keys")),
    Task("revoke a key", Role.ADMIN, revokes_a_key, ("POST /admin/keys/<slug>/revoke",), a_key),
    Task("make an account", Role.ADMIN, makes_an_account, ("GET /admin/users", "POST /admin/users")),
    Task("limit an account", Role.ADMIN, limits_an_account,
         ("GET /admin/users/<slug>", "POST /admin/users/<slug>"), an_editor),
    Task("reset a password, disable an account", Role.ADMIN, resets_a_password,
         ("POST /admin/users/<slug>/<deed>",), an_editor),
    Task("import a file", Role.EDITOR, imports_a_file,
         ("GET /admin/imports", "POST /admin/imports", "POST /admin/imports/write")),
)  # fmt: skip

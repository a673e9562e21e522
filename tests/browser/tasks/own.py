"""How does somebody come in, keep their own account, and go?"""

from store.keys import Role
from tests.admin.visitor import PASSWORD, person
from tests.browser.hands import Hands
from tests.browser.task import Task

NEW = "four other words together"
EMAIL = "keyboard@example.org"


def signs_in(hands: Hands) -> None:
    """From an address that asks for it, and on to that page."""
    hands.opens("/admin/closures")
    hands.sees("Sign in")
    hands.fills("E-mail address", EMAIL)
    hands.fills("Password", PASSWORD)
    hands.leaves_by("Sign in", "Closures and openings")


def changes_the_password(hands: Hands) -> None:
    """From the foot of any page."""
    hands.opens("/admin")
    hands.leaves_by("Test Handler", "Your account")
    hands.fills("Present password", PASSWORD)
    hands.fills("New password", NEW)
    hands.fills("New password again", NEW)
    hands.leaves_by("Change password", "Your account")
    hands.reads("Your password is changed")


def signs_out(hands: Hands) -> None:
    """From the foot of any page."""
    hands.opens("/admin/teams")
    hands.leaves_by("Sign out", "Sign in")
    hands.reads("You are signed out.")


def signs_out_everywhere(hands: Hands) -> None:
    """From the account's page."""
    hands.opens("/admin/account")
    hands.leaves_by("Sign out everywhere", "Sign in")
    hands.reads("You are signed out in every browser.")


TASKS = (
    Task("sign in", None, signs_in, ("GET /admin/sign-in", "POST /admin/sign-in"),
         before=lambda application: person(application, Role.EDITOR, EMAIL)),
    Task("change one's password", Role.HANDLER, changes_the_password,
         ("GET /admin", "GET /admin/account", "POST /admin/account/password")),
    Task("sign out", Role.VIEWER, signs_out, ("POST /admin/sign-out",)),
    Task("sign out everywhere", Role.AUDITOR, signs_out_everywhere, ("POST /admin/sign-out-everywhere",)),
)  # fmt: skip

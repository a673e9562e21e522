"""How does an editor say who holds a role that the procedures name?"""

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.browser.hands import Hands
from tests.browser.task import Task

SPARE = {"name": "Drama Lead", "authority": "devon"}


def adds_a_role(hands: Hands) -> None:
    """From the list of roles; names are typed as people know them."""
    hands.opens("/admin/roles")
    hands.fills("Any word of the role, its authority or its team", "drama")
    hands.enters("Named roles")
    hands.leaves_by("Add a role", "Add a role")
    hands.fills("Name", "Drama Lead")
    hands.fills("Authority", "Devon")
    hands.fills("Held by", "Rowan Sampleton")
    hands.leaves_by("Save", "Drama Lead: added")


def gives_a_role_a_phone(hands: Hands) -> None:
    """Of its own."""
    hands.opens("/admin/roles/devon-drama-lead")
    hands.leaves_by("Change who holds it, deputies, numbers or team", "Change Drama Lead")
    hands.fills("Numbers", "020 7946 0811")
    hands.leaves_by("Save", "Drama Lead: changed")


def removes_a_role(hands: Hands) -> None:
    """From its page."""
    hands.opens("/admin/roles/devon-drama-lead")
    hands.leaves_by("Remove this role", "Remove Drama Lead")
    hands.leaves_by("Remove", "Drama Lead: removed")


def with_a_role(application: Application) -> None:
    """A role that nobody holds."""
    assert holder(application, Role.EDITOR).sends("POST", "/roles", SPARE).status_code == 201


TASKS = (
    Task("add a role", Role.EDITOR, adds_a_role, ("GET /admin/roles", "GET /admin/roles/new", "POST /admin/roles/new")),
    Task("give a role a phone", Role.EDITOR, gives_a_role_a_phone,
         ("GET /admin/roles/<slug>", "GET /admin/roles/<slug>/edit", "POST /admin/roles/<slug>/edit"), with_a_role),
    Task("remove a role", Role.EDITOR, removes_a_role,
         ("GET /admin/roles/<slug>/remove", "POST /admin/roles/<slug>/remove"), with_a_role),
)  # fmt: skip

"""How is a rota kept? A turn added, a turn removed, a calendar file taken in."""

import tempfile
from pathlib import Path

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.admin.test_rota import FILE, NOW, ROTA, ROWAN
from tests.admin.test_rota import TEAM as OF_THE_API
from tests.browser.hands import Hands
from tests.browser.task import Task

RULE, PAGE = "/admin/teams/<slug>/rota", "/admin/teams/devon-ir-north/rota"
CHECK, CHANGED = "Check what becomes of the rota", "Initial Response North: changed"


def with_a_rota(application: Application) -> None:
    """Somebody holds duty this week."""
    editor = holder(application, Role.EDITOR)
    assert editor.changes("PUT", ROTA, [{**NOW, "person": ROWAN}], seen_at=OF_THE_API).status_code == 200


def adds_a_turn(hands: Hands) -> None:
    """From the team's page."""
    hands.opens("/admin/teams/devon-ir-north")
    hands.leaves_by("Who holds duty, and when", "Rota")
    hands.leaves_by("Add a turn", "Add a turn")
    hands.fills("Who", "Tamsin Mockford")
    hands.dates("From", "2026-11-25T09:00")
    hands.dates("Until", "2026-11-25T17:00")
    hands.leaves_by("Continue", CHECK)
    hands.leaves_by("Confirm and change", CHANGED)


def removes_a_turn(hands: Hands) -> None:
    """By its name in the list."""
    hands.opens(PAGE)
    hands.leaves_by("Remove the turn of Rowan Sampleton from Fri 20 Nov 2026 17:00", CHECK)
    hands.leaves_by("Confirm and change", CHANGED)


def takes_a_file_in(hands: Hands) -> None:
    """As a calendar program exported it."""
    hands.opens(PAGE)
    hands.leaves_by("Upload a calendar file", "Upload a calendar file")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rota.ics"
        file.write_text(FILE, encoding="utf-8")
        hands.hands_over("File", file)
        hands.leaves_by("Look at it", CHECK)
    hands.leaves_by("Confirm and change", CHANGED)


TASKS = (
    Task("add a turn", Role.EDITOR, adds_a_turn, (f"GET {RULE}", f"GET {RULE}/add", f"POST {RULE}/add")),
    Task("remove a turn", Role.EDITOR, removes_a_turn,
         (f"GET {RULE}/<int:place>/remove", f"POST {RULE}/<int:place>/remove"), with_a_rota),
    Task("take a calendar file in", Role.EDITOR, takes_a_file_in, (f"GET {RULE}/upload", f"POST {RULE}/upload")),
)  # fmt: skip

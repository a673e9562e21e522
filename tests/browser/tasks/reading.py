"""How does somebody see what deserves a look, and what was done?"""

from app import Application
from store.keys import Role
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.teams import with_a_second_number

PATIENCE = 50
"""Times that somebody looks again who is told that the findings are being counted."""


def filters_the_findings(hands: Hands) -> None:
    """By words; one of them leads to the page that mends it."""
    hands.opens("/admin/findings")
    hands.fills("With these words", "north")
    hands.enters("Findings")
    for _ in range(PATIENCE):
        if not hands.page.get_by_text("are being counted").count():
            break
        hands.leaves_by("Look again", "Findings")
    hands.skips_to_main()
    hands.leaves_by("devon-pt-north", "Permanency & Transition North")


def reads_the_gaps(hands: Hands) -> None:
    """Of one authority."""
    hands.opens("/admin/gaps")
    hands.fills("Authority", "Derby City")
    hands.leaves_by("Show", "Gap report")
    hands.reads("Derby City")


def reads_the_trail(hands: Hands) -> None:
    """Which entry, what it changed, and the page where an editor would undo it."""
    hands.opens("/admin/audit")
    hands.fills("With these words", "devon-ir-north")
    hands.enters("Who changed what, and why")
    hands.skips_to_main()
    hands.leaves_by("devon-ir-north", "Initial Response North: changed")


def undoes_from_the_trail(hands: Hands) -> None:
    """An administrator takes back what somebody else did."""
    reads_the_trail(hands)
    hands.fills("Why it is taken back", "the second phone is away")
    hands.leaves_by("Undo this change", "Initial Response North: changed")
    hands.reads("the second phone is away")


def changed_once(application: Application) -> None:
    """Somebody has changed a team."""
    with_a_second_number(application)


TASKS = (
    Task("filter the findings", Role.VIEWER, filters_the_findings, ("GET /admin/findings",)),
    Task("read the gaps", Role.VIEWER, reads_the_gaps, ("GET /admin/gaps",)),
    Task("read the trail", Role.AUDITOR, reads_the_trail,
         ("GET /admin/audit", "GET /admin/done/<int:sequence>"), changed_once),
    Task("undo from the trail", Role.ADMIN, undoes_from_the_trail,
         ("GET /admin/audit", "POST /admin/audit/<int:sequence>/undo"), changed_once),
)  # fmt: skip

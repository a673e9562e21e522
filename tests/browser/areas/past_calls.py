"""How are the pages looked at that show past calls and their explanation?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app import Application
from rehearsal.staging import rehearsal
from store.keys import Role
from store.projections import project
from telephone import NoAnswer, Outcome, Voicemail, play
from tests.browser.hands import Hands
from tests.browser.state import State, shown
from tests.browser.task import Task
from tests.telling import at

CALLS = "/admin/calls"
REACHED, BOOKED, ODD = ("CA" + mark * 16 for mark in ("c1", "c2", "c3"))
WHEN = "Tue 15:20"


def finds_out_why(hands: Hands) -> None:
    """From the list by its line to a call, and to a reason that is folded away."""
    hands.opens(CALLS)
    hands.fills("Line", "Derby social care")
    hands.tabs_to("Show")
    hands.presses("Enter")
    hands.reads("Tue 24 Nov 2026 15:20")
    hands.leaves_by("Tue 24 Nov 2026 15:20 call c1c1c1", "Call of Tue 24 Nov 2026 15:20")
    hands.reads("A person was reached")
    hands.tabs_to("Why at 15:20:00")
    hands.presses("Enter")
    hands.reads("Within the hours “day”.")


STATES: list[State] = [
    *shown(Role.HANDLER, CALLS, f"{CALLS}/{REACHED}", f"{CALLS}/{BOOKED}"),
    *shown(Role.VIEWER, f"{CALLS}?line=derby", f"{CALLS}/{REACHED}"),
    *shown(Role.AUDITOR, f"{CALLS}?q=zzz", f"{CALLS}/{ODD}/golden"),
    State("a call, unfolded", Role.HANDLER, f"{CALLS}/{BOOKED}", lambda page: page.locator("summary").first.click()),
]
SCREENS: list[State] = [
    State("calls", Role.HANDLER, f"{CALLS}?line=derby"),
    State("call", Role.HANDLER, f"{CALLS}/{REACHED}"),
]
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {
    "GET /admin/calls/<sid>/golden": "a file to keep; only where a call cannot be kept is it a page"
}


def furnish(application: Application) -> None:
    """Three calls: one that reached a manager, one that booked a call-back, and one whose beginning nobody recorded."""
    phones: Mapping[str, Outcome] = {"020 7946 0253": NoAnswer(), "020 7946 0254": Voicemail()}
    _recorded(application, REACHED, "derby", ["4", "3", "773#", "1"], phones)
    _recorded(application, BOOKED, "sheffield-cpet", ["3", "1"], {})
    _recorded(application, ODD, "devon", ["2"], {}, leave_out=1)


def _recorded(
    application: Application,
    sid: str,
    line: str,
    keys: Sequence[str],
    phones: Mapping[str, Outcome],
    leave_out: int = 0,
) -> None:
    """A call as its journal would bring it."""
    world = application.publication.current()
    staged = rehearsal(world, at(WHEN))
    play(staged.phone.dial(world.directory.lines[line].numbers[0].e164), keys, phones)
    with application.database.write() as connection:
        for record in staged.memory.records[leave_out:]:
            project(connection, replace(record, call=sid))


TASKS: tuple[Task, ...] = (
    Task("find out why a call went where it did", Role.HANDLER, finds_out_why,
         ("GET /admin/calls", "GET /admin/calls/<sid>"), furnish),
)  # fmt: skip

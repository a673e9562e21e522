"""What stands in the directory that the states are looked at in? One of everything, so that no list is empty."""

from app import Application
from desk.transfer import State
from store.keys import Role
from tests.admin.desk_client import holder
from tests.admin.visitor import person
from tests.browser.areas import AREAS
from tests.browser.tasks.administration import a_key, asked
from tests.browser.tasks.call_backs import call_backs
from tests.browser.tasks.cases import a_case, a_switchboard
from tests.browser.tasks.closures import closed
from tests.browser.tasks.desk import nameless, talks, to_do, waits
from tests.browser.tasks.meetings import three_meetings
from tests.browser.tasks.messages import messages
from tests.browser.tasks.moves import many_enquiries, moves
from tests.browser.tasks.papers import checks, consultations, requests, two_enquiries
from tests.browser.tasks.people import away
from tests.browser.tasks.records import records
from tests.browser.tasks.retention import a_hold, past_its_time
from tests.browser.tasks.roles import with_a_role
from tests.browser.tasks.rota import with_a_rota

NORTH = "/teams/devon-ir-north"
DATED = {"duty_numbers": [
    {"number": "020 7946 0348", "until": "2026-12-07T09:00"},
    {"number": "020 7946 0349", "from": "2026-12-07T09:00", "note": "the new desk"},
    {"number": "020 7946 0351", "until": "2026-12-24T12:00"},
], "why": "the desk moves"}  # fmt: skip
EMPTY = {"name": "Empty", "authority": "derby"}


def furnish(application: Application) -> None:
    """Put it there."""
    for before in (
        asked,
        closed,
        away,
        with_a_role,
        with_a_rota,
        a_key,
        waits,
        nameless,
        to_do,
        call_backs,
        two_enquiries,
        requests,
        checks,
        consultations,
        records,
        three_meetings,
        messages,
        moves,
        many_enquiries,
        past_its_time,
        a_hold,
        a_case,
        a_switchboard,
    ):
        before(application)
    for area in AREAS:
        area.furnish(application)
    talks(application, transferred=State.CONSULTING)
    editor = holder(application, Role.EDITOR)
    assert editor.changes("PUT", f"{NORTH}/duty-numbers", DATED, seen_at=NORTH).status_code == 200
    assert editor.sends("POST", "/teams", EMPTY).status_code == 201
    person(application, Role.AUDITOR, "the-auditor@example.org")

"""How is a strategy meeting arranged, started and led in a browser? The telephones are unplugged: whoever is rung is not reached."""

from datetime import datetime, timedelta

from app import Application
from desk.meeting_attendance import JOINED, LEFT, OVER
from desk.meeting_legs import label_of
from store import meetings, parties
from store.database import Transaction
from store.keys import Role
from store.meetings import Seat, Sits, Stands, Told
from store.parties import Here, Party
from tests.admin.desk_client import CLOCK
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.papers import written

PLANNED, STARTED, ENDED = "7" * 16, "8" * 16, "9" * 16
"""The ids of the meetings that the states are looked at in."""

DISCUSSION = "Strategy discussion at Starting Point"
MEETING = {"preset": "derbyshire-strategy-discussion", "chair": {"person": "w-c5e812"}}
BEGAN = CLOCK.now() - timedelta(minutes=12)
STAND = {"chair": Sits.IN, "detective-sergeant": Sits.IN, "named-nurse": Sits.LEFT, "head-teacher": Sits.RINGING}
AMONG_THEM = frozenset((Sits.IN, Sits.LEFT))


def three_meetings(application: Application) -> None:
    """One that is planned, one that goes on, and one that is over."""
    for key, at in ((PLANNED, "Wed 14:00"), (STARTED, "Wed 09:45"), (ENDED, "Wed 08:45")):
        written(application, "/meetings", MEETING | {"at": at}, key)
    _goes_on(application, STARTED, BEGAN, Stands.STARTED)
    _goes_on(application, ENDED, BEGAN - timedelta(hours=1), Stands.ENDED)


def _goes_on(application: Application, key: str, began: datetime, stands: Stands) -> None:
    ended = began + timedelta(minutes=40) if stands is Stands.ENDED else None
    idris = {"kind": "person", "slug": "w-2a7f69", "name": "the worker"}
    with application.database.write() as connection:
        meetings.change(connection, key, state=stands.value, started_at=began, ended_at=ended)
        meetings.add_seat(connection, Seat(f"h{key[1:]}", key, 9, "head-teacher", "Head teacher", "", idris))
        for seat in meetings.seats(connection, key):
            sits = STAND.get(seat.code, Sits.UNREACHED)
            shown = {Sits.IN: Sits.LEFT, Sits.RINGING: Sits.UNREACHED}.get(sits, sits) if ended else sits
            meetings.change_seat(connection, seat.id, state=shown.value, muted=seat.code == "detective-sergeant")
            if sits is not Sits.UNREACHED:
                _rung(connection, seat, sits, began)
        if ended:
            meetings.note(connection, Told(key, "CF1", 100, OVER, "", ended))


def _rung(connection: Transaction, seat: Seat, sits: Sits, began: datetime) -> None:
    """Their phone, which was in the room, or did not answer; when they came, and went."""
    here, outcome = (Here.IN, None) if sits is Sits.IN else (Here.GONE, "no answer")
    party = Party(
        f"{seat.place}{seat.meeting[1:]}", seat.meeting, parties.Role.INVITED, seat.words, "+442079460999", "+442079460102",
        began, state=here, sid=f"CA{seat.place}{seat.meeting}", transfer=seat.id, outcome=outcome,
    )  # fmt: skip
    parties.add(connection, party)
    came, went = (began + timedelta(minutes=after) for after in (seat.place, 9))
    if sits in AMONG_THEM:
        meetings.note(connection, Told(seat.meeting, "CF1", seat.place, JOINED, label_of(party), came))
    if sits is Sits.LEFT:
        meetings.note(connection, Told(seat.meeting, "CF1", seat.place + 50, LEFT, label_of(party), went))


def holds_a_meeting(hands: Hands) -> None:
    """Arranged with another chair, somebody else invited, started; nobody is reached."""
    hands.opens("/desk")
    hands.leaves_by("Meetings", "Strategy meetings")
    hands.leaves_by("Arrange a meeting", "Arrange a meeting")
    hands.leaves_by(f"{DISCUSSION}, Derbyshire", DISCUSSION)
    hands.reads("the Team Manager is taken for it")
    hands.fills("Who chairs it", "Nell Sampleby")
    hands.leaves_by("Arrange it", DISCUSSION)
    hands.reads("Planned")
    hands.fills("Whom", "Idris Mockridge")
    hands.fills("As what they take part", "Head teacher")
    hands.leaves_by("Invite them", DISCUSSION)
    hands.reads("Head teacher")
    hands.leaves_by("Start the meeting", DISCUSSION)
    _renewed(hands, "Nobody was reached who is to chair it")


def _renewed(hands: Hands, text: str) -> None:
    """By itself; where there is no script, by its link."""
    for _ in range(40):
        if text in hands.page.inner_text("main"):
            return
        if hands.page.get_by_role("link", name="Refresh").is_visible():
            hands.leaves_by("Refresh", DISCUSSION)
        hands.page.wait_for_timeout(250)
    hands.reads(text)


TASKS = (
    Task("hold a strategy meeting", Role.HANDLER, holds_a_meeting,
         ("GET /desk/meetings", "GET /desk/meetings/new", "POST /desk/meetings/new", "GET /desk/meetings/<key>",
          "POST /desk/meetings/<key>/<deed>")),
)  # fmt: skip

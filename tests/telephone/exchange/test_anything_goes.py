"""Does the exchange keep its books, whatever people and the REST API do in whatever order?"""

from random import Random

import pytest

from telephone import Busy, Fault, NoAnswer, Person, RestFault, Unruly, Voicemail
from tests.telephone.canned_twiml import HOST, LINE
from tests.telephone.exchange.world import CONSULTED, EVENTS, HANDLER, THIRD, World, dials_room

VOICE = "<Response><Enqueue action='/after' waitUrl='/calm' waitUrlMethod='GET'>desk</Enqueue></Response>"
FIRST = f"participantLabel='caller' endConferenceOnExit='true' statusCallback='/events' statusCallbackEvent='{EVENTS}'"
DOCUMENTS = {
    "/into": dials_room(FIRST),
    "/joins": dials_room("participantLabel='handler'"),
    "/screens": "<Response><Gather numDigits='1' action='/joins'><Say>Press 1</Say></Gather><Hangup/></Response>",
    "/takes": "<Response><Dial action='/out' timeout='5'><Queue url='/after'>desk</Queue></Dial></Response>",
    "/dials": f"<Response><Dial action='/out' timeout='9'><Number url='/whisper'>{THIRD}</Number></Dial></Response>",
}
PEOPLE = (Person(), Person(talks=4), Voicemail(), NoAnswer(), Busy(), Person("2"))


class Anybody:
    """Acts at random, as its seed says."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.world = World(VOICE, DOCUMENTS, seed=seed, delivery=Unruly(seed, latest=5))
        self.world.exchange.rest.fails(RestFault(Fault.LOST_REPLY, times=None, probability=0.05))

    def acts(self) -> None:
        choices = (self.dials, self.places, self.redirects, self.ends, self.hangs_up, self.changes, self.dequeues)
        try:
            self.random.choice(choices)()
        except ConnectionResetError:
            return  # a reply that was lost: the request may have been executed all the same

    def dials(self) -> None:
        self.world.exchange.dial(LINE, f"+44207946099{self.random.randrange(10)}")

    def places(self) -> None:
        number = self.random.choice((HANDLER, CONSULTED, THIRD))
        self.world.exchange.phone(number).will(self.random.choice(PEOPLE))
        url = HOST + self.random.choice(("/screens", "/takes", "/joins"))
        self.world.rest("POST", "/Calls.json", To=number, From=LINE, Url=url)

    def redirects(self) -> None:
        url = HOST + self.random.choice(("/into", "/elsewhere", "/dials", "/joins", "/missing"))
        self.world.rest("POST", f"/Calls/{self.leg}.json", Url=url)

    def ends(self) -> None:
        self.world.rest("POST", f"/Calls/{self.leg}.json", Status=self.random.choice(("completed", "canceled")))

    def hangs_up(self) -> None:
        live = [leg for leg in self.world.exchange.legs if not leg.is_over]
        if live:
            self.random.choice(live).hangs_up()

    def changes(self) -> None:
        path = f"/Conferences/room/Participants/{self.random.choice(('caller', 'handler'))}.json"
        change = self.random.choice(({"Hold": True, "HoldUrl": f"{HOST}/calm"}, {"Hold": False}, {"Muted": True},
                                     {"EndConferenceOnExit": False}, {"AnnounceUrl": f"{HOST}/after"}, None))  # fmt: skip
        if change is None:
            self.world.rest("DELETE", path)
        else:
            self.world.rest("POST", path, **change)

    def dequeues(self) -> None:
        if self.world.exchange.queues:
            sid = self.world.exchange.queues[0].sid
            self.world.rest("POST", f"/Queues/{sid}/Members/Front.json", Url=f"{HOST}/into")

    @property
    def leg(self) -> str:
        return self.random.choice([leg.sid for leg in self.world.exchange.legs] or ["CA404"])


def keeps_its_books(world: World) -> None:
    exchange = world.exchange
    for leg in exchange.legs:
        rooms = [room for room in exchange.rooms if room.member(leg.sid)]
        queues = [queue for queue in exchange.queues if any(place.leg is leg for place in queue.waiting)]
        assert len(rooms) + len(queues) <= (not leg.is_over)
        assert (leg.room is not None, leg.queue is not None) == (bool(rooms), bool(queues))
        assert all(
            leg in exchange.who_hears(other)
            for other in exchange.who_hears(leg)
            if not leg.is_muted and leg.is_speaking
        )
    assert not [room for room in exchange.rooms if room.status == "completed" and room.members]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_everybody_is_in_one_place_and_nobody_is_left(seed: int) -> None:
    anybody = Anybody(seed)
    exchange = anybody.world.exchange
    for _ in range(60):
        anybody.acts()
        exchange.advance(anybody.random.choice((0.0, 0.2, 1.0, 3.0)))
        keeps_its_books(anybody.world)
    for leg in exchange.legs:
        leg.hangs_up()
    exchange.advance(30)
    assert [leg.sid for leg in exchange.legs if not leg.is_over] == []
    assert [room.name for room in exchange.rooms if room.members] == []
    keeps_its_books(anybody.world)

"""Who and what is at the exchange now: legs, conferences, queues and telephones?"""

from collections.abc import Callable
from dataclasses import dataclass, field

from telephone.exchange.callbacks import Callbacks
from telephone.exchange.documents import Context
from telephone.exchange.leg import Direction, Leg
from telephone.exchange.personas import Persona, manner
from telephone.exchange.phone import Phone
from telephone.exchange.plant import Plant
from telephone.exchange.queue import Queue
from telephone.exchange.room import Room
from telephone.exchange.verbs import CALLER, SCREENING, SPEAKING, WAITING
from telephone.numbers import e164
from telephone.outcomes import NoAnswer
from telephone.signature import Parameters


@dataclass(slots=True)
class Rooms:
    """All conferences that there were; at most one of a name is live. (Twilio: voice/twiml/conference)"""

    plant: Plant
    all: list[Room] = field(default_factory=list)

    def live(self, name: str) -> Room | None:
        """The conference of this name that has not ended."""
        return next((room for room in self.all if room.name == name and room.status != "completed"), None)

    def named(self, name: str) -> Room:
        """The live conference of this name, made where there is none."""
        room = self.live(name)
        if room is None:
            room = Room(self.plant.sids.next("CF"), name, self.plant, self.plant.timeline.now)
            self.all.append(room)
        return room

    def found(self, name: str) -> Room | None:
        """By sid, live or ended, or by the name of a live one."""
        return next((room for room in self.all if room.sid == name), None) or self.live(name)

    def of(self, leg: Leg) -> Room | None:
        """The conference that a leg is in."""
        return next((room for room in self.all if room.member(leg.sid)), None) if leg.room is not None else None


@dataclass(slots=True)
class Queues:
    """All queues; one is made when its name is first used. (Twilio: voice/twiml/enqueue)"""

    plant: Plant
    all: list[Queue] = field(default_factory=list)

    def named(self, name: str) -> Queue:
        """The queue of this name, made where there is none."""
        queue = self.known(name)
        if queue is None:
            queue = Queue(self.plant.sids.next("QU"), name, self.plant.timeline.now)
            self.all.append(queue)
        return queue

    def known(self, name: str) -> Queue | None:
        """By name or sid."""
        return next((queue for queue in self.all if name in {queue.name, queue.sid}), None)


@dataclass(slots=True)
class Floor:
    """What is at the exchange, and what documents may do in each place."""

    plant: Plant
    legs: list[Leg] = field(default_factory=list)
    phones: dict[str, Phone] = field(default_factory=dict)
    rooms: Rooms = field(init=False)
    queues: Queues = field(init=False)
    context: Context = field(init=False)
    screening: Context = field(init=False)
    speaking: Context = field(init=False)
    _personas: dict[str, Persona] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rooms, self.queues = Rooms(self.plant), Queues(self.plant)
        self.context = Context(self, CALLER)
        self.screening = Context(self, SCREENING)
        self.speaking = Context(self, SPEAKING, misplaced=13238)

    def waiting(self, extra: Callable[[], Parameters]) -> Context:
        """A queue's wait document."""
        return Context(self, WAITING, extra=extra)

    def spoken_with(self, extra: Callable[[], Parameters]) -> Context:
        """The document that a caller hears who is taken from a queue."""
        return Context(self, SPEAKING, extra=extra)

    def phone(self, number: str) -> Phone:
        """The telephone with this number, in any British spelling."""
        written = e164(number)
        return self.phones.setdefault(written, Phone(written, self.legs))

    def leg(self, sid: str) -> Leg | None:
        """The call with this CallSid."""
        return next((leg for leg in self.legs if leg.sid == sid), None)

    def comes_in(self, leg: Leg) -> Leg:
        """A call is placed."""
        self.legs.append(leg)
        return leg

    def calls(self, number: str, caller: str, direction: Direction, told: Callbacks | None, parent: Leg | None) -> Leg:
        """A new leg to a telephone, not ringing yet; who answers there is decided now."""
        persona = self.phone(number).next_persona()
        sid = self.plant.sids.next("CA")
        leg = Leg(sid, caller, number, direction, self.plant, manner(persona), parent, callbacks=told, status="queued")
        self._personas[sid] = persona
        return self.comes_in(leg)

    def calls_for(self, parent: Leg, number: str, caller: str, told: Callbacks | None) -> Leg:
        """A new leg to a telephone that a Dial rings."""
        return self.calls(number, caller, "outbound-dial", told, parent)

    def persona_of(self, leg: Leg) -> Persona:
        """Who is at a leg's telephone."""
        return self._personas.get(leg.sid, NoAnswer())

    def voices(self, leg: Leg) -> list[Leg]:
        """Whose voices a leg hears now."""
        if not leg.is_connected:
            return []
        room = self.rooms.of(leg)
        others = room.voices(leg) if room else [leg.partner] if leg.partner else []
        return [other for other in others if other.is_speaking]

    def listens(self) -> None:
        """Note for every leg whose voices it hears from now on."""
        for leg in self.legs:
            if not leg.is_over:
                leg.hears_voices(self.voices(leg))

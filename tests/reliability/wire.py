"""What happens between Twilio and us? Webhooks are doubled at once, come late or overtake one another; each reply is timed and read."""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from random import Random
from threading import Timer
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

from telephone import BrokenOff, HttpTransport, Request, Response, TimedOut, Transport, Unreachable
from webhooks.links import STATUS
from webhooks.voice import DIGITS

LATEST_COPY_SECONDS = 5.0
OVERTAKEN_SECONDS = 40.0
AFTER_THE_END = 1e6
"""Seconds of the call: what is on its way so long arrives when the call is over."""


@dataclass(frozen=True, slots=True)
class Weather:
    """Which share of webhooks is sent twice at once, which status callbacks are overtaken, and what comes late: a status
    callback after the end of its call, any other webhook once more, seconds later."""

    doubled: float = 0.2
    reordered: float = 0.2
    late: float = 0.05


STORMY, CALM = Weather(), Weather(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Event:
    """What a webhook tells: whose leg, where in the plan (nothing for a status callback), and what else makes it another one."""

    sid: str
    place: str
    mark: str


@dataclass(frozen=True, slots=True)
class Told:
    """One webhook and its reply. ``began`` is in seconds of ``time.monotonic``; ``status`` is 0 where none came; ``answered``
    is the digest of the reply, as a record keeps it; ``rings`` are the numbers that the reply dials."""

    event: Event
    began: float
    seconds: float
    status: int
    answered: str = ""
    rings: tuple[str, ...] = ()
    is_formed: bool = True

    @property
    def is_acknowledged(self) -> bool:
        """Whether Twilio was told that it had arrived."""
        return 200 <= self.status < 300


@dataclass(slots=True)
class Wire:
    """A transport for one call, over real HTTP unless it lies ``below`` another. Copies go from other connections, in the threads
    of ``others``."""

    weather: Weather
    dice: Random
    told: Callable[[Told], object]
    others: Executor
    late: Callable[[Timer], object]
    below: Transport = field(default_factory=HttpTransport)

    def send(self, request: Request) -> Response:
        """The reply to the first copy. Raises as the transport does."""
        doubled, late = (self.dice.random() < share for share in (self.weather.doubled, self.weather.late))
        if doubled:
            self.others.submit(self._copy, request)
        if late and urlsplit(request.url).path != STATUS:
            timer = Timer(self.dice.uniform(0.0, LATEST_COPY_SECONDS), self._copy, (request,))
            timer.start()
            self.late(timer)
        return self._exchanged(request)

    def _copy(self, request: Request) -> None:
        try:
            self._exchanged(request)
        except (Unreachable, TimedOut, BrokenOff):
            return

    def _exchanged(self, request: Request) -> Response:
        began, event = time.monotonic(), event_of(request)
        try:
            answer = self.below.send(request)
        except (Unreachable, TimedOut, BrokenOff):
            self.told(Told(event, began, time.monotonic() - began, 0))
            raise
        seconds = time.monotonic() - began
        self.told(_read(event, began, seconds, answer))
        return answer


@dataclass(slots=True)
class Shuffled:
    """Status callbacks of which some are overtaken by later ones, and some arrive after the end of the call."""

    weather: Weather
    dice: Random

    def delays(self) -> tuple[float, ...]:
        """One copy: doubling is the wire's."""
        if self.dice.random() < self.weather.late:
            return (AFTER_THE_END,)
        return (self.dice.uniform(0.0, OVERTAKEN_SECONDS) if self.dice.random() < self.weather.reordered else 0.0,)


def event_of(request: Request) -> Event:
    """What a webhook tells, read from what is sent alone."""
    fields, parts = dict(parse_qsl(request.body.decode())), urlsplit(request.url)
    if parts.path == STATUS:
        return Event(fields["CallSid"], "", f"{fields.get('SequenceNumber', '')}:{fields['CallStatus']}")
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Event(fields["CallSid"], place, fields.get("QueueTime", ""))


def _read(event: Event, began: float, seconds: float, answer: Response) -> Told:
    if not answer.body:
        return Told(event, began, seconds, answer.status)
    answered = hashlib.sha256(answer.body).hexdigest()[:DIGITS]
    try:
        document = ElementTree.fromstring(answer.body)  # noqa: S314  # our own reply
    except ElementTree.ParseError:
        return Told(event, began, seconds, answer.status, answered, is_formed=False)
    rings = tuple(number.text or "" for number in document.iter("Number"))
    return Told(event, began, seconds, answer.status, answered, rings, document.tag == "Response")

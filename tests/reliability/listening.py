"""Which numbers are rung? Whatever leaves us is read: every Dial of every document, and every call or message asked of the carrier."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from flask import Flask

from carrier.port import Done, Result, RingOrder
from directory.numbers import Number
from ivr.moment import World
from rehearsal.staging import Memory
from routing.clock import FixedClock
from tests.desk.carrying import ExchangeCarrier
from tests.reliability.barred import may_be_rung
from tests.telling import at
from tests.webhooks.knocking import PUBLIC, SID, TOKEN, Answered, knock
from webhooks.guard import Guard
from webhooks.voice import Door, Ports

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OPEN = at("Wed 10:00")
LEADS_ON = re.compile(r"#.*$")
MOST_STEPS = 40
SILENT = {"Digits": ""}
NOT_REACHED = {"DialCallStatus": "no-answer"}


@dataclass(slots=True)
class Heard:
    """Every number that was dialled or asked for, in order."""

    numbers: list[str] = field(default_factory=list)

    def document(self, body: bytes) -> ElementTree.Element | None:
        """Note what a document dials."""
        if not body:
            return None
        root = ElementTree.fromstring(body)  # noqa: S314  # our own reply
        for dial in root.iter("Dial"):
            self.numbers += [part.text or "" for part in dial if part.tag != "Conference"]
            self.numbers += [dial.text.strip()] if dial.text and dial.text.strip() else []
        return root

    def barred(self, besides: Iterable[str] = ()) -> list[str]:
        """Those that may not be rung; ``besides`` are allowed by name."""
        named = frozenset(besides)
        return [number for number in self.numbers if not may_be_rung(number) and number not in named]


class Listener:
    """In front of an application: what it answers is heard."""

    def __init__(self, inner: "WSGIApplication", heard: Heard) -> None:
        self._inner, self._heard = inner, heard

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        parts = list(self._inner(environ, start_response))
        if environ["PATH_INFO"].startswith("/webhooks/"):
            self._heard.document(b"".join(parts))
        return parts


@dataclass(slots=True)
class HeardCarrier(ExchangeCarrier):
    """A carrier to whom everything that is asked is noted first."""

    heard: Heard = field(default_factory=Heard)

    def ring(self, order: RingOrder) -> Result:
        self.heard.numbers.append(order.to.e164)
        return ExchangeCarrier.ring(self, order)


@dataclass(slots=True)
class HeardTexts:
    """Somebody who would send text messages, and only notes to whom."""

    heard: Heard

    def text(self, to: Number, words: str) -> Result:  # noqa: ARG002  # whatever it says
        self.heard.numbers.append(to.e164)
        return Done()


class Line:
    """A world that answers calls, in memory; callers find their way by the addresses of its documents."""

    def __init__(self, world: World, heard: Heard) -> None:
        self.memory, self.heard = Memory(world), heard
        ports = Ports(self.memory, self.memory, self.memory, FixedClock(OPEN))
        self._door = Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], PUBLIC), ports, "")

    def asks(self, target: str, **fields: str) -> ElementTree.Element | None:
        """One webhook, whose answer is heard."""
        usual = {"CallSid": SID, "From": "+442079460999", "To": self.dialled, "CallStatus": "in-progress"}
        answer: Answered = knock(self._door, LEADS_ON.sub("", target), (usual | fields).items())
        assert answer.status == 200, answer
        return self.heard.document(answer.body)

    @property
    def dialled(self) -> str:
        """The number of Devon's line."""
        return self.memory.world.directory.lines["devon"].numbers[0].e164

    def follows(self, target: str, **fields: str) -> None:
        """Go on from there as somebody whom nobody answers and who keys nothing, to the end of the call."""
        said = fields
        for _ in range(MOST_STEPS):
            found = next(_onward(self.asks(target, **said)), None)
            if found is None:
                return
            target, said = found
        raise AssertionError("a call that does not end")

    def bookings(self) -> Iterator[str]:
        """The numbers to which call-backs were booked."""
        for record in self.memory.records:
            requests: Any = record.body.get("requests", ())
            yield from (str(request["number"]) for request in requests if request["do"] == "book")


def _onward(document: ElementTree.Element | None) -> Iterator[tuple[str, dict[str, str]]]:
    for verb in document if document is not None else ():
        if verb.tag == "Dial":
            yield verb.attrib["action"], NOT_REACHED
        elif verb.tag == "Gather":
            yield verb.attrib["action"], SILENT
        elif verb.tag == "Redirect":
            yield verb.text or "", {}

"""How is a line phoned without a network? An application in this process, at a moment of our choosing, writing nothing real."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask

from ivr.moment import World
from ivr.record import Record
from telephone import Account, Telephone, WsgiTransport
from webhooks.guard import Guard
from webhooks.ports import NOBODY, UNPLUGGED, Attendance, Switchboard
from webhooks.voice import Door, Ports

CALLER = "+442079460999"


class FollowingClock:
    """A clock that begins at a moment and goes on as the call does."""

    def __init__(self, begins: datetime) -> None:
        self._begins, self.elapsed = begins, 0.0

    def now(self) -> datetime:
        """The moment of the rehearsal."""
        return self._begins + timedelta(seconds=self.elapsed)

    def follow(self, seconds: float) -> None:
        """The call has taken so long by now."""
        self.elapsed = seconds


@dataclass(slots=True)
class Memory:
    """A world that stands still and a journal that is a list: what a rehearsal is handed."""

    world: World
    records: list[Record] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def current(self) -> World:
        """The world."""
        return self.world

    def freshest(self) -> World:
        """The same."""
        return self.world

    def append(self, record: Record) -> None:
        """Keep a record in the list."""
        self.records.append(record)

    def raised(self, what: str) -> None:
        """Keep a fault in the list."""
        self.faults.append(what)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A telephone plugged into a line's code, and what the code kept."""

    phone: Telephone
    memory: Memory


@dataclass(frozen=True, slots=True)
class Staffed:
    """A desk of a rehearsal: somebody answers these lines throughout."""

    lines: frozenset[str]

    def staffed(self, now: datetime) -> frozenset[str]:  # noqa: ARG002  # throughout
        """The lines."""
        return self.lines


def rehearsal(
    world: World, begins: datetime, attendance: Attendance = NOBODY, switchboard: Switchboard = UNPLUGGED
) -> Rehearsal:
    """Plug a telephone into the answering path over ``world``, beginning at a moment; nobody is at the desk unless it is said."""
    token, base = secrets.token_hex(16), "http://rehearsal.invalid"
    memory, clock = Memory(world), FollowingClock(begins)
    ports = Ports(memory, memory, memory, clock, attendance, switchboard)
    door = Door(Flask("rehearsal").wsgi_app, Guard([token], base), ports, "")
    account = Account(f"AC{secrets.token_hex(16)}", token)
    phone = Telephone(
        WsgiTransport(door), account=account, voice_url=f"{base}/webhooks/voice", follow=clock.follow,
        fallback_url=f"{base}/webhooks/voice/fallback", status_url=f"{base}/webhooks/status",
    )  # fmt: skip
    return Rehearsal(phone, memory)

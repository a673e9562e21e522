"""Would today's code answer a past call as it was answered then? Each recorded step goes through the door again, signed as Twilio
signs, into the world, the minute and the circumstances that its record keeps; the bytes of the reply are compared.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask

from ivr.kept import belonging_from, override_kept
from ivr.legs import Belonging, LegEvent, LegPlace
from ivr.moment import TAG_LENGTH, Moment, World
from ivr.outcome import Outcome
from ivr.record import Record
from ivr.replies import Reply
from rehearsal.pins import keys_of, knowing_pins
from telephone import Request, WsgiTransport
from webhooks.engaged import Engaged
from webhooks.guard import Guard
from webhooks.lookups import Lookups
from webhooks.ports import CANNOT
from webhooks.voice import Door, Ports, digest

Pairs = tuple[tuple[str, str], ...]
WorldAt = Callable[[int], World | None]
"""The world at a version of the directory, if it can still be made."""

TAKEN_AGAIN = frozenset(("step", "fault"))
TOO_OLD = "it was recorded before records kept all that a step looks at"
NO_BEGINNING = "the record of the call's beginning is missing"
NO_WORLD = "the directory's version {version} cannot be made again"


class Verdict(StrEnum):
    """How a step compares."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "cannot be compared"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A step taken again: today's reply where it differs (TwiML), and why where it could not be compared."""

    record: Record
    verdict: Verdict
    reply: str = ""
    why: str = ""


class Then:
    """All that the door is handed, as one record has it. The world and the record are changed from step to step."""

    def __init__(self) -> None:
        self.world: World
        self.body: Mapping[str, Any]
        self.at: datetime
        self.faults: list[str] = []

    def begins(self, record: Record, world: World) -> None:
        """The next step."""
        self.body, self.at, self.faults = record.body, record.at, []
        override = override_kept(record.body)
        overrides = {override.line: override} if override else {}
        self.world = replace(knowing_pins(world), overrides=overrides)

    def current(self) -> World:
        """The world."""
        return self.world

    def freshest(self) -> World:
        """The same."""
        return self.world

    def append(self, record: Record) -> None:
        """Nothing is written."""

    def raised(self, what: str) -> None:
        """A fault of today's code."""
        self.faults.append(what)

    def now(self) -> datetime:
        """The recorded moment."""
        return self.at

    def staffed(self, now: datetime) -> frozenset[str]:  # noqa: ARG002  # as recorded
        """The lines that the desk answered."""
        return frozenset(self.body.get("staffed", ()))

    def belongs(self, call: str, came_from: int | None, now: datetime) -> Belonging:  # noqa: ARG002  # as recorded
        """Where the desk had the caller."""
        return belonging_from(self.body.get("belongs", {}))

    def leg(self, place: LegPlace, sid: str, event: LegEvent, now: datetime) -> tuple[Reply, ...]:  # noqa: ARG002
        """Legs of the desk are not recorded."""
        return CANNOT

    def held(self, call: str, now: datetime) -> None:
        """The desk is not told again."""


class EngagedThen(Engaged):
    """The numbers that were at their limit, by the tags that the record has."""

    def __init__(self, then: Then) -> None:
        super().__init__()
        self._then = then

    def full(self, limits: Mapping[str, int], call: str, now: datetime) -> frozenset[str]:  # noqa: ARG002  # as recorded
        """Those of the record."""
        tags, keyed = self._then.body.get("engaged", ()), self._then.world.keyed
        return frozenset(number for number in limits if keyed(number)[:TAG_LENGTH] in tags)

    def note(self, limits: Mapping[str, int], moment: Moment, outcome: Outcome) -> None:
        """Nothing is remembered from step to step."""


class LookupsThen(Lookups):
    """How many names the caller had looked up."""

    def __init__(self, then: Then) -> None:
        super().__init__()
        self._then = then

    def before(self, moment: Moment) -> int:  # noqa: ARG002  # as recorded
        """As many as the record says."""
        return int(self._then.body.get("looked_up", 0))


class Replayer:
    """Takes recorded steps again. ``public_url`` is the deployment's: its path stands in every link of a reply."""

    def __init__(self, world_at: WorldAt, public_url: str) -> None:
        self._world_at, self._then = world_at, Then()
        self._guard = Guard([secrets.token_hex(16)], public_url)
        then = self._then
        ports = Ports(then, then, then, then, then, then, EngagedThen(then), LookupsThen(then))
        door = Door(Flask("replay").wsgi_app, self._guard, ports, urlsplit(public_url).path)
        self._wire = WsgiTransport(door)

    def replayed(self, records: Sequence[Record]) -> tuple[Replayed, ...]:
        """Every step of one call, in order."""
        began = next((record for record in records if "from" in record.body), None)
        return tuple(self._again(record, began, _rung(records, record)) for record in steps_of(records))

    def _again(self, record: Record, began: Record | None, rung: str) -> Replayed:
        if "answered" not in record.body:
            return Replayed(record, Verdict.UNKNOWN, why=TOO_OLD)
        if began is None:
            return Replayed(record, Verdict.UNKNOWN, why=NO_BEGINNING)
        world = self._world_at(record.body["directory"])
        if world is None:
            return Replayed(record, Verdict.UNKNOWN, why=NO_WORLD.format(version=record.body["directory"]))
        self._then.begins(record, world)
        return self._compared(record, self._reply(record.body["place"], _pairs(record, began, rung)))

    def _compared(self, record: Record, reply: bytes) -> Replayed:
        if digest(reply) == record.body["answered"]:
            return Replayed(record, Verdict.SAME)
        return Replayed(record, Verdict.DIFFERENT, reply.decode("utf-8", "replace"), "; ".join(self._then.faults))

    def _reply(self, place: str, pairs: Pairs) -> bytes:
        headers = (
            ("X-Twilio-Signature", self._guard.signature(place, pairs)),
            ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
        )
        return self._wire.send(
            Request("POST", f"http://replay.invalid{place}", headers, urlencode(pairs).encode())
        ).body


def steps_of(records: Iterable[Record]) -> list[Record]:
    """The records of steps, whose replies somebody heard."""
    return [record for record in records if record.kind in TAKEN_AGAIN]


def _rung(records: Sequence[Record], record: Record) -> str:
    """The phone on whose leg a step ran: what the caller's own leg rang last before it."""
    if not record.leg:
        return ""
    before = [one for one in records if not one.leg and one.at <= record.at and one.body.get("rings")]
    return str(before[-1].body["rings"]) if before else ""


def _pairs(record: Record, began: Record, rung: str) -> Pairs:
    """What Twilio would send: who calls whom, what happened, and the keys."""
    body = record.body
    to = rung or body.get("to") or began.body["to"] or ""
    fields = {
        "CallSid": record.leg or record.call,
        "ParentCallSid": record.call if record.leg else "",
        "From": began.body["from"] or "anonymous",
        "To": to,
        "ForwardedFrom": body.get("via", ""),
        "CallStatus": "in-progress",
        "Digits": keys_of(body.get("event", {})),
        **body.get("said", {}),
    }
    return tuple((name, value) for name, value in fields.items() if value)

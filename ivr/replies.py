"""What can we answer? The vocabulary of a step, before it becomes TwiML."""

from dataclasses import dataclass

from directory.numbers import Number
from ivr.position import Position

PATIENCE = 10
"""Seconds that a caller has when it is their turn (ruling 32: relay and slow callers)."""


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Listen:
    """Speak, then wait for keys: ``keys`` of them, or any number ended by # where it is none."""

    text: str
    then: Position
    keys: int | None = 1
    seconds: int = PATIENCE


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring one phone. ``whisper`` is where its screening begins; without one, answering connects. ``caller_id`` is what
    the phone shows instead of the caller's own number."""

    number: Number
    then: Position
    whisper: Position | None
    caller_id: Number | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Connect:
    """End the whisper so that Twilio connects the two."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End this leg."""


Reply = Say | Listen | Ring | Connect | HangUp

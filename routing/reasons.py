"""Why was it decided so? Each reason is a small type and one sentence; none holds a caller's or a worker's data."""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import ClassVar

from directory.policy import Denial
from directory.problems import sentence
from routing.clock import local


def clock_time(at: datetime) -> str:
    """``Fri 27 Nov 2026 16:00``, as the log, the console and ``explain`` print a moment."""
    return local(at).strftime("%a %-d %b %Y %H:%M")


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: ``code`` for machines, and ``words`` in which the fields stand in braces."""

    code: ClassVar[str]
    words: ClassVar[str]

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return _sentence(self)


@lru_cache(maxsize=4096)
def _sentence(reason: Reason) -> str:
    text = reason.words.format(**{field.name: _shown(getattr(reason, field.name)) for field in fields(reason)})
    return text[0].upper() + text[1:]


def _shown(value: object) -> object:
    match value:
        case datetime():
            return clock_time(value)
        case Denial():
            return sentence(value, "the number")
        case _:
            return value


@dataclass(frozen=True, slots=True)
class WithinHours(Reason):
    """The weekly rule says open."""

    code = "within-hours"
    words = "Within the hours “{hours}”."
    hours: str


@dataclass(frozen=True, slots=True)
class OutsideHours(Reason):
    """The weekly rule says closed."""

    code = "outside-hours"
    words = "Outside the hours “{hours}”."
    hours: str


@dataclass(frozen=True, slots=True)
class BankHoliday(Reason):
    """Closed for a bank holiday of England and Wales."""

    code = "bank-holiday"
    words = "Closed for the bank holiday {name}."
    name: str


@dataclass(frozen=True, slots=True)
class Override(Reason):
    """A closure or an opening that somebody entered."""

    code = "override"
    words = "Set to {effect} by an entry: {reason}."
    effect: str
    reason: str


@dataclass(frozen=True, slots=True)
class NeverCloses(Reason):
    """The line's hours are always."""

    code = "never-closes"
    words = "This line never closes."


@dataclass(frozen=True, slots=True)
class Next(Reason):
    """The rung that rings now."""

    code = "next"
    words = "Ring {who}: {step}."
    who: str
    step: str


@dataclass(frozen=True, slots=True)
class NotConfirmed(Reason):
    """A rung that connects on answer: a number that never presses a key, or the ladder's last (ruling 2)."""

    code = "not-confirmed"
    words = "{who}: whoever answers is connected, not confirmed by a key."
    who: str


@dataclass(frozen=True, slots=True)
class Tried(Reason):
    """Rung earlier in this call."""

    code = "tried"
    words = "{who} was tried already in this call."
    who: str


@dataclass(frozen=True, slots=True)
class SameNumber(Reason):
    """Another rung of this ladder has the same number."""

    code = "same-number"
    words = "{who} has the same number as {other}, which comes first."
    who: str
    other: str


@dataclass(frozen=True, slots=True)
class OwnNumber(Reason):
    """Ringing it would ring the caller, or come back to us (ruling 8)."""

    code = "own-number"
    words = "{who} is not rung: the number is the caller's, or one that leads back to us."
    who: str


@dataclass(frozen=True, slots=True)
class Denied(Reason):
    """The destination policy refuses the number."""

    code = "denied"
    words = "{who} is not rung: {denial}"
    who: str
    denial: Denial


@dataclass(frozen=True, slots=True)
class NotInForce(Reason):
    """A dated number outside its dates."""

    code = "not-in-force"
    words = "{who} has a number that is not in force at this moment."
    who: str


@dataclass(frozen=True, slots=True)
class OnRota(Reason):
    """A turn on the team's rota puts this rung before the standing numbers."""

    code = "on-rota"
    words = "By its rota, {who} is answered by whoever holds duty until {until}."
    who: str
    until: datetime


@dataclass(frozen=True, slots=True)
class RotaGap(Reason):
    """The team has a rota, and nobody's turn is now."""

    code = "rota-gap"
    words = "Nobody is on the rota of {who} at this moment; its standing numbers ring."
    who: str


@dataclass(frozen=True, slots=True)
class NoNumber(Reason):
    """Nobody has entered a number."""

    code = "no-number"
    words = "No number is known for {who}."
    who: str


@dataclass(frozen=True, slots=True)
class Vacant(Reason):
    """Nobody holds a named role."""

    code = "vacant"
    words = "Nobody holds the role {who}."
    who: str


@dataclass(frozen=True, slots=True)
class Away(Reason):
    """Away, with or without cover."""

    code = "away"
    words = "{who} is away until {until}; {cover}."
    who: str
    until: datetime
    cover: str


@dataclass(frozen=True, slots=True)
class Engaged(Reason):
    """As many of our calls are with this number as it can take (advisory, ruling 7)."""

    code = "engaged"
    words = "{who} has as many of our calls as the number can take."
    who: str


@dataclass(frozen=True, slots=True)
class NoTime(Reason):
    """Ringing it would keep the caller past the ladder's budget (ruling 11)."""

    code = "no-time"
    words = "{who} is left out: the whole ladder must reach its end within 150 seconds."
    who: str


@dataclass(frozen=True, slots=True)
class Exhausted(Reason):
    """Nobody is left to ring."""

    code = "exhausted"
    words = "Nobody is left to ring: the safe message and a call-back follow."

"""Why was it decided so? Each reason is a small type and one sentence; none holds a caller's or a worker's data."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from directory.policy import Denial
from directory.problems import WORDS
from routing.clock import local


def clock_time(at: datetime) -> str:
    """``Fri 27 Nov 2026 16:00``, as the log, the console and ``explain`` print a moment."""
    return local(at).strftime("%a %-d %b %Y %H:%M")


@dataclass(frozen=True, slots=True)
class WithinHours:
    """The weekly rule says open."""

    code: ClassVar[str] = "within-hours"
    hours: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"Within the hours “{self.hours}”."


@dataclass(frozen=True, slots=True)
class OutsideHours:
    """The weekly rule says closed."""

    code: ClassVar[str] = "outside-hours"
    hours: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"Outside the hours “{self.hours}”."


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """Closed for a bank holiday of England and Wales."""

    code: ClassVar[str] = "bank-holiday"
    name: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"Closed for the bank holiday {self.name}."


@dataclass(frozen=True, slots=True)
class Override:
    """A closure or an opening that somebody entered."""

    code: ClassVar[str] = "override"
    effect: str
    reason: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"Set to {self.effect} by an entry: {self.reason}."


@dataclass(frozen=True, slots=True)
class NeverCloses:
    """The line's hours are always."""

    code: ClassVar[str] = "never-closes"

    @property
    def sentence(self) -> str:
        """In words."""
        return "This line never closes."


@dataclass(frozen=True, slots=True)
class Next:
    """The rung that rings now."""

    code: ClassVar[str] = "next"
    who: str
    step: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"Ring {self.who}: {self.step}."


@dataclass(frozen=True, slots=True)
class LastRung:
    """The last rung connects on answer (ruling 2)."""

    code: ClassVar[str] = "last-rung"
    who: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} is the last rung: whoever answers is connected, not confirmed by a key."


@dataclass(frozen=True, slots=True)
class Tried:
    """Rung earlier in this call."""

    code: ClassVar[str] = "tried"
    who: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} was tried already in this call."


@dataclass(frozen=True, slots=True)
class SameNumber:
    """Another rung of this ladder has the same number."""

    code: ClassVar[str] = "same-number"
    who: str
    other: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} has the same number as {self.other}, which comes first."


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """Ringing it would ring the caller, or come back to us (ruling 8)."""

    code: ClassVar[str] = "own-number"
    who: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} is not rung: the number is the caller's, or one that leads back to us."


@dataclass(frozen=True, slots=True)
class Denied:
    """The destination policy refuses the number."""

    code: ClassVar[str] = "denied"
    who: str
    denial: Denial

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} is not rung: {WORDS[self.denial].format(value='the number')}"


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A dated number outside its dates."""

    code: ClassVar[str] = "not-in-force"
    who: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} has a number that is not in force at this moment."


@dataclass(frozen=True, slots=True)
class NoNumber:
    """Nobody has entered a number."""

    code: ClassVar[str] = "no-number"
    who: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"No number is known for {self.who}."


@dataclass(frozen=True, slots=True)
class Away:
    """Away, with or without cover."""

    code: ClassVar[str] = "away"
    who: str
    until: datetime
    cover: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} is away until {clock_time(self.until)}; {self.cover}."


@dataclass(frozen=True, slots=True)
class Engaged:
    """As many of our calls are with this number as it can take (advisory, ruling 7)."""

    code: ClassVar[str] = "engaged"
    who: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} has as many of our calls as the number can take."


@dataclass(frozen=True, slots=True)
class NoTime:
    """Ringing it would keep the caller past the ladder's budget (ruling 11)."""

    code: ClassVar[str] = "no-time"
    who: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.who} is left out: the whole ladder must reach its end within 150 seconds."


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Nobody is left to ring."""

    code: ClassVar[str] = "exhausted"

    @property
    def sentence(self) -> str:
        """In words."""
        return "Nobody is left to ring: the safe message and a call-back follow."


Reason = (
    WithinHours | OutsideHours | BankHoliday | Override | NeverCloses | Next | LastRung | Tried | SameNumber | OwnNumber
    | Denied | NotInForce | NoNumber | Away | Engaged | NoTime | Exhausted
)  # fmt: skip

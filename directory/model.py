"""What does the directory consist of?"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from directory.numbers import ExtensionRule, Number

LONGEST_SLUG = 40
"""A slug may stand in a position's URL, which has 200 characters for everything."""


class Accept(StrEnum):
    """How a call to a number is taken: a key after our whisper, or simply by answering (ruling 2)."""

    KEY = "key"
    CONNECT = "connect"


class CallerId(StrEnum):
    """Which number the rung phone sees (ruling 7)."""

    CALLER = "caller"
    OURS = "ours"


class Listing(StrEnum):
    """Whether callers may find a person by keying the name."""

    LISTED = "yes"
    UNLISTED = "no"


class Effect(StrEnum):
    """What a dated override does to a line's hours."""

    OPEN = "open"
    CLOSED = "closed"


ANSWERED_BY_AN_ANNOUNCEMENT = "+443"


def default_accept(number: Number) -> Accept:
    """How a call to a number is taken where nobody says: 03 numbers answer with an announcement and never press 1."""
    return Accept.CONNECT if number.e164.startswith(ANSWERED_BY_AN_ANNOUNCEMENT) else Accept.KEY


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read: document and line, the day it was read, what had to be assumed (empty: nothing), and how a
    number is printed there (empty: as we write it)."""

    document: str
    line: int | None = None
    read: date | None = None
    assumed: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class DutyNumber:
    """A number that rings, in force from ``since`` until ``until`` (aware; none means always)."""

    number: Number
    accept: Accept = Accept.KEY
    since: datetime | None = None
    until: datetime | None = None
    note: str = ""
    caller_id: CallerId = CallerId.CALLER
    at_once: int | None = None
    source: Source | None = None

    def in_force(self, at: datetime) -> bool:
        """Whether it may ring at this moment."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn on a team's rota, from ``since`` until ``until``: of a number, or of a person by their slug."""

    since: datetime
    until: datetime
    who: Number | str
    note: str = ""

    def in_force(self, at: datetime) -> bool:
        """Whether it is this turn's time."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Authority:
    """A council: its extension rule, and the numbers that its policy allows by name (E.164 to reason)."""

    slug: str
    name: str
    extensions: ExtensionRule | None = None
    exceptions: tuple[tuple[str, str], ...] = ()
    staff_pin: str = ""

    @property
    def excepted(self) -> frozenset[str]:
        """The E.164 texts allowed although the policy would refuse them."""
        return frozenset(number for number, _ in self.exceptions)


@dataclass(frozen=True, slots=True)
class Team:
    """A team, its ordered duty numbers and its rota; a team without any number is a reported gap, not an error."""

    slug: str
    name: str
    authority: str
    area: str = ""
    service: str = ""
    aliases: tuple[str, ...] = ()
    duty_numbers: tuple[DutyNumber, ...] = ()
    source: Source | None = None
    rota: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """A person away from ``since`` until ``until``; ``cover`` is the slug of who is rung instead."""

    since: datetime
    until: datetime
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A worker or manager. ``extension`` is what callers key, ``numbers`` are what rings (ruling 5)."""

    slug: str
    name: str
    team: str
    extension: str | None = None
    numbers: tuple[Number, ...] = ()
    accept: Accept = Accept.KEY
    manager: str | None = None
    away: tuple[Absence, ...] = ()
    listed: Listing = Listing.LISTED

    def absence(self, at: datetime) -> Absence | None:
        """The absence that covers this moment."""
        return next((gap for gap in self.away if gap.since <= at < gap.until), None)


@dataclass(frozen=True, slots=True)
class Role:
    """A named role, such as Team Manager: who holds it and who stands in, by their slugs, and numbers of its own."""

    slug: str
    name: str
    authority: str
    team: str | None = None
    holder: str | None = None
    deputies: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    source: Source | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Holder and deputies, in the order in which they are reached."""
        return (*((self.holder,) if self.holder else ()), *self.deputies)


@dataclass(frozen=True, slots=True)
class Closure:
    """A dated override of hours, open or closed, always with an end; ``rrule`` (RFC 5545, bounded) repeats it."""

    slug: str
    effect: Effect
    since: datetime
    until: datetime
    reason: str
    authority: str | None = None
    line: str | None = None
    rrule: str = ""


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """The numbers that one line answers in this deployment (ruling 1)."""

    slug: str
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """A newer official list of a division's bank holidays: days and names, in order of time."""

    slug: str
    days: tuple[tuple[date, str], ...] = ()


Entry = Authority | Team | Person | Role | Closure | LineNumbers | BankHolidays

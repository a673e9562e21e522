"""Why does a route change? One change at one moment, with its cause, one sentence, and who rings before and after."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from routing.ladder import Rung


class Cause(StrEnum):
    """What makes a route change."""

    ORDINARY = "ordinary-week"
    BANK_HOLIDAY = "bank-holiday"
    CLOSURE = "closure"
    OPENING = "opening"
    ROTA = "rota"
    NUMBER = "dated-number"
    ABSENCE = "absence"
    STAND_IN = "stand-in"
    CLOCKS = "clock-change"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class RouteChange:
    """A change at ``at`` (UTC) on some lines, until ``until`` where it is known to end; ``teams`` are slugs, none where it is the whole
    line. ``when`` and ``what`` are its words. ``before`` and ``after`` are who rings; words tell a person's phone by its role."""

    at: datetime
    until: datetime | None
    lines: tuple[str, ...]
    teams: tuple[str, ...]
    cause: Cause
    when: str
    what: str
    before: tuple[Rung, ...] = ()
    after: tuple[Rung, ...] = ()

    @property
    def line(self) -> str:
        """The line, or the first of them."""
        return self.lines[0]

    @property
    def sentence(self) -> str:
        """``Friday 25 December 2026 09:00–16:00: Devon social care is closed, as it is a bank holiday (Christmas Day). …``"""
        return f"{self.when}{', ' if self.teams else ': '}{self.what}" if self.when else self.what

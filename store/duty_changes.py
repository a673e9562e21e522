"""Which duty numbers were changed lately, by whom, and which stopped ringing first? Read from the audit trail, whichever door it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from directory.snapshot import Kind
from store import tables
from store.audit import alone

DEEDS = ("create", "change", "delete")


@dataclass(frozen=True, slots=True)
class DutyChange:
    """One change of a team's numbers: those (E.164) that ring no more, or no more first."""

    sequence: int
    at: datetime
    team: str
    name: str
    authority: str
    displaced: tuple[str, ...]


def since(connection: Connection, moment: datetime, but: str) -> Iterator[DutyChange]:
    """Those after a moment, in order, but for what ``but`` did."""
    audit = tables.audit
    of_teams = audit.c.at > moment, audit.c.kind == Kind.TEAM, audit.c.who != but
    for row in connection.execute(select(audit).where(*of_teams).order_by(audit.c.sequence)):
        before, after = _numbers(row.before), _numbers(row.after)
        displaced = tuple(number for number in before if number not in after)
        displaced = displaced or (before[:1] if before[:1] != after[:1] else ())
        if alone(row.what) in DEEDS and displaced:
            yield DutyChange(row.sequence, row.at, row.slug, row.before["name"], row.before["authority"], displaced)


def _numbers(body: Mapping[str, Any] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(duty["number"] for duty in (body or {}).get("duty_numbers", ())))

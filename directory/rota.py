"""Who holds a team's duty by its rota, when does nobody, and what does a new rota change?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from directory.model import Person, Shift, Team
from directory.numbers import Number, number_from
from directory.snapshot import Snapshot

MOST_SHIFTS = 1000
Rota = tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody is on the rota."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class RotaChange:
    """The turns that a new rota adds, and those that it takes away."""

    added: Rota
    removed: Rota


def in_order(shifts: Iterable[Shift]) -> Rota:
    """The turns in order of time, each once."""
    return tuple(sorted(dict.fromkeys(shifts), key=_order))


def _order(shift: Shift) -> tuple[datetime, datetime, str, str]:
    who = shift.who.e164 if isinstance(shift.who, Number) else shift.who
    return (shift.since, shift.until, who, shift.note)


def holding(rota: Rota, at: datetime) -> Rota:
    """Whose turn it is: of several the one that began last, since a swap for a day stands on top of a week's turn."""
    turns = [shift for shift in rota if shift.in_force(at)]
    return tuple(sorted(turns, key=lambda shift: shift.since, reverse=True)) if len(turns) > 1 else tuple(turns)


def gaps(rota: Rota, since: datetime, until: datetime) -> tuple[Gap, ...]:
    """When nobody is on the rota, from one moment until another."""
    return tuple(_gaps(rota, since, until))


def _gaps(rota: Rota, since: datetime, until: datetime) -> Iterator[Gap]:
    reached = since
    for shift in sorted(rota, key=lambda shift: shift.since):
        if shift.since >= until:
            break
        if shift.since > reached:
            yield Gap(reached, shift.since)
        reached = max(reached, shift.until)
    if reached < until:
        yield Gap(reached, until)


def difference(before: Rota, after: Rota) -> RotaChange:
    """What becomes another when a rota takes the place of another."""
    old, new = set(before), set(after)
    return RotaChange(tuple(one for one in after if one not in old), tuple(one for one in before if one not in new))


def on_rota_of(slug: str, directory: Snapshot) -> tuple[Team, ...]:
    """The teams on whose rotas a person stands."""
    return tuple(team for team in directory.teams.values() if any(shift.who == slug for shift in team.rota))


def reachable(person: Person, directory: Snapshot) -> bool:
    """Whether anything rings for a person: a number of their own, or their extension under the authority's rule."""
    team = directory.teams.get(person.team)
    rule = directory.authority_of(team).extensions if team else None
    return bool(person.numbers) or isinstance(number_from(person.extension or "", rule), Number)

"""Who rings first for a team, from when to when? Judged as a call would be, at each moment at which it may change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from directory.model import Absence, DutyNumber, Person, Shift, Team
from directory.snapshot import Snapshot
from routing.hours import State
from routing.ladder import Circumstances, Fallbacks, Rung, Wanted, ladder


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the same phone rings first; without a rung nobody's does. In UTC."""

    since: datetime
    until: datetime
    rung: Rung | None


def timeline(directory: Snapshot, team: Team, since: datetime, until: datetime) -> tuple[Stretch, ...]:
    """Every stretch from one moment until another: the team's rota and dated numbers, whatever a line's hours are."""
    begin, end = since.astimezone(UTC), until.astimezone(UTC)
    edges = sorted({begin, *(at for at in _edges(directory, team) if begin < at < end)})
    stretches: list[Stretch] = []
    for at, following in zip(edges, [*edges[1:], end], strict=True):
        rung = first(directory, team, at)
        if stretches and _alike(stretches[-1].rung, rung):
            stretches[-1] = Stretch(stretches[-1].since, following, rung)
        else:
            stretches.append(Stretch(at, following, rung))
    return tuple(stretches)


def first(directory: Snapshot, team: Team, at: datetime) -> Rung | None:
    """The first phone that rings for a team at a moment, of those that are its own."""
    alone = ladder(directory, Wanted(team), Fallbacks((), None), Circumstances(at, State.OPEN))
    return next(iter(alone.rungs), None)


def _alike(one: Rung | None, other: Rung | None) -> bool:
    return one == other


def _edges(directory: Snapshot, team: Team) -> Iterator[datetime]:
    dates: list[DutyNumber | Shift | Absence] = [*team.duty_numbers, *team.rota]
    dates += [gap for person in _on_rota(directory, team) for gap in person.away]
    for dated in dates:
        yield from (at.astimezone(UTC) for at in (dated.since, dated.until) if at)


def _on_rota(directory: Snapshot, team: Team) -> Iterator[Person]:
    """Everybody of the rota, and whoever covers for them."""
    people = [directory.people.get(shift.who) for shift in team.rota if isinstance(shift.who, str)]
    for person in {person.slug: person for person in people if person}.values():
        yield person
        covers = (directory.people.get(gap.cover or "") for gap in person.away)
        yield from (cover for cover in covers if cover)

"""When does a team's phone change although its hours do not? Turns of a rota, dated numbers, absences and covers."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from directory.model import Absence, DutyNumber, Person, Shift, Team
from directory.snapshot import Snapshot
from ivr.causes import Cause, RouteChange
from ivr.choosable import named
from ivr.moment import World
from ivr.period_words import moment_words
from ivr.plan import Extension, Plan
from ivr.rung_words import change_words, rings
from routing.hours import State
from routing.ladder import Circumstances, Fallbacks, Ladder, Wanted, ladder

Dated = DutyNumber | Shift | Absence
INSTANT = timedelta(microseconds=1)

WHY = {
    Cause.ROTA: "by its rota", Cause.NUMBER: "by the dates of its numbers", Cause.ABSENCE: "somebody is away, or back",
}  # fmt: skip


def changes_of_teams(world: World, plan: Plan, since: datetime, until: datetime) -> Iterator[RouteChange]:
    """Every moment after ``since`` at which a team of the line is answered by another phone of its own."""
    for team in (world.directory.teams[slug] for slug in sorted(plan.teams) if slug in world.directory.teams):
        dated = _dated(world.directory, team)
        for at in sorted({at for one in dated for at in _bounds(one) if since < at < until}):
            before, after = (_own(world.directory, team, when) for when in (at - INSTANT, at))
            if rings(before) != rings(after):
                yield _change(world, plan, team, at, _cause(dated, at), before, after)


def _change(
    world: World, plan: Plan, team: Team, at: datetime, cause: Cause, before: Ladder, after: Ladder
) -> RouteChange:
    what = f"{named(world, plan, team.slug)}: {change_words(before.rungs, after.rungs)} ({WHY[cause]})."
    first = next(iter(after.rungs), None)
    ends = (first.shift.until if first.shift else first.number.until) if first else None
    utc = ends.astimezone(UTC) if ends else None
    there = (plan.line,), (team.slug,)
    return RouteChange(at.astimezone(UTC), utc, *there, cause, moment_words(at), what, before.rungs, after.rungs)


def _own(directory: Snapshot, team: Team, at: datetime) -> Ladder:
    """The phones that are the team's own, whatever the line's hours are."""
    return ladder(directory, Wanted(team), Fallbacks((), None), Circumstances(at, State.OPEN))


def _cause(dated: Iterable[Dated], at: datetime) -> Cause:
    kinds = {type(one) for one in dated if at in _bounds(one)}
    return Cause.ROTA if Shift in kinds else Cause.ABSENCE if Absence in kinds else Cause.NUMBER


def _bounds(one: Dated) -> tuple[datetime, ...]:
    return tuple(at for at in (one.since, one.until) if at)


def _dated(directory: Snapshot, team: Team) -> tuple[Dated, ...]:
    people = [
        directory.people[turn.who] for turn in team.rota if isinstance(turn.who, str) and turn.who in directory.people
    ]
    covers = [directory.people.get(gap.cover or "") for person in people for gap in person.away]
    away = [gap for person in dict.fromkeys((*people, *covers)) if person for gap in person.away]
    return (*team.duty_numbers, *team.rota, *away)


def changes_of_workers(world: World, plan: Plan, since: datetime, until: datetime) -> Iterator[RouteChange]:
    """When workers whom callers of the line may ask for go away or come back: told by team and count, never by name."""
    if not any(isinstance(node, Extension) for node in plan.nodes.values()):
        return
    told: dict[tuple[datetime, str], list[Person]] = {}
    for person in (world.directory.people[slug] for slug in sorted(world.directory.absent)):
        team = world.directory.teams.get(person.team)
        for gap in person.away if team and team.authority == plan.authority else ():
            for at in (at for at in _bounds(gap) if since < at < until):
                told.setdefault((at.astimezone(UTC), person.team), []).append(person)
    for (at, slug), found in told.items():
        what = f"{named(world, plan, slug)}: {_told(world.directory, at, found)}."
        yield RouteChange(at, None, (plan.line,), (slug,), Cause.ABSENCE, moment_words(at), what)


def _told(directory: Snapshot, at: datetime, found: list[Person]) -> str:
    counts: Counter[str] = Counter()
    for person in found:
        counts[_state(directory, at, person)] += 1
    return "; ".join(
        f"{count} {'worker is' if count == 1 else 'workers are'} {state}" for state, count in sorted(counts.items())
    )


def _state(directory: Snapshot, at: datetime, person: Person) -> str:
    standing = person.absence(at)
    if standing is None:
        return "back"
    cover = directory.people.get(standing.cover or "")
    return "away, covered by a colleague" if cover and not cover.absence(at) else "away, with nobody to cover"

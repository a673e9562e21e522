"""Which directory has something of everything that changes a route? The bundled one, with rotas, dates, absences and closures by
the dice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from directory.model import Absence, Closure, DutyNumber, Effect, Entry, Person, Shift, Team, default_accept
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from ivr.override import Override
from routing.calendar import calendar

BEGINS = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
AHEAD = timedelta(days=400)
CLOSURES = 12


def enriched(world: World, dice: Random) -> World:
    """The world of one throw."""
    people = [_with_absences(person, world, dice) for person in world.directory.people.values()]
    teams = [_with_dates(team, world, dice) for team in world.directory.teams.values()]
    closures = [_closure(place, world, dice) for place in range(CLOSURES)]
    changed: list[Entry] = [*people, *teams, *closures]
    directory = world.directory.changed(world.directory.version + 1, map(written, changed))
    overrides = {line: Override(line, office(dice), *span(dice, 31)) for line in sorted(world.plans.current)}
    return replace(
        world, directory=directory, calendar=calendar(world.calendar.holidays, closures), overrides=overrides
    )


def span(dice: Random, most_days: int) -> tuple[datetime, datetime]:
    """Some time within what is looked at, on whole quarters of an hour."""
    since = BEGINS + timedelta(minutes=15 * dice.randrange(4 * 24 * AHEAD.days))
    return since, since + timedelta(minutes=15 * dice.randrange(1, 4 * 24 * most_days))


def office(dice: Random) -> Number:
    """A number of drama; some of them answer with an announcement, and press no key."""
    return Number(
        f"+4420794603{dice.randrange(100):02}" if dice.random() < 0.8 else f"+443069990{dice.randrange(1000):03}"
    )


def _with_absences(person: Person, world: World, dice: Random) -> Person:
    others = [one for one in world.directory.people if one != person.slug]
    spans = [span(dice, 30) for _ in range(dice.randrange(6))]
    return replace(person, away=tuple(Absence(*one, dice.choice([None, *others])) for one in spans))


def _with_dates(team: Team, world: World, dice: Random) -> Team:
    kind, staff = dice.random(), list(world.directory.people)
    if kind < 0.5:
        return replace(team, rota=_turns(dice, staff))
    return replace(team, duty_numbers=(*(_dated(dice) for _ in range(3)), *team.duty_numbers)) if kind < 0.8 else team


def _turns(dice: Random, staff: list[str]) -> tuple[Shift, ...]:
    """Turns of a day or a week, one after the other, with gaps and with two at once here and there."""
    turns, at, length = list[Shift](), BEGINS - timedelta(days=dice.randrange(9)), timedelta(days=dice.choice((1, 7)))
    while at < BEGINS + AHEAD:
        who: Number | str = dice.choice(staff) if dice.random() < 0.6 else office(dice)
        late = timedelta(hours=dice.choice((0, 0, 0, -2, 5)))
        turns.append(Shift(at + late, at + length, who))
        at += length
    return tuple(turns)


def _dated(dice: Random) -> DutyNumber:
    since, until = span(dice, 120)
    number = office(dice)
    return DutyNumber(number, default_accept(number), dice.choice((since, None)), dice.choice((until, None)))


def _closure(place: int, world: World, dice: Random) -> Closure:
    effect, (since, until) = dice.choice(list(Effect)), span(dice, 4)
    line = dice.choice([None, *sorted(world.plans.current)])
    authority = None if line else dice.choice([None, *sorted(world.directory.authorities)])
    return Closure(f"c-{place}", effect, since, until, "by the dice", authority, line)

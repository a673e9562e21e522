"""What will the next 400 days of a line bring, for callers who ask for nobody? Each stretch in which nothing changes, with its route."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from directory.model import Accept
from directory.numbers import Number
from ivr.grid import Situation, Stretch, grid
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import Route, default_route
from routing.hours import HORIZON, State, verdict
from routing.ladder import Ladder, Rung, Step


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone that a static file rings: whose, and how it is taken. ``ends`` is when it stops being the right one, as far as is
    known; ``own`` says that it is somebody's own rather than an office's."""

    number: Number
    who: str
    accept: Accept
    ends: datetime | None = None
    own: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is an office's, without an end."""
        return self.ends is None and not self.own


@dataclass(frozen=True, slots=True)
class Ahead:
    """A line's plan, the stretches from ``since`` until ``until``, and the route of each situation."""

    world: World
    plan: Plan
    since: datetime
    until: datetime
    stretches: tuple[Stretch, ...]
    routes: Mapping[Situation, Route]

    def route(self, stretch: Stretch) -> Route:
        """Who rings in a stretch."""
        return self.routes[stretch.situation]

    def is_day(self, stretch: Stretch) -> bool:
        """Whether the line's ladders go by day in a stretch."""
        return self._is_open(self.plan, stretch)

    def is_reached_by_day(self, stretch: Stretch) -> bool:
        """The same of the line whose people ring: another one, where this line hands over to it."""
        return self._is_open(self.route(stretch).plan, stretch)

    def _is_open(self, plan: Plan, stretch: Stretch) -> bool:
        return verdict(plan.day, stretch.since, self.world.calendar).state is State.OPEN


def ahead(world: World, plan: Plan, now: datetime) -> Ahead:
    """What is ahead of a line; begins at the minute, in UTC."""
    since = now.astimezone(UTC).replace(second=0, microsecond=0)
    until = since + HORIZON
    stretches = tuple(grid(world, (plan,)).stretches(since, until))
    firsts: dict[Situation, Stretch] = {}
    for stretch in stretches:
        firsts.setdefault(stretch.situation, stretch)
    routes = {situation: default_route(world, plan, stretch.since) for situation, stretch in firsts.items()}
    return Ahead(world, plan, since, until, stretches, routes)


def phones_of(climbed: Ladder, world: World, plan: Plan) -> Iterator[Phone]:
    """The phones of a ladder, in its order."""
    for rung in climbed.rungs:
        yield Phone(rung.number.number, rung.who, climbed.accept(rung), _ends(rung, world, plan), rung.is_personal)


def _ends(rung: Rung, world: World, plan: Plan) -> datetime | None:
    """When a rung is due to go: its number's end, its turn's, or that of whoever stands in."""
    stand_in = world.overrides.get(plan.line) if rung.step is Step.STAND_IN else None
    known = (rung.number.until, rung.shift.until if rung.shift else None, stand_in.until if stand_in else None)
    return min((at for at in known if at), default=None)

"""For whom and when does a line ring somebody else than before? Two worlds side by side, over every stretch in which neither changes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise

from directory.model import Absence, Person
from ivr.choosable import answers, ever
from ivr.grid import Grid, Situation, grid, handed_over
from ivr.moment import World
from ivr.plan import Plan
from ivr.rung_words import change_words, rings
from ivr.spans import Span, joined
from routing.hours import verdict
from routing.ladder import Ladder, Rung

NOTHING_CHOSEN = ""
"""Stands where a team's slug does, for a caller who chooses none."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a wish for a team: always the same ladders' heads, in every one of these stretches."""

    team: str
    words: str
    spans: tuple[Span, ...]
    before: Rung | None
    after: Rung | None


@dataclass(frozen=True, slots=True)
class Side:
    """A line in one of the two worlds, what its routes depend on, and the ladders that were climbed already."""

    world: World
    plan: Plan
    grid: Grid
    climbed: dict[Situation, dict[str, Ladder]] = field(default_factory=dict)

    def answers(self, at: datetime) -> dict[str, Ladder]:
        """Who rings for each team, and for whoever chooses nothing."""
        situation = self.grid.situation(at)
        if situation not in self.climbed:
            self.climbed[situation] = answers(self.world, self.plan, at)
        return self.climbed[situation]

    def is_open(self, at: datetime) -> bool:
        """Whether the line is open at all."""
        return verdict(self.plan.opens, at, self.world.calendar).is_open

    def is_night(self, at: datetime) -> bool:
        """Whether its ladders go to the night team."""
        return not self.is_day(at)

    def is_day(self, at: datetime) -> bool:
        """Whether its ladders go by day."""
        return verdict(self.plan.day, at, self.world.calendar).is_open


def side(world: World, plan: Plan) -> Side:
    """A line with the grid of its teams. Who is away matters here only for those on a rota: nobody asks for a person."""
    whole = grid(world, [plan])
    away = frozenset(gap for person in _on_rotas(world, plan) for gap in person.away)
    dated = tuple(one for one in whole.dated if not isinstance(one, Absence) or one in away)
    return Side(world, plan, replace(whole, dated=dated))


def _on_rotas(world: World, plan: Plan) -> Iterator[Person]:
    people = world.directory.people
    slugs = {slug for one in handed_over(world, [plan]) for slug in one.teams}
    teams = (world.directory.teams[slug] for slug in slugs if slug in world.directory.teams)
    holders = {turn.who for team in teams for turn in team.rota if isinstance(turn.who, str)}
    for person in (people[slug] for slug in holders if slug in people):
        yield person
        yield from (people[slug] for slug in (gap.cover or "" for gap in person.away) if slug in people)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, and every stretch of a time in which neither changes."""

    before: Side
    after: Side
    stretches: tuple[Span, ...]

    @property
    def wishes(self) -> tuple[str, ...]:
        """Nothing, and each team that may be chosen on both."""
        kept = set(ever(self.after.plan))
        return (NOTHING_CHOSEN, *(team for team in ever(self.before.plan) if team in kept))

    def where(self, holds: Callable[[Side, datetime], bool]) -> tuple[Span, ...]:
        """The time in which something holds of both sides."""
        return joined(span for span in self.stretches if holds(self.before, span[0]) and holds(self.after, span[0]))

    def opening(self) -> tuple[Span, ...]:
        """The time in which the line is open where it was closed."""
        return joined(span for span in self.stretches if self._opens(span[0]) == (False, True))

    def closing(self) -> tuple[Span, ...]:
        """The time in which it is closed where it was open."""
        return joined(span for span in self.stretches if self._opens(span[0]) == (True, False))

    def _opens(self, at: datetime) -> tuple[bool, bool]:
        return self.before.is_open(at), self.after.is_open(at)

    def changes(self) -> Iterator[Change]:
        """Every change for every wish, in the order of the wishes."""
        answered = [(span, self.before.answers(span[0]), self.after.answers(span[0])) for span in self.stretches]
        for team in self.wishes:
            told: dict[str, list[tuple[Span, Ladder, Ladder]]] = {}
            for span, one, other in ((span, one[team], other[team]) for span, one, other in answered):
                if rings(one) != rings(other):
                    told.setdefault(change_words(one.rungs, other.rungs), []).append((span, one, other))
            for words, found in told.items():
                spans, (_, one, other) = joined(span for span, _, _ in found), found[0]
                yield Change(team, words, spans, _first(one), _first(other))


def compared(before: Side, after: Side, since: datetime, until: datetime) -> Comparison:
    """Two sides over a time."""
    begin, end = since.astimezone(UTC), until.astimezone(UTC)
    moments = sorted({*before.grid.moments(begin, end), *after.grid.moments(begin, end)})
    return Comparison(before, after, tuple(pairwise((*moments, end))))


def _first(climbed: Ladder) -> Rung | None:
    return next(iter(climbed.rungs), None)

"""Who is rung of an authority now, tonight, at the weekend and on each coming bank holiday? What a page of paper has to say, as data.

The same routes as a call's, over the grid of moments at which something changes, so that a turn that ends in the middle of the
night is printed with its hour.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from admin.paper_times import Time, times
from directory.exporting import csv_text, team_lines
from directory.model import Authority, Team
from ivr.grid import Grid, Stretch, grid
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import Route, default_route, line_of, route
from routing.hours import verdict
from routing.ladder import Rung, Step, Wanted

HASH_LENGTH = 12
LONGEST = timedelta(days=7)
"""Longer than a week nobody should trust a sheet of paper."""

Printed = Callable[[Rung], str]
"""The number of a rung as this reader may see it; empty where it is left out."""

Routed = Callable[[datetime], Route]


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone of an answer: whose it is and its number, empty where it is left out."""

    who: str
    number: str


@dataclass(frozen=True, slots=True)
class Span:
    """Who is rung in order, from ``since`` until ``until``; nobody: the caller hears the safe message."""

    since: datetime
    until: datetime
    phones: tuple[Phone, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Times of which the same is true: their names, and the spans of the first; one span where nothing changes in between."""

    titles: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LinePart:
    """A line: its name, the numbers that callers dial, and whom its callers reach who ask for nobody."""

    name: str
    answers: tuple[str, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class TeamPart:
    """A team: its own phones by day, and the periods in which its callers reach others than those of its line."""

    name: str
    area: str
    day: tuple[Phone, ...]
    instead: tuple[Phone, ...]
    otherwise: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class PaperPack:
    """The whole sheet."""

    authority: Authority
    at: datetime
    good_until: datetime
    version: int
    plans: tuple[tuple[str, str], ...]
    digest: str
    lines: tuple[LinePart, ...]
    teams: tuple[TeamPart, ...]


def paper_pack(world: World, authority: Authority, at: datetime, printed: Printed) -> PaperPack:
    """The sheet of an authority at a moment, told at the minute."""
    now = at.astimezone(UTC).replace(second=0, microsecond=0)
    teams = [team for team in world.directory.teams.values() if team.authority == authority.slug]
    plans = [
        plan
        for plan in map(world.plans.of_line, sorted(world.plans.current))
        if plan and plan.authority == authority.slug
    ]
    whole = grid(world, plans, teams)
    printing = _Printing(world, whole, printed, now)
    return PaperPack(
        authority, now, _good_until(world, whole, authority, now), world.directory.version,
        tuple((plan.name, plan.digest) for plan in plans), sheet_digest(world, authority),
        tuple(map(printing.line, plans)), tuple(map(printing.team, teams)),
    )  # fmt: skip


def teams_file(world: World, authority: Authority) -> str:
    """The authority's teams as a file that an import reads back without a difference."""
    teams = {slug: team for slug, team in world.directory.teams.items() if team.authority == authority.slug}
    return csv_text(team_lines(replace(world.directory, teams=teams)))


def sheet_digest(world: World, authority: Authority) -> str:
    """The first digits of the SHA-256 of the authority's file of teams, by which a sheet and a file are known to belong together."""
    return hashlib.sha256(teams_file(world, authority).encode()).hexdigest()[:HASH_LENGTH]


@dataclass(frozen=True, slots=True)
class _Nights:
    """What is alike for every team of a line: when the line goes by day next, every time that is not by day, whom the line's callers
    reach then, and whom its teams' callers do; nothing for these where the team's own phones count then, too."""

    open_at: datetime | None
    told: tuple[Time, ...]
    lines: tuple[Period, ...]
    teams: tuple[Period, ...] | None


@dataclass(frozen=True, slots=True)
class _Printing:
    """What is alike for every line and team of one sheet; the cuts of each time and the nights of each line are looked for once."""

    world: World
    grid: Grid
    printed: Printed
    now: datetime
    cuts: dict[tuple[datetime, datetime], tuple[Stretch, ...]] = field(default_factory=dict)
    nights: dict[str, _Nights] = field(default_factory=dict)

    def line(self, plan: Plan) -> LinePart:
        """One line's part."""
        known = self.world.directory.lines.get(plan.line)
        answers = tuple(number.national for number in known.numbers) if known else ()
        return LinePart(plan.name, answers, self._of_line(plan, times(self.world, plan, self.now)))

    def team(self, team: Team) -> TeamPart:
        """One team's part: by day its own phones, otherwise only what differs from its line."""
        plan = line_of(self.world, Wanted(team))
        nights = self._nights(plan) if plan else None
        if plan is None or nights is None or nights.open_at is None:
            return TeamPart(team.name, team.area, (), (), ())
        day = route(self.world, plan, Wanted(team), nights.open_at).ladder.rungs
        mine = tuple(self._phone(rung) for rung in day if rung.step is Step.DUTY)
        instead = () if mine else tuple(map(self._phone, day[:1]))
        own = self._of_team(plan, nights.told, team) if nights.teams is None else nights.teams
        return TeamPart(team.name, team.area, mine, instead, _differing(own, nights.lines))

    def _nights(self, plan: Plan) -> _Nights:
        if plan.line not in self.nights:
            told = times(self.world, plan, self.now)
            open_at = next((time.since for time in told if time.is_day), None)
            nights = tuple(time for time in told if not time.is_day)
            teams = self._of_team(plan, nights) if self._are_closed(plan, nights) else None
            self.nights[plan.line] = _Nights(open_at, nights, self._of_line(plan, nights), teams)
        return self.nights[plan.line]

    def _are_closed(self, plan: Plan, told: Iterable[Time]) -> bool:
        """Whether no ladder of the line goes by day in these times: then no team's own phones ring."""
        cuts = (cut for time in told for cut in self._cuts(time))
        return not any(verdict(plan.day, cut.since, self.world.calendar).is_open for cut in cuts)

    def _of_team(self, plan: Plan, told: Iterable[Time], team: Team | None = None) -> tuple[Period, ...]:
        return self._periods(told, lambda at: route(self.world, plan, Wanted(team), at))

    def _of_line(self, plan: Plan, told: Iterable[Time]) -> tuple[Period, ...]:
        return self._periods(told, lambda at: default_route(self.world, plan, at))

    def _periods(self, told: Iterable[Time], routed: Routed) -> tuple[Period, ...]:
        """These times, those together of which the same is true."""
        groups: dict[object, list[str]] = {}
        firsts: dict[object, tuple[Span, ...]] = {}
        for time in told:
            spans = self._spans(time, routed)
            key = spans[0].phones if len(spans) == 1 else time.title
            groups.setdefault(key, []).append(time.title)
            firsts.setdefault(key, spans)
        return tuple(Period(tuple(titles), firsts[key]) for key, titles in groups.items())

    def _spans(self, time: Time, routed: Routed) -> tuple[Span, ...]:
        spans = [
            Span(cut.since, cut.until, tuple(map(self._phone, routed(cut.since).ladder.rungs)))
            for cut in self._cuts(time)
        ]
        joined = (list(same) for _, same in groupby(spans, key=lambda span: span.phones))
        return tuple(replace(same[0], until=same[-1].until) for same in joined)

    def _cuts(self, time: Time) -> tuple[Stretch, ...]:
        key = time.since, time.until
        if key not in self.cuts:
            self.cuts[key] = tuple(self.grid.stretches(*key))
        return self.cuts[key]

    def _phone(self, rung: Rung) -> Phone:
        return Phone(rung.who, self.printed(rung))


def _differing(own: Iterable[Period], lines: Iterable[Period]) -> tuple[Period, ...]:
    """The times at which a team is reached by other phones than its line."""
    of_line = {title: _phones(period) for period in lines for title in period.titles}
    found = []
    for period in own:
        titles = tuple(title for title in period.titles if of_line.get(title) != _phones(period))
        found += [replace(period, titles=titles)] if titles and any(_phones(period)) else []
    return tuple(found)


def _phones(period: Period) -> tuple[tuple[Phone, ...], ...]:
    return tuple(span.phones for span in period.spans)


def _good_until(world: World, whole: Grid, authority: Authority, now: datetime) -> datetime:
    """A week, or the first dated change: a number, a turn, an absence, a closure."""
    dated: Iterator[datetime | None] = (at for one in whole.dated for at in (one.since, one.until))
    windows = (window for window in world.calendar.windows if window.authority in (None, authority.slug))
    moments = [*dated, *(at for window in windows for at in (window.since, window.until))]
    return min([at.astimezone(UTC) for at in moments if at and at > now] + [now + LONGEST])

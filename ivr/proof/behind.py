"""How many workers are there of each kind while nobody is away, by the phones that stand behind them at a moment? Asked again and again
as time goes on: only those teams are looked at anew for which something has begun or ended since."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from directory.model import DutyNumber, Shift, Team
from directory.snapshot import Snapshot
from ivr.kinds import Usual
from ivr.phones import NOBODY, Kind, Phones, phones_of_team


@dataclass(slots=True)
class Behind:
    """Workers, their teams, every moment at which something begins or ends for one of these; and the teams' phones and the kinds in
    the phase last asked for."""

    directory: Snapshot
    workers: Mapping[Usual, int]
    teams: tuple[Team, ...]
    bounds: tuple[tuple[datetime, Team], ...]
    moments: tuple[datetime, ...]
    phones: dict[str, Phones] = field(default_factory=dict)
    counts: Counter[Kind] = field(default_factory=Counter)
    last: int = -1

    @classmethod
    def of(cls, directory: Snapshot, workers: Mapping[Usual, int]) -> "Behind":
        """Of so many workers each."""
        slugs = sorted({usual.team for usual in workers})
        teams = tuple(directory.teams[slug] for slug in slugs if slug in directory.teams)
        found = ((at, team) for team in teams for at in _bounds(directory, team))
        bounds = tuple(sorted(found, key=lambda bound: bound[0]))
        return cls(directory, workers, teams, bounds, tuple(at for at, _ in bounds))

    def phase(self, at: datetime) -> int:
        """How much has begun or ended by a moment."""
        return bisect_right(self.moments, at)

    def kinds(self, at: datetime) -> Counter[Kind]:
        """How many there are of each kind at a moment."""
        phase = self.phase(at)
        if phase != self.last:
            self._look(phase, at)
            self.counts = Counter()
            for usual, count in self.workers.items():
                self.counts[self.kind(usual)] += count
        return self.counts

    def kind(self, usual: Usual) -> Kind:
        """The kind of a worker who is not away, at the moment that was last asked for."""
        return usual.own, usual.managers, self.phones.get(usual.team, ())

    def _look(self, phase: int, at: datetime) -> None:
        between = self.bounds[min(phase, self.last) : max(phase, self.last)]
        changed = self.teams if self.last < 0 else {team.slug: team for _, team in between}.values()
        self.phones.update((team.slug, phones_of_team(self.directory, team, at)) for team in changed)
        self.last = phase


def _bounds(directory: Snapshot, team: Team) -> Iterator[datetime]:
    dated: tuple[Shift | DutyNumber, ...] = (*team.rota, *team.duty_numbers)
    for one in dated:
        yield from (at for at in (one.since, one.until) if at)
    holders = [directory.people.get(turn.who, NOBODY) for turn in team.rota if isinstance(turn.who, str)]
    covers = [directory.people.get(gap.cover or "", NOBODY) for person in holders for gap in person.away]
    for gap in (gap for person in (*holders, *covers) for gap in person.away):
        yield from (gap.since, gap.until)

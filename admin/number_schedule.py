"""When is each duty number called next for a test, and why are others not? What is known of the tests at a moment, without any call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from directory.entry_findings import NumberUnanswered
from directory.findings import Finding, evidence
from directory.lint import place_of
from ivr.moment import World
from ivr.testable import Duty, duties, never, next_time
from routing.clock import local
from store import number_tests
from store.database import Transaction
from store.number_tests import Choice, Standing

OFF = "the team's numbers are not tested; an administrator may switch it on"
NO_TIME = "the team is not open within a month"


class Goes(StrEnum):
    """How a duty number stands: switched off, never called, called next at a moment."""

    OFF = "off"
    NEVER = "never"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is known of the tests at a moment."""

    world: World
    at: datetime
    choices: Mapping[str, Choice]
    standings: Mapping[str, Standing]

    def choice(self, team: str) -> Choice:
        """What a team wants."""
        return self.choices.get(team, Choice(team))


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A duty number, whether and when it is called next, and how it stands."""

    one: Duty
    state: Goes
    because: str
    next_at: datetime | None
    standing: Standing | None


def schedule_of(connection: Transaction, world: World, at: datetime) -> Schedule:
    """What is known of the tests at a moment."""
    return Schedule(world, at, number_tests.choices(connection), number_tests.standings(connection))


def scheduled(known: Schedule, one: Duty) -> Scheduled:
    """Whether and when a duty number is called next."""
    standing, because = known.standings.get(one.number.e164), never(known.world, one)
    if because:
        return Scheduled(one, Goes.NEVER, because, None, standing)
    if not known.choice(one.team.slug).tests:
        return Scheduled(one, Goes.OFF, OFF, None, standing)
    following = next_time(known.world, one, max(known.at, standing.due_at) if standing else known.at)
    return Scheduled(one, Goes.WAITS, "" if following else NO_TIME, following, standing)


def flagged_findings(connection: Transaction, world: World) -> Iterable[Finding]:
    """A finding for each flagged number of each team that wants tests."""
    flagged, choices = number_tests.flagged(connection), number_tests.choices(connection)
    for one in duties(world.directory) if flagged else ():
        since, choice = flagged.get(one.number.e164), choices.get(one.team.slug)
        if since and choice and choice.tests:
            yield NumberUnanswered(place_of(one.team), evidence([one.duty.source], ()), one.number, local(since).date())

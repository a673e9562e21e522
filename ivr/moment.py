"""What does a step look at? The call, its position, what happened, and what is in force in memory at this minute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from directory.model import Team
from directory.numbers import Number
from directory.snapshot import Snapshot
from ivr.events import Arrived, Event
from ivr.legs import Belonging, NotOurs
from ivr.override import Override
from ivr.plan import DialByName, Node, Plan, Plans
from ivr.position import Position, Stage
from routing.calendar import Calendar
from routing.hours import Verdict, verdict

TAG_LENGTH = 4
NOWHERE = NotOurs()

Keyed = Callable[[str], str]
"""A keyed hash of a text under the deployment's secret, as URL-safe text: nobody can turn a tag back into a number."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What is published: directory, plans, calendar, the deployment's keyed hash, and by line the number that stands in for a while.
    Swapped whole, never altered."""

    directory: Snapshot
    plans: Plans
    calendar: Calendar
    keyed: Keyed
    overrides: Mapping[str, Override] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """Who is calling whom. ``caller`` is none where the number is withheld, unknown or not a British one in use."""

    sid: str
    caller: Number | None
    dialled: Number | None
    via: Number | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One step's whole input; ``now`` is cut to the minute. ``engaged`` is the advisory hint of ruling 7,
    ``looked_up`` another: how many names this caller has looked up lately (ruling 21). ``staffed`` are the lines that
    somebody at the desk answers now, ``belongs`` is where the desk has this caller, asked only where a room is entered or left."""

    world: World
    plan: Plan
    call: Call
    position: Position
    event: Event
    now: datetime
    engaged: frozenset[str] = frozenset()
    looked_up: int = 0
    staffed: frozenset[str] = frozenset()
    belongs: Belonging = NOWHERE

    @property
    def node(self) -> Node:
        """The node of the position."""
        return self.plan.nodes[self.position.node]

    @property
    def open(self) -> Verdict:
        """Whether the line is open, and why."""
        return verdict(self.plan.opens, self.now, self.world.calendar)

    @property
    def day(self) -> Verdict:
        """Whether its ladders go by day."""
        return verdict(self.plan.day, self.now, self.world.calendar)

    def moved(self, plan: Plan, to: Position) -> "Moment":
        """The same step, gone on to another position."""
        known = self.engaged, self.looked_up, self.staffed, self.belongs
        return Moment(self.world, plan, self.call, to, Arrived(), self.now, *known)

    def tag(self, number: Number) -> str:
        """The short keyed tag by which the position remembers a number (ruling 6)."""
        return self.world.keyed(number.e164)[:TAG_LENGTH]

    def team(self, slug: str) -> Team:
        """A team of the directory; one that was deleted stands there without a number, so that its ladder goes on."""
        return self.world.directory.teams.get(slug) or Team(slug, slug.replace("-", " "), self.plan.authority)

    def teams(self, slugs: tuple[str, ...]) -> tuple[Team, ...]:
        """Several teams, in order."""
        return tuple(self.team(slug) for slug in slugs)

    def offers(self, node: str) -> bool:
        """Whether a way is worth offering now: names are looked up by day only, and where somebody is listed."""
        if not isinstance(self.plan.nodes[node], DialByName):
            return True
        return self.plan.authority in self.world.directory.naming and self.day.is_open

    def waiting(self, stage: Stage) -> Position:
        """Where this step's reply leads, in the same node."""
        return self.position.waiting(stage)

    def again(self, stage: Stage) -> Position:
        """The same, one try later."""
        return replace(self.waiting(stage), tries=self.position.tries + 1)

    def entering(self, node: str) -> Position:
        """The door of another node of this plan."""
        return self.position.entering(node)

"""Where can a call get to? Every reachable position of a line at one moment, found with the engine itself."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice, product
from typing import assert_never

from directory.keypad import LEAST_KEYS
from directory.model import Accept, Team
from directory.numbers import Number
from directory.snapshot import Snapshot, written
from ivr.engine import advance, start
from ivr.events import (
    Arrived,
    CallerGone,
    Dequeued,
    Event,
    Keyed,
    LegEnd,
    QueueEnd,
    Silent,
    Talked,
    Unreached,
    Waiting,
)
from ivr.kinds import one_of_each
from ivr.legs import Belonging, InRoom, LeftAlone, NotOurs, ToLine, ToNumber, ToPerson, ToRole, ToTeam, WaitFor
from ivr.moment import Call, Moment, World
from ivr.outcome import Outcome
from ivr.phones import phones_of_team
from ivr.plan import CallBack, DialByName, Extension, Menu, Node, Safe, StaffOnly
from ivr.position import Position, Stage
from ivr.replies import Confer, Enqueue, Go, Listen, Reply, Ring
from ivr.steps.dial_by_name import MOST_READ_OUT
from ivr.steps.staff_only import pin_text

PIN, WRONG_PIN = "2468", "1357"
HELPS = ("0", "*", "#")
NUMBERS = ("02079460998", "999", "09098790123", "12")
"""What a caller may key to be called back on: a number, an emergency number, a premium one, and no number at all."""


@dataclass(frozen=True, slots=True)
class Visited:
    """One step: the position that was asked, what had happened, and what came of it."""

    position: Position
    event: Event
    outcome: Outcome


def walk(
    world: World, line: str, now: datetime, call: Call, staffed: frozenset[str] = frozenset()
) -> Iterator[Visited]:
    """Every reachable position with every event that can happen there, breadth first, so that the first way to a place is
    a shortest one. Hops do not make two places of one. A line without a plan in force has none. Somebody at the desk answers
    the lines that are ``staffed``."""
    plan = world.plans.of_line(line)
    world = with_known_pins(world)
    ahead = deque([start(plan)] if plan else [])
    seen = {place_of(position) for position in ahead}
    while ahead:
        position = ahead.popleft()
        for visited in _visits(world, position, now, call, staffed):
            yield visited
            fresh = [onward for onward in ways_on(visited.outcome) if place_of(onward) not in seen]
            seen |= {place_of(onward) for onward in fresh}
            ahead += fresh


def ways_on(outcome: Outcome) -> tuple[Position, ...]:
    """The positions that the replies of a step lead to: the only moves that the call has."""
    return tuple(way for reply in outcome.replies for part in ways(reply) for way in part)


def ways(reply: Reply) -> tuple[tuple[Position, ...], tuple[Position, ...]]:
    """Where a reply may lead the caller's own leg, and what is heard aside of it: a whisper, or while somebody waits."""
    match reply:
        case Ring(then=then, whisper=whisper):
            return (then,), (whisper,) if whisper else ()
        case Enqueue(wait=wait, then=then) | Confer(wait=Position() as wait, then=Position() as then):
            return (then,), (wait,)
        case Listen(then=Position() as then) | Go(to=Position() as then):
            return (then,), ()
        case _:
            return (), ()


def _visits(world: World, position: Position, now: datetime, call: Call, staffed: frozenset[str]) -> Iterator[Visited]:
    """One position with every event that can happen there."""
    plan = world.plans.by_digest[position.digest]
    for event, belongs in happenings(world, position, now):
        moment = Moment(world, plan, call, position, event, now, staffed=staffed, belongs=belongs)
        yield Visited(position, event, advance(moment))


def happenings(world: World, position: Position, at: datetime) -> Iterator[tuple[Event, Belonging]]:
    """Every event that can happen at a position, with where the desk may have the caller then."""
    plan = world.plans.by_digest[position.digest]
    wheres = _belongings(world, position)
    known = Known(world.directory, plan.authority, at)
    for event in _events(known, plan.nodes[position.node], position.stage):
        for belongs in wheres if isinstance(event, Arrived) else wheres[:1]:
            yield event, belongs


def _belongings(world: World, position: Position) -> tuple[Belonging, ...]:
    """Everything that the desk may say of a caller where it is asked: somebody, a line, a room, a wait, or nothing."""
    if position.stage not in (Stage.CONFER, Stage.AFTER):
        return (NotOurs(),)
    plan = world.plans.by_digest[position.digest]
    team = next(iter(sorted(plan.teams)), "mash")
    person, role = _somebody(world.directory), min(world.directory.roles, default="nobody")
    return (
        NotOurs(), LeftAlone(), InRoom("room", 1), WaitFor("One moment, please.", 1), ToTeam(team), ToPerson(person),
        ToRole(role), ToNumber(SOMEBODY, Accept.KEY), ToLine(position.line),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _somebody(directory: Snapshot) -> str:
    """Whom the desk may choose."""
    return min(directory.people, default="nobody")


SOMEBODY = Number("+442079460399")
"""A number of drama: one of the directory that the desk may choose."""


def place_of(position: Position) -> Position:
    """What makes a position another place: not its hop; the way back only as far as # takes it next; and the numbers that were tried
    one by one only while the next is looked for. Elsewhere it counts that some were: whoever comes to a menu afterwards meets there
    what everybody meets, with fewer phones behind it."""
    back = position.back[-1:] if position.stage in (Stage.KEYS, Stage.LETTERS) else ()
    tried = position.tried if position.stage in _CLIMBING else position.tried and _SOME
    mark = None if position.mark is None else 0
    where = position.digest, position.line, position.node, position.stage
    return Position(*where, 0, position.tries, back, position.subject, tried, mark)


_CLIMBING = frozenset((Stage.LEG, Stage.WHISPER, Stage.ACCEPT))
_SOME = ("some",)


def with_known_pins(world: World) -> World:
    """The world with a PIN that we know for every authority, since only a hash of the real one is kept."""
    directory = world.directory
    known = [
        replace(authority, staff_pin=world.keyed(pin_text(authority.slug, PIN)))
        for authority in directory.authorities.values()
    ]
    return replace(world, directory=directory.changed(directory.version, [written(one) for one in known]))


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the callers of an authority may ask for at a moment."""

    directory: Snapshot
    authority: str
    at: datetime


def _events(known: Known, node: Node, stage: Stage) -> tuple[Event, ...]:  # noqa: C901  # one case per stage
    match stage:
        case Stage.ENTER | Stage.WHISPER:
            return (Arrived(),)
        case Stage.LEG:
            return (*(Unreached(how) for how in LegEnd), Talked(), CallerGone(talked=False), CallerGone(talked=True))
        case Stage.ACCEPT:
            return (Keyed("1"), Keyed("2"), Silent())
        case Stage.NUMBER:
            return (*(Keyed(keys) for keys in (*NUMBERS, *_refused_numbers(known.directory), "#")), *_NO_KEYS)
        case Stage.LETTERS:
            return (*(Keyed(keys) for keys in (*_letters(known.directory, known.authority), *HELPS)), *_NO_KEYS)
        case Stage.WAIT:
            return _WAITING
        case Stage.LEFT:
            return (*(Dequeued(how, seconds) for how in QueueEnd for seconds in _STAYS), CallerGone(talked=False))
        case Stage.CHOICE:
            return (Keyed("1"), Keyed("2"), *_NO_KEYS)
        case Stage.CONFER | Stage.AFTER:
            return (Arrived(), CallerGone(talked=True))
        case Stage.JOINING | Stage.HOLD:
            return (Arrived(),)
        case Stage.KEYS:
            return (*(Keyed(keys) for keys in _keys(known, node)), *_NO_KEYS)
        case _:
            assert_never(stage)


_STAYS = (0, 30, 7200)
"""Seconds in a queue: none to speak of, some, and more than any plan allows."""

_WAITING: tuple[Event, ...] = tuple(Waiting(place, seconds, 240) for place in (1, 2, 500) for seconds in _STAYS)
_NO_KEYS: tuple[Event, ...] = (Silent(), CallerGone(talked=False))


def _refused_numbers(directory: Snapshot) -> Iterator[str]:
    """A number of our own and a destination: both valid, neither ever called back."""
    numbers = [line.numbers for line in directory.lines.values()]
    numbers += [tuple(duty.number for duty in team.duty_numbers) for team in directory.teams.values()]
    for group in (numbers[: len(directory.lines)], numbers[len(directory.lines) :]):
        yield from [number.national.replace(" ", "") for some in group for number in some][:1]


def _keys(known: Known, node: Node) -> tuple[str, ...]:
    """Every key of a node that is a choice, the helping keys, and one that is not offered."""
    match node:
        case Menu(options=options):
            offered = tuple(option.key for option in options)
            return (*offered, *HELPS, *(key for key in "123456789" if key not in offered))[: len(offered) + 4]
        case Extension():
            return (*_extensions(known, node.digits), "9", *HELPS)
        case CallBack() | DialByName():
            return ("1", "2", "3", "9", *HELPS)
        case Safe():
            return ("1", "9", *HELPS)
        case StaffOnly():
            return (PIN, WRONG_PIN, *HELPS)
        case _:
            return ()


@lru_cache(maxsize=8)
def _extensions(known: Known, digits: int) -> tuple[str, ...]:
    """Each known worker's and each duty number's, of very many one of each kind; and the first that is nobody's."""
    directory, taken = known.directory, _taken(known.directory, known.authority, digits)
    if taken.few is not None:
        return (*taken.few, taken.nobodys)
    workers = (person.extension for person in one_of_each(directory, known.authority, known.at))
    teams = directory.teams
    duties = {phones_of_team(directory, teams[slug], known.at): text for text, slug in taken.duties.items()}
    return (*sorted({*(text for text in workers if text), *duties.values()}), taken.nobodys)


@dataclass(frozen=True, slots=True)
class Taken:
    """The extensions of an authority at any time: all of them where they are few, those of duty numbers with the team, and the first
    that is nobody's."""

    few: tuple[str, ...] | None
    duties: Mapping[str, str]
    nobodys: str


@lru_cache(maxsize=4)
def _taken(directory: Snapshot, authority: str, digits: int) -> Taken:
    duties = {extension: team.slug for extension, team in _duty_extensions(directory, authority)}
    every = {*(extension for owner, extension in directory.keyed if owner == authority), *duties}
    free = (text for text in (f"{number:0{digits}}" for number in range(10**digits)) if text not in every)
    return Taken(tuple(sorted(every)) if len(every) <= MANY else None, duties, next(free, ""))


MANY = 60
"""Workers and duty numbers of an authority: up to so many are tried each."""


def _duty_extensions(directory: Snapshot, authority: str) -> Iterator[tuple[str, Team]]:
    owner = directory.authorities.get(authority)
    rule = owner.extensions if owner else None
    if owner is None or rule is None:
        return
    for team in (team for team in directory.teams.values() if team.authority == owner.slug):
        extensions = (rule.extension(duty.number) for duty in team.duty_numbers)
        yield from ((extension, team) for extension in extensions if extension)


@lru_cache(maxsize=8)
def _letters(directory: Snapshot, authority: str) -> tuple[str, ...]:
    """Too few letters, and for each number of people that is read out, for more of them and for none the first keys."""
    found = {keys: len(list(islice(directory.people_spelt(authority, keys), MOST_READ_OUT + 1))) for keys in _OPENINGS}
    counts = range(MOST_READ_OUT + 2)
    return ("23", *(keys for count in counts for keys in [keys for keys in _OPENINGS if found[keys] == count][:1]))


_OPENINGS = tuple("".join(keys) for keys in product("23456789", repeat=LEAST_KEYS))

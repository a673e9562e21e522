"""Who is rung, in what order, and why are the others not?

Allocated worker, their manager, the team's duty numbers, the line's last resort (D:20-22, ruling 11); when the line is
closed its night team alone. Nothing here rings: a ladder is an answer, and the call's position remembers who was tried.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from directory.model import Accept, DutyNumber, Person, Team
from directory.numbers import Number, number_from
from directory.policy import denial
from directory.snapshot import Snapshot
from routing.hours import State
from routing.reasons import (
    Away,
    Denied,
    Engaged,
    LastRung,
    Next,
    NoNumber,
    NoTime,
    NotInForce,
    OwnNumber,
    Reason,
    SameNumber,
    Tried,
)

RING_SECONDS = 15
TWILIO_ADDS = 5
WHISPER_SECONDS = 8
ANNOUNCEMENT_SECONDS = 4
LADDER_SECONDS = 150
WORKER, THEIR_MANAGER = "the worker you asked for", "their manager"


class Step(StrEnum):
    """Which part of the ladder a rung belongs to."""

    WORKER = "the allocated worker"
    MANAGER = "the worker's manager"
    DUTY = "the team's duty number"
    LAST_RESORT = "the line's last resort"
    NIGHT = "the out-of-hours team"


@dataclass(frozen=True, slots=True)
class Rung:
    """One phone: which step it is, who is said to be called, and the number with its way of accepting."""

    step: Step
    who: str
    number: DutyNumber

    @property
    def seconds(self) -> int:
        """The longest that it keeps the caller: announcement, ringing, whisper."""
        whisper = WHISPER_SECONDS if self.number.accept is Accept.KEY else 0
        return ANNOUNCEMENT_SECONDS + RING_SECONDS + TWILIO_ADDS + whisper


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the caller asked for: a person, or a team, or only the line's last resort."""

    team: Team | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Fallbacks:
    """Where a line goes when nobody wanted answers: ``last_resort`` in hours, ``night`` out of hours."""

    last_resort: tuple[Team, ...]
    night: Team | None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The moment, and what about this call rules numbers out: E.164 texts to avoid, and those that are engaged."""

    at: datetime
    state: State
    avoid: frozenset[str] = frozenset()
    engaged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs in order, and why others are not among them."""

    rungs: tuple[Rung, ...]
    rejected: tuple[Reason, ...]

    def after(self, tried: Callable[[Number], bool]) -> tuple[Rung | None, tuple[Reason, ...]]:
        """The first rung whose number was not tried, and the reasons: who was passed over, who is next, and why."""
        left = [rung for rung in self.rungs if not tried(rung.number.number)]
        passed = tuple(Tried(rung.who) for rung in self.rungs if rung not in left)
        if not left:
            return None, (*self.rejected, *passed)
        last = (LastRung(left[0].who),) if len(left) == 1 else ()
        return left[0], (*self.rejected, *passed, Next(left[0].who, left[0].step), *last)

    def is_last(self, rung: Rung) -> bool:
        """Whether this rung is the ladder's last: it connects on answer (ruling 2)."""
        return rung == self.rungs[-1]


def ladder(directory: Snapshot, wanted: Wanted, fallbacks: Fallbacks, now: Circumstances) -> Ladder:
    """The ladder for a wish at a moment."""
    rungs: list[Rung] = []
    rejected: list[Reason] = []
    for candidate in _candidates(directory, wanted, fallbacks, now):
        found = _checked(candidate, rungs, directory, now) if isinstance(candidate, Rung) else candidate
        (rungs if isinstance(found, Rung) else rejected).append(found)  # type: ignore[arg-type]  # sorted by type
    return _within_budget(rungs, rejected)


def _candidates(
    directory: Snapshot, wanted: Wanted, fallbacks: Fallbacks, now: Circumstances
) -> Iterator[Rung | Reason]:
    if now.state is State.CLOSED:
        if fallbacks.night:
            yield from _team_rungs(fallbacks.night, Step.NIGHT, now)
        return
    if wanted.person:
        yield from _chain_of(wanted.person, directory, now)
    if wanted.team:
        yield from _team_rungs(wanted.team, Step.DUTY, now)
    for team in (team for team in fallbacks.last_resort if team != wanted.team):
        yield from _team_rungs(team, Step.LAST_RESORT, now)


def _chain_of(person: Person, directory: Snapshot, now: Circumstances) -> Iterator[Rung | Reason]:
    yield from _person_rungs(person, WORKER, Step.WORKER, directory, now)
    manager = directory.people.get(person.manager or "")
    if manager:
        yield from _person_rungs(manager, THEIR_MANAGER, Step.MANAGER, directory, now)
    else:
        yield NoNumber(THEIR_MANAGER)


def _person_rungs(
    person: Person, who: str, step: Step, directory: Snapshot, now: Circumstances
) -> Iterator[Rung | Reason]:
    absence = person.absence(now.at)
    if absence:
        cover = directory.people.get(absence.cover or "")
        yield Away(who, absence.until, "a colleague covers" if cover else "nobody covers")
        if cover is None or cover.absence(now.at):
            return
        person, who = cover, f"the colleague who covers for {who}"
    numbers = numbers_of(person, directory)
    if not numbers:
        yield NoNumber(who)
    for number in numbers:
        yield Rung(step, who, DutyNumber(number, person.accept))


def numbers_of(person: Person, directory: Snapshot) -> tuple[Number, ...]:
    """What rings for a person: their numbers, else their extension under the authority's rule (ruling 5)."""
    team = directory.teams.get(person.team)
    if person.numbers or team is None or person.extension is None:
        return person.numbers
    rule = directory.authority_of(team).extensions
    number = number_from(person.extension, rule) if rule else None
    return (number,) if isinstance(number, Number) else ()


def _team_rungs(team: Team, step: Step, now: Circumstances) -> Iterator[Rung | Reason]:
    if not any(duty.in_force(now.at) for duty in team.duty_numbers):
        yield NoNumber(team.name)
    for duty in team.duty_numbers:
        yield Rung(step, team.name, duty) if duty.in_force(now.at) else NotInForce(team.name)


def _checked(rung: Rung, rungs: list[Rung], directory: Snapshot, now: Circumstances) -> Rung | Reason:
    number = rung.number.number
    refused = denial(number, directory.excepted)
    if refused:
        return Denied(rung.who, refused)
    if number.e164 in now.avoid or number.e164 in directory.line_answering:
        return OwnNumber(rung.who)
    same = next((other.who for other in rungs if other.number.number == number), None)
    if same:
        return SameNumber(rung.who, same)
    return Engaged(rung.who) if number.e164 in now.engaged else rung


def _within_budget(rungs: list[Rung], rejected: list[Reason]) -> Ladder:
    kept = list(rungs)
    while len(kept) > 1 and seconds(kept) > LADDER_SECONDS:
        least = _least_needed(kept)
        kept.remove(least)
        rejected.append(NoTime(least.who))
    return Ladder(tuple(kept), tuple(rejected))


def seconds(rungs: list[Rung]) -> int:
    """The longest that these rungs keep the caller; the last one connects on answer, so it has no whisper."""
    whisper = WHISPER_SECONDS if rungs and rungs[-1].number.accept is Accept.KEY else 0
    return sum(rung.seconds for rung in rungs) - whisper


def _least_needed(rungs: list[Rung]) -> Rung:
    """A team's second number before its first, then the steps from the back; never the first rung nor the last one."""
    middle = rungs[1:-1] or rungs[:-1]
    firsts = {rung.who: rung for rung in reversed(rungs)}
    extra = [rung for rung in middle if firsts[rung.who] is not rung]
    return (extra or middle)[-1]

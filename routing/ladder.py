"""Who is rung, in what order, and why are the others not?

Allocated worker, their manager, the team's duty numbers, the line's last resort (D:20-22, ruling 11); when the line is
closed its night team alone. Nothing here rings: a ladder is an answer, and the call's position remembers who was tried.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from directory.model import Accept, DutyNumber, Person, Shift, Team, default_accept
from directory.numbers import Number, number_from
from directory.policy import denial
from directory.rota import holding
from directory.snapshot import Snapshot
from routing.hours import State
from routing.reasons import (
    Away,
    Denied,
    Engaged,
    Next,
    NoNumber,
    NotConfirmed,
    NoTime,
    NotInForce,
    OnRota,
    OwnNumber,
    Reason,
    RotaGap,
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
    HOLDER = "whoever holds the role"
    DEPUTY = "a deputy"
    ROLE = "the role's own number"
    STAND_IN = "the number that stands in"


PERSONAL = frozenset((Step.WORKER, Step.MANAGER, Step.HOLDER, Step.DEPUTY))


@dataclass(frozen=True, slots=True)
class Rung:
    """One phone: which step it is, who is said to be called, the number with its way of accepting, the rota's turn, and the
    slug of the person whose phone it is."""

    step: Step
    who: str
    number: DutyNumber
    authority: str = ""
    shift: Shift | None = None
    person: str = ""

    @property
    def seconds(self) -> int:
        """The longest that it keeps the caller: announcement, ringing, whisper."""
        whisper = WHISPER_SECONDS if self.number.accept is Accept.KEY else 0
        return ANNOUNCEMENT_SECONDS + RING_SECONDS + TWILIO_ADDS + whisper

    @property
    def is_personal(self) -> bool:
        """Whether the phone is somebody's own rather than an office's."""
        return self.step in PERSONAL or (self.shift is not None and isinstance(self.shift.who, str))

    @property
    def because(self) -> tuple[Reason, ...]:
        """Why it rings: its step, and its turn on a rota."""
        turn = (OnRota(self.who, self.shift.until),) if self.shift else ()
        return (Next(self.who, self.step), *turn)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the caller asked for: a person, or a team, or only the line's last resort. ``ahead`` is rung at any hour, before all."""

    team: Team | None = None
    person: Person | None = None
    ahead: "tuple[Rung | Reason, ...]" = ()


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
        left: list[Rung] = []
        passed: list[Reason] = []
        for rung in self.rungs:
            if tried(rung.number.number):
                passed.append(Tried(rung.who))
            else:
                left.append(rung)
        if not left:
            return None, (*self.rejected, *passed)
        unconfirmed = (NotConfirmed(left[0].who),) if self.accept(left[0]) is Accept.CONNECT else ()
        return left[0], (*self.rejected, *passed, *left[0].because, *unconfirmed)

    def accept(self, rung: Rung) -> Accept:
        """How a rung is taken: as its number is, but for the ladder's last one, which connects on answer (ruling 2)."""
        return Accept.CONNECT if rung == self.rungs[-1] else rung.number.accept


def ladder(directory: Snapshot, wanted: Wanted, fallbacks: Fallbacks, now: Circumstances) -> Ladder:
    """The ladder for a wish at a moment."""
    return _within_budget(*told_apart(_candidates(directory, wanted, fallbacks, now), directory, now))


def told_apart(
    candidates: Iterable[Rung | Reason], directory: Snapshot, now: Circumstances
) -> tuple[list[Rung], list[Reason]]:
    """The candidates that may ring, in order, and why the others are not among them."""
    rungs: list[Rung] = []
    rejected: list[Reason] = []
    for candidate in candidates:
        found = _checked(candidate, rungs, directory, now) if isinstance(candidate, Rung) else candidate
        (rungs if isinstance(found, Rung) else rejected).append(found)  # type: ignore[arg-type]  # sorted by type
    return rungs, rejected


def _candidates(
    directory: Snapshot, wanted: Wanted, fallbacks: Fallbacks, now: Circumstances
) -> Iterator[Rung | Reason]:
    yield from wanted.ahead
    if now.state is State.CLOSED:
        if fallbacks.night:
            yield from _team_rungs(fallbacks.night, Step.NIGHT, directory, now)
        return
    if wanted.person:
        yield from _chain_of(wanted.person, directory, now)
    if wanted.team:
        yield from _team_rungs(wanted.team, Step.DUTY, directory, now)
    for team in (team for team in fallbacks.last_resort if team != wanted.team):
        yield from _team_rungs(team, Step.LAST_RESORT, directory, now)


def _chain_of(person: Person, directory: Snapshot, now: Circumstances) -> Iterator[Rung | Reason]:
    yield from person_rungs(person, WORKER, Step.WORKER, directory, now)
    manager = directory.people.get(person.manager or "")
    if manager:
        yield from person_rungs(manager, THEIR_MANAGER, Step.MANAGER, directory, now)
    else:
        yield NoNumber(THEIR_MANAGER)


def person_rungs(
    person: Person, who: str, step: Step, directory: Snapshot, now: Circumstances
) -> Iterator[Rung | Reason]:
    """A person's numbers, or those of whoever covers while they are away."""
    absence = person.absence(now.at)
    if absence:
        cover = directory.people.get(absence.cover or "")
        covers = cover is not None and cover.absence(now.at) is None
        yield Away(who, absence.until, "a colleague covers" if covers else "nobody covers at this moment")
        if cover is None or not covers:
            return
        person, who = cover, f"the colleague who covers for {who}"
    numbers, team = numbers_of(person, directory), directory.teams.get(person.team)
    authority = team.authority if team else ""
    if not numbers:
        yield NoNumber(who)
    for number in numbers:
        yield Rung(step, who, DutyNumber(number, person.accept), authority, person=person.slug)


def numbers_of(person: Person, directory: Snapshot) -> tuple[Number, ...]:
    """What rings for a person: their numbers, else their extension under the authority's rule (ruling 5)."""
    team = directory.teams.get(person.team)
    if person.numbers or team is None or person.extension is None:
        return person.numbers
    rule = directory.authority_of(team).extensions
    number = number_from(person.extension, rule) if rule else None
    return (number,) if isinstance(number, Number) else ()


def _team_rungs(team: Team, step: Step, directory: Snapshot, now: Circumstances) -> Iterator[Rung | Reason]:
    """Whoever's turn it is on the rota, then the standing numbers: a gap in the rota falls to these."""
    turns = holding(team.rota, now.at)
    for shift in turns:
        yield from _shift_rungs(team, shift, step, directory, now)
    if team.rota and not turns:
        yield RotaGap(team.name)
    if not turns and not team.duty_numbers:
        yield NoNumber(team.name)
    for duty in team.duty_numbers:
        yield Rung(step, team.name, duty, team.authority) if duty.in_force(now.at) else NotInForce(team.name)


def _shift_rungs(
    team: Team, shift: Shift, step: Step, directory: Snapshot, now: Circumstances
) -> Iterator[Rung | Reason]:
    if isinstance(shift.who, Number):
        yield Rung(step, team.name, _standing(team, shift.who), team.authority, shift)
        return
    holder, person = f"whoever holds duty for {team.name}", directory.people.get(shift.who)
    for found in person_rungs(person, holder, step, directory, now) if person else (NoNumber(holder),):
        yield replace(found, who=team.name, shift=shift) if isinstance(found, Rung) else found


def _standing(team: Team, number: Number) -> DutyNumber:
    """A number as the team has it, else as it is usually answered."""
    known = (duty for duty in team.duty_numbers if duty.number == number)
    return next(known, DutyNumber(number, default_accept(number)))


def _checked(rung: Rung, rungs: list[Rung], directory: Snapshot, now: Circumstances) -> Rung | Reason:
    number = rung.number.number
    refused = denial(number, directory.excepted.get(rung.authority, frozenset()))
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

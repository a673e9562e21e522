"""Which entries of the directory deserve a second look? Computed from a snapshot and a moment; nothing is changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar

from directory.entry_findings import (
    Assumed,
    AwayWithoutCover,
    DutyGap,
    ExtensionNeighbours,
    MissingZero,
    MobileConnects,
    MobileOnly,
    NameTwice,
    Neighbours,
    NoNumber,
    NumberingGap,
    OddGrouping,
    OldReading,
    OutsidePolicy,
    SharedNumber,
    TeamTwice,
    UnknownCover,
    UnknownManager,
    UnknownOnRota,
)
from directory.findings import Evidence, Finding, Place, Subject, evidence
from directory.likeness import counted, grouped_oddly, lacks_zero, missing, neighbours
from directory.model import Accept, Authority, DutyNumber, Person, Shift, Team
from directory.numbers import Number
from directory.policy import DENIED_BY_PREFIX, denial
from directory.snapshot import Snapshot

MOBILE = "+447"
DENIED = tuple(DENIED_BY_PREFIX)
AHEAD = timedelta(days=14)
"""How long before it happens a gap in the dated numbers is told."""
STALE = timedelta(days=365)
PART = 5_000
"""So many people, or teams, take some milliseconds."""
Duty = tuple[Team, DutyNumber]
Rest = Callable[[], object]
E = TypeVar("E")


def lint(directory: Snapshot, now: datetime, rest: Rest = tuple) -> tuple[Finding, ...]:
    """Every finding, the worst first. Moments are told on the clock of ``now``. Linear in teams and people; ``rest`` is called now and
    then, so that others may work, too."""
    found = [finding for team in _resting(directory.teams.values(), rest) for finding in _of_team(directory, team, now)]
    rest()
    found += _across_teams(directory)
    found += _of_people(directory, now, rest)
    found += _old_readings(directory, now)
    return tuple(sorted(found, key=lambda finding: finding.rank))


def _resting(many: Iterable[E], rest: Rest) -> Iterator[E]:
    for place, one in enumerate(many, 1):
        yield one
        if not place % PART:
            rest()


def _of_team(directory: Snapshot, team: Team, now: datetime) -> Iterator[Finding]:
    yield from _without_number(team, now)
    yield from _unknown_on_rota(directory, team, now)
    yield from _mobile_only(team)
    yield from _printed_twice(team)
    excepted = directory.authority_of(team).excepted
    for duty in team.duty_numbers:
        yield from _of_number(team, duty)
        denied = denial(duty.number, excepted)
        if denied:
            yield OutsidePolicy(place_of(team), _read_at(duty), denied)
    yield from _assumed(team)


def place_of(team: Team) -> Place:
    """A team as the place of a finding."""
    return Place(Subject.TEAM, team.slug, team.authority, team.name)


def _read_at(duty: DutyNumber) -> Evidence:
    return evidence([duty.source], ())


def _evidence(kind: type[Finding], duties: Iterable[DutyNumber]) -> Evidence:
    duties = tuple(duties)
    texts = [text for duty in duties for text in (duty.note, duty.source.assumed if duty.source else "")]
    return evidence([duty.source for duty in duties], texts, kind.made_for)


def _without_number(team: Team, now: datetime) -> Iterator[Finding]:
    assumed = team.source.assumed.rstrip(".") if team.source else ""
    because = _nobody_because(team, now)
    if because:
        yield NoNumber(place_of(team), evidence([team.source], [assumed]), assumed or because)
    elif team.duty_numbers:
        yield from _dated_gap(team, now)


def _nobody_because(team: Team, now: datetime) -> str:
    """Why no number is or will be in force; empty where one is. A rota's gaps fall to the standing number."""
    ends = [duty.until for duty in team.duty_numbers if duty.until]
    if len(ends) < len(team.duty_numbers) or any(end > now for end in ends):
        return ""
    if any(shift.until > now for shift in team.rota):
        return "there is a rota, whose gaps fall to nobody"
    return f"the last one ended on {told_at(max(ends), now)}" if ends else "none was entered"


def _dated_gap(team: Team, now: datetime) -> Iterator[Finding]:
    spans: tuple[DutyNumber | Shift, ...] = (*team.duty_numbers, *team.rota)
    moments = [now, *(span.until for span in spans if span.until and now < span.until <= now + AHEAD)]
    bare = min((at for at in moments if not any(span.in_force(at) for span in spans)), default=None)
    if bare:
        later = min((span.since for span in spans if span.since and span.since > bare), default=None)
        yield DutyGap(
            place_of(team), Evidence(), told_at(bare, now), told_at(later, now) if later else "further notice"
        )


def _unknown_on_rota(directory: Snapshot, team: Team, now: datetime) -> Iterator[Finding]:
    ahead = (shift.who for shift in team.rota if shift.until > now)
    unknown = dict.fromkeys(who for who in ahead if isinstance(who, str) and who not in directory.people)
    if unknown:
        yield UnknownOnRota(place_of(team), Evidence(), tuple(unknown))


def told_at(at: datetime, now: datetime) -> str:
    """A moment on the clock of ``now``."""
    return f"{at.astimezone(now.tzinfo):%a %-d %b %Y %H:%M}"


def _mobile_only(team: Team) -> Iterator[Finding]:
    numbers = tuple(dict.fromkeys(duty.number for duty in team.duty_numbers))
    if numbers and all(number.e164.startswith(MOBILE) for number in numbers):
        yield MobileOnly(place_of(team), _evidence(MobileOnly, team.duty_numbers), numbers)


def _printed_twice(team: Team) -> Iterator[Finding]:
    standing = [duty for duty in team.duty_numbers if duty.source and not (duty.since or duty.until)]
    rows = {(duty.source.document, duty.source.line) for duty in standing if duty.source}
    numbers = tuple(dict.fromkeys(duty.number for duty in standing))
    if len(rows) > 1 and len(numbers) > 1:
        yield TeamTwice(place_of(team), _evidence(TeamTwice, standing), len(rows), numbers)


def _of_number(team: Team, duty: DutyNumber) -> Iterator[Finding]:
    at, printed = place_of(team), duty.source.printed if duty.source else ""
    if printed and lacks_zero(printed, duty.number):
        yield MissingZero(at, _evidence(MissingZero, [duty]), printed, duty.number)
    if printed and grouped_oddly(printed, duty.number):
        yield OddGrouping(at, _evidence(OddGrouping, [duty]), printed, duty.number)
    if duty.accept is Accept.CONNECT and duty.number.e164.startswith(MOBILE):
        yield MobileConnects(at, _read_at(duty), duty.number)


def _assumed(team: Team) -> Iterator[Finding]:
    """Once per text; for a team without a number, ``no-number`` says it already."""
    sources = [duty.source for duty in team.duty_numbers if duty.source and duty.source.assumed]
    for text, group in groupby(sources, key=lambda source: source.assumed):
        yield Assumed(place_of(team), evidence(group, [text]), text.rstrip("."))


def _across_teams(directory: Snapshot) -> Iterator[Finding]:
    by_number: dict[str, list[Duty]] = {}
    for team in directory.teams.values():
        for duty in team.duty_numbers:
            by_number.setdefault(duty.number.e164, []).append((team, duty))
    held = {e164: _held(by_number[e164]) for e164 in sorted(by_number)}
    for e164, own in held.items():
        yield from _shared(own)
        yield from _near(e164, held)
    yield from _of_names(directory)
    yield from _near_extensions(directory, by_number)


@dataclass(frozen=True, slots=True)
class Held:
    """A number with the teams that have it and what is noted of it, worked out once: each of many neighbours tells of it."""

    number: Number
    first: Team
    slugs: frozenset[str]
    names: tuple[str, ...]
    noted: tuple[DutyNumber, ...]
    told: str


def _held(duties: list[Duty]) -> Held:
    (first, duty), names = duties[0], _names(duties)
    noted = tuple(duty for _, duty in duties if duty.note or duty.source)
    slugs = frozenset(team.slug for team, _ in duties)
    return Held(duty.number, first, slugs, names, noted, f"{duty.number.national} ({', '.join(names)})")


def _shared(own: Held) -> Iterator[Finding]:
    if len(own.names) > 1:
        found = _evidence(SharedNumber, own.noted)
        yield SharedNumber(place_of(own.first), found, own.number, len(own.names), own.names)


def _names(duties: Iterable[Duty]) -> tuple[str, ...]:
    return tuple({team.slug: team.name for team, _ in duties}.values())


def _near(e164: str, held: Mapping[str, Held]) -> Iterator[Finding]:
    """Told once, at the lower number; a team's own numbers may be as like as they please."""
    own, near = held[e164], held.keys() & neighbours(e164)
    strange = [held[other] for other in sorted(near) if other > e164 and held[other].slugs != own.slugs]
    if strange:
        found = _evidence(Neighbours, [duty for one in (own, *strange) for duty in one.noted])
        yield Neighbours(place_of(own.first), found, own.number, own.names, tuple(one.told for one in strange))


def _near_extensions(directory: Snapshot, by_number: Mapping[str, list[Duty]]) -> Iterator[Finding]:
    for duties in by_number.values():
        team, duty = duties[0]
        rule = directory.authority_of(team).extensions
        extension = rule.extension(duty.number) if rule else None
        for keyed in {extension, *neighbours(extension)} if extension else ():
            person = directory.person_keyed(team.authority, keyed)
            if person:
                at = _place(directory, person)
                yield ExtensionNeighbours(at, Evidence(), at.name, _names(duties))


def _of_names(directory: Snapshot) -> Iterator[Finding]:
    named: dict[tuple[str, str], list[Team]] = {}
    series: dict[tuple[str, str], dict[int, Team]] = {}
    for team in directory.teams.values():
        named.setdefault((team.authority, team.name.casefold()), []).append(team)
        found = counted(team.name)
        if found:
            series.setdefault((team.authority, found[0]), {})[found[1]] = team
    for teams in named.values():
        if len(teams) > 1:
            yield NameTwice(place_of(teams[0]), evidence([team.source for team in teams], ()), len(teams))
    for (_, stem), members in series.items():
        lacking, last = tuple(f"{stem} {at}" for at in missing(members)), members[max(members)]
        if lacking:
            yield NumberingGap(place_of(last), _evidence(NumberingGap, last.duty_numbers), lacking)


def _of_people(directory: Snapshot, now: datetime, rest: Rest) -> Iterator[Finding]:
    """One plain loop: there may be a hundred thousand. Numbers are judged by their beginning, which is all that can have
    changed since they were entered."""
    people = directory.people
    for person in _resting(people.values(), rest):
        if person.manager and person.manager not in people:
            at = _place(directory, person)
            yield UnknownManager(at, Evidence(), at.name, person.manager)
        if person.away:
            yield from _absences(directory, person, now)
        for number in person.numbers:
            if number.e164.startswith(DENIED):
                yield from _denied(directory, person, number)


def _denied(directory: Snapshot, person: Person, number: Number) -> Iterator[Finding]:
    team = directory.teams.get(person.team)
    denied = denial(number, directory.authority_of(team).excepted if team else frozenset())
    if denied:
        at = _place(directory, person)
        yield OutsidePolicy(replace(at, name=f"a worker of {at.name}"), Evidence(), denied)


def _absences(directory: Snapshot, person: Person, now: datetime) -> Iterator[Finding]:
    for gap in person.away:
        if gap.until <= now or gap.cover in directory.people:
            continue
        at = _place(directory, person)
        if gap.cover:
            yield UnknownCover(at, Evidence(), at.name, gap.cover)
        else:
            yield AwayWithoutCover(at, Evidence(), at.name, told_at(gap.since, now), told_at(gap.until, now))


def _place(directory: Snapshot, person: Person) -> Place:
    """A worker is named by the team: a finding may be read by those who see no personal data."""
    team = directory.teams.get(person.team)
    authority, name = (team.authority, team.name) if team else ("", person.team)
    return Place(Subject.PERSON, person.slug, authority, name)


def _old_readings(directory: Snapshot, now: datetime) -> Iterator[Finding]:
    latest: dict[tuple[str, str], date] = {}
    for team in directory.teams.values():
        for source in (team.source, *(duty.source for duty in team.duty_numbers)):
            if source and source.read:
                key = (team.authority, source.document)
                latest[key] = max(latest.get(key, source.read), source.read)
    for (slug, document), read in latest.items():
        if now.date() - read > STALE:
            owner = directory.authorities.get(slug) or Authority(slug, slug)
            yield OldReading(Place(Subject.AUTHORITY, slug, slug, owner.name), Evidence(document), document, read)

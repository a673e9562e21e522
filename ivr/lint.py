"""Which entries, plans and days deserve a second look? Everything that ``directory.lint`` finds, and what lines add to it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from directory.findings import Evidence, Finding, Place, Subject, evidence
from directory.lint import STALE, Rest, lint, place_of
from directory.model import Team
from directory.numbers import Number
from directory.snapshot import Snapshot
from ivr.findings import (
    AssumedInPlan,
    DramaNumber,
    HolidaysEnd,
    NightGap,
    NightRefuted,
    NoNight,
    NumberStandsIn,
    OldSource,
    ReachesNobody,
    UnansweredLine,
    UndatedSource,
    UnknownLine,
    UnknownTeam,
)
from ivr.moment import World
from ivr.plan import HandOver, Night, Plan
from ivr.role_lint import role_findings
from routing.calendar import Calendar
from routing.clock import local
from routing.reasons import clock_time

HOLIDAYS_AHEAD = timedelta(days=90)
DECLARED_GAP = "no number"
"""A team's row whose ``assumed`` says so declares that no source prints a number for it (ruling 10)."""
DRAMA = (
    "+442079460", "+441134960", "+441144960", "+441154960", "+441164960", "+441174960", "+441184960", "+441214960",
    "+441314960", "+441414960", "+441514960", "+441614960", "+441914980", "+441632960", "+442896496", "+442920180",
    "+447700900", "+448081570", "+449098790", "+443069990",
)  # fmt: skip
"""Ofcom's telephone numbers for use in TV and radio drama."""


def findings(world: World, now: datetime, rest: Rest = tuple) -> tuple[Finding, ...]:
    """Every finding about directory, lines in force and calendar, the worst first; ``rest`` is called now and then."""
    plans = [world.plans.by_digest[digest] for digest in world.plans.current.values()]
    found = [
        *lint(world.directory, local(now), rest),
        *role_findings(world.directory, local(now)),
        *(one for plan in plans for one in line_findings(world, plan, now)),
    ]
    found += _of_calendar(world.calendar, local(now).date())
    return tuple(sorted(found, key=lambda finding: finding.rank))


def line_findings(world: World, plan: Plan, now: datetime) -> Iterator[Finding]:
    """Every finding about one line."""
    directory = world.directory
    at, read = Place(Subject.LINE, plan.line, plan.authority, plan.name), Evidence(plan.source)
    line = directory.lines.get(plan.line)
    if line is None or not line.numbers:
        yield UnansweredLine(at, read)
    targets = sorted({node.line for node in plan.nodes.values() if isinstance(node, HandOver)})
    yield from (UnknownLine(at, read, target) for target in targets if world.plans.of_line(target) is None)
    override = world.overrides.get(plan.line)
    if override and override.in_force(now):
        yield NumberStandsIn(at, read, override.number, clock_time(override.until))
    yield from _of_teams(directory, plan, at)
    yield from _of_night(directory, plan, at)
    yield from _of_source(plan, at, local(now).date())
    for marked in plan.marked:
        texts = [marked.source, marked.assumed]
        source = ", ".join(text for text in (plan.source, marked.source) if text)
        yield AssumedInPlan(at, Evidence(source, evidence((), texts).points), marked.place, marked.assumed.rstrip("."))


def _of_teams(directory: Snapshot, plan: Plan, at: Place) -> Iterator[Finding]:
    for slug in sorted(plan.teams - directory.teams.keys()):
        yield UnknownTeam(at, Evidence(plan.source), slug)
    if not any(team.duty_numbers or team.rota for team in map(directory.teams.get, plan.teams) if team):
        yield ReachesNobody(at, Evidence(plan.source))


def _of_night(directory: Snapshot, plan: Plan, at: Place) -> Iterator[Finding]:
    if plan.night is Night.NONE_PRINTED:
        yield NoNight(at, Evidence(plan.source))
        return
    team = directory.teams.get(plan.night_team) or Team(plan.night_team, plan.night_team, plan.authority)
    if team.duty_numbers or team.rota:
        return
    assumed = team.source.assumed if team.source else ""
    if DECLARED_GAP in assumed:
        yield NightGap(at, evidence([team.source], [assumed]), team.name)
    else:
        yield NightRefuted(at, evidence([team.source], ()), plan.night.value, team.name)


def _of_source(plan: Plan, at: Place, today: date) -> Iterator[Finding]:
    if not plan.reviewed and plan.source:
        yield UndatedSource(at, Evidence(plan.source), plan.source)
    reviewed = _month(plan.reviewed)
    if reviewed and today - reviewed > STALE:
        yield OldSource(at, Evidence(plan.source), plan.source, f"{reviewed:%B %Y}")


def _month(text: str) -> date | None:
    """A day of ``2018-01`` or ``2018-01-15``; nothing where the text is no date."""
    try:
        return date.fromisoformat(text if len(text) > len("2018-01") else f"{text}-01")
    except ValueError:
        return None


def _of_calendar(calendar: Calendar, today: date) -> Iterator[Finding]:
    if calendar.holidays and calendar.known_until - today < HOLIDAYS_AHEAD:
        at = Place(Subject.CALENDAR, "england-and-wales", "", "England and Wales")
        yield HolidaysEnd(at, Evidence(), calendar.known_until)


def drama_numbers(directory: Snapshot) -> tuple[Finding, ...]:
    """Every line, team and worker with a number that rings nowhere; an error wherever real calls come in."""
    found = [DramaNumber(at, Evidence()) for at, numbers in _numbers(directory) if _has_drama(numbers)]
    return tuple(sorted(found, key=lambda finding: finding.rank))


def _numbers(directory: Snapshot) -> Iterator[tuple[Place, tuple[Number, ...]]]:
    for line in directory.lines.values():
        yield Place(Subject.LINE, line.slug, "", f"the line {line.slug}"), line.numbers
    for team in directory.teams.values():
        yield place_of(team), tuple(duty.number for duty in team.duty_numbers)
    for person in directory.people.values():
        yield Place(Subject.PERSON, person.slug, "", f"a worker of {person.team}"), person.numbers


def _has_drama(numbers: tuple[Number, ...]) -> bool:
    return any(number.e164.startswith(DRAMA) for number in numbers)

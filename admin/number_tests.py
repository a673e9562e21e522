"""Do duty numbers really answer? Which ones are called for a test, when and why not others, what came of it, and who wants that."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body
from admin.listing import Search, document, first_page, matches, opened
from admin.number_schedule import Goes, Schedule, Scheduled, schedule_of, scheduled
from admin.ports import desk, newest_world, now
from admin.problems import Faults, missing
from admin.scope import refuse_outside
from admin.shapes import NumberOut, moment_out, office_number
from admin.teams import TeamPath
from directory.model import Team
from directory.problems import Fault
from directory.snapshot import written
from ivr.moment import World
from ivr.testable import Duty, duties
from store import number_tests
from store.audit import Deed, note
from store.number_outcomes import WORDS
from store.number_tests import Choice, Standing

MOST = 50
"""Tests of a team that are shown."""

api = resource_api("number-tests", "Test calls of duty numbers: key 1 confirms that somebody answers.")


class NumberTestOut(BaseModel):
    """A duty number: whether and when it is called next, and what came of the last test."""

    team: str
    number: NumberOut | None
    state: Goes
    because: str = Field(description="Why it is not called; empty where it is.")
    next_at: str | None
    flagged_at: str | None = Field(description="Since when it is flagged: two or more tests in a row have failed.")
    failures: int = Field(description="How many tests in a row have failed.")
    last_at: str | None
    last_outcome: str = Field(examples=["confirmed"])


class NumberTestList(BaseModel):
    """A page of duty numbers."""

    items: list[NumberTestOut]
    next: str | None


class MadeTestOut(BaseModel):
    """One test call."""

    at: str
    number: NumberOut | None
    outcome: str = Field(examples=["no key"])
    words: str


class TeamTestsOut(BaseModel):
    """What a team wants, its duty numbers, and its last tests, the newest first."""

    team: str
    tests: bool
    moves: bool
    numbers: list[NumberTestOut]
    history: list[MadeTestOut]


class ChoiceIn(Body):
    """Whether a team's numbers are tested, and whether one that does not answer may be put behind the next."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["tests"]})

    tests: StrictBool | None = Field(None, description="Whether the team's duty numbers are called.")
    moves: StrictBool = Field(
        default=False,
        description="Whether a number that fails twice in a row rings behind the next one until it answers.",
    )


@api.get("/number-tests", responses={200: NumberTestList})
def every_number_test(query: Search) -> Mapping[str, object]:
    """What would be called, and why the others would not: every duty number, by team. Nothing is called by asking."""
    known, after = schedule_now(), opened(query.cursor)
    found = (one for one in duties(known.world.directory) if _place(one) > after and _wanted(one, query))
    cut = first_page(found, _place, query)
    return document(
        [number_out(scheduled(known, one), known.world).model_dump(mode="json") for one in cut.items], cut.next
    )


@api.get("/teams/<slug>/number-tests", responses={200: TeamTestsOut})
def team_number_tests(path: TeamPath) -> Mapping[str, object]:
    """A team's choice, its duty numbers and their last tests."""
    return shown(path.slug)


@api.put("/teams/<slug>/number-tests", responses={200: TeamTestsOut})
def put_number_tests(path: TeamPath, body: ChoiceIn) -> Mapping[str, object]:
    """Switch the tests of a team on or off, and say whether a number that does not answer may be moved back."""
    faults, world = Faults(), newest_world()
    team = _team(path.slug, world)
    refuse_outside([written(team)], world)
    if body.tests is None:
        faults.note("tests", Fault.MISSING)
    body.refuse(faults)
    new, doer = Choice(team.slug, bool(body.tests), body.moves), author(body.why)
    with desk().database.write_in_order() as connection:
        was = number_tests.choice_of(connection, team.slug)
        number_tests.choose(connection, new)
        deed = Deed(doer.who, "choose", "number-tests", team.slug, _told(was), _told(new), doer.why)
        note(connection, deed, now())
    return shown(path.slug)


def _told(choice: Choice) -> Mapping[str, bool]:
    return {"tests": choice.tests, "moves": choice.moves}


def shown(slug: str) -> Mapping[str, object]:
    """What a team wants, its numbers and their history."""
    known = schedule_now()
    team = _team(slug, known.world)
    wants, numbers = known.choice(slug), [duty.number.e164 for duty in team.duty_numbers]
    with desk().database.read() as connection:
        tests = number_tests.history(connection, numbers, MOST)
    authority, by_text = (
        known.world.directory.authorities.get(team.authority),
        {n.number.e164: n.number for n in team.duty_numbers},
    )
    rows = [number_out(scheduled(known, Duty(team, duty)), known.world) for duty in team.duty_numbers]
    history = [
        MadeTestOut(at=moment_out(one.asked_at) or "", number=office_number(by_text[one.number], authority), outcome=one.outcome,
                words=WORDS[one.outcome])
        for one in tests
    ]  # fmt: skip
    found = TeamTestsOut(team=slug, tests=wants.tests, moves=wants.moves, numbers=rows, history=history)
    return found.model_dump(mode="json")


def _team(slug: str, world: World) -> Team:
    team = world.directory.teams.get(slug)
    if team is None:
        raise missing(f"team “{slug}”")
    return team


def schedule_now() -> Schedule:
    """What is known of the tests now."""
    world = newest_world()
    with desk().database.read() as connection:
        return schedule_of(connection, world, now())


def number_out(found: Scheduled, world: World) -> NumberTestOut:
    """A duty number as it is answered."""
    one, standing = found.one, found.standing or Standing("", found.next_at or now())
    return NumberTestOut(
        team=one.team.slug, number=office_number(one.number, world.directory.authorities.get(one.team.authority)),
        state=found.state, because=found.because, next_at=moment_out(found.next_at), flagged_at=moment_out(standing.flagged_at),
        failures=standing.failures, last_at=moment_out(standing.last_at), last_outcome=standing.last_outcome,
    )  # fmt: skip


def _wanted(one: Duty, query: Search) -> bool:
    return query.authority in ("", one.team.authority) and (
        not query.q or matches(query.q, one.team.name, one.team.slug)
    )


def _place(one: Duty) -> str:
    """Where a duty number stands in the list. It goes into addresses, so that the number itself is not in it."""
    return f"{one.team.slug} {one.team.duty_numbers.index(one.duty):02}"

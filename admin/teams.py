"""Which teams are there, and which numbers ring for them?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author, sees_personal_data
from admin.blueprints import resource_api
from admin.body import Body, Name, Slug, Strict
from admin.duty_numbers import DutyNumberIn, DutyNumberOut, DutyNumbersBody, duty_number_out, duty_numbers_in
from admin.listing import Search, document, first_page, opened
from admin.ports import newest_world, version, versions
from admin.problems import API, Faults, missing, referred
from admin.route import RouteOut, next_call
from admin.versions import created, expected, gone, resource, unless_known
from admin.writing import written
from directory.importing import slug_of
from directory.model import LONGEST_SLUG, Team
from directory.problems import Fault
from directory.search import OFFICES, TEAMS
from directory.snapshot import Change, Kind, Snapshot
from directory.snapshot import written as change_of
from ivr.moment import World

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_WORDS = "“{}” is not a slug; use small letters, digits and single hyphens."
STILL_NEEDED = "The team is still needed; change what refers to it first."

api = resource_api("teams", "Teams and the numbers that ring for them.")


class TeamPath(Strict):
    """Which team."""

    slug: str


class TeamFields(Body):
    """What of a team can be changed."""

    name: Name | None = None
    area: Name | None = None
    service: Name | None = None
    aliases: list[Name] | None = Field(None, max_length=20)
    duty_numbers: list[DutyNumberIn] | None = Field(None, max_length=20)


class NewTeam(TeamFields):
    """A team to be made; without a slug it gets one from authority and name."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["name", "authority"]}
    )

    slug: Slug | None = None
    authority: Slug = ""


class TeamOut(BaseModel):
    """A team."""

    slug: str
    name: str
    authority: str
    area: str
    service: str
    aliases: list[str]
    duty_numbers: list[DutyNumberOut]


class VersionedTeam(TeamOut):
    """A team at its version."""

    version: int


class TeamAfterwards(VersionedTeam):
    """A team after its duty numbers changed, and what the next call would do."""

    next_call: RouteOut | None


class TeamList(BaseModel):
    """A page of teams."""

    items: list[VersionedTeam]
    next: str | None


@api.get("/teams", responses={200: TeamList})
def every_team(query: Search) -> Mapping[str, object]:
    """Teams, by slug."""
    seen = newest_world()
    cut = first_page(_wanted(query, seen.directory), lambda team: team.slug, query)
    found, world = versions(Kind.TEAM, [team.slug for team in cut.items])
    here = world.directory.teams
    shown = (here[slug] for slug in (team.slug for team in cut.items) if slug in here)
    return document(
        [{**body_of(one, world), "version": found[one.slug]} for one in shown if one.slug in found], cut.next
    )


def _wanted(query: Search, directory: Snapshot) -> Iterable[Team]:
    """Whoever sees no personal data finds no team by a mobile."""
    finder = TEAMS if sees_personal_data() else OFFICES
    return finder.found(query.q, directory, opened(query.cursor), query.authority)


@api.get("/teams/<slug>", responses={200: VersionedTeam})
def one_team(path: TeamPath) -> Response:
    """A team with its duty numbers."""
    at, world = version(Kind.TEAM, path.slug)
    team = world.directory.teams.get(path.slug)
    if team is None or at is None:
        raise missing(f"team “{path.slug}”")
    return unless_known(resource(body_of(team, world), at))


@api.post("/teams", responses={201: VersionedTeam})
def new_team(body: NewTeam) -> Response:
    """Make a team."""
    slug = body.slug or slug_of(body.authority, body.name or "")
    _, world = written(lambda world: (team_made(body, slug, world), None), author(body.why))
    team = world.directory.teams[slug]
    return created(resource(body_of(team, world), 1), f"{API}/teams/{slug}")


def team_made(body: NewTeam, slug: str, world: World) -> Change:
    """The new team that a body describes. 422 with every fault."""
    faults = Faults()
    for field, value in (("authority", body.authority), ("name", body.name)):
        if not value:
            faults.note(field, Fault.MISSING)
    if body.authority and body.authority not in world.directory.authorities:
        faults.note("authority", Fault.UNKNOWN, body.authority)
    if slug in world.directory.teams:
        faults.note("slug", Fault.TAKEN, slug)
    if body.slug and not SLUG.fullmatch(body.slug):
        faults.say("slug", "slug", SLUG_WORDS.format(body.slug))
    if len(slug) > LONGEST_SLUG:
        faults.note("slug", Fault.TOO_LONG, str(len(slug)))
    team = team_changed(Team(slug, "", body.authority), body, world.directory, faults)
    body.refuse(faults)
    return change_of(team)


@api.patch("/teams/<slug>", responses={200: VersionedTeam})
def changed_team(path: TeamPath, body: TeamFields) -> Response:
    """Change the fields that are given."""
    at, world = written(lambda world: _patched(path.slug, body, world), author(body.why))
    return resource(body_of(world.directory.teams[path.slug], world), at)


def _patched(slug: str, body: TeamFields, world: World) -> tuple[Change, int]:
    team, at = _guarded(slug, world)
    faults = Faults()
    if "name" in body.model_fields_set and not body.name:
        faults.note("name", Fault.MISSING)
    team = team_changed(team, body, world.directory, faults)
    body.refuse(faults)
    return change_of(team), at


def _guarded(slug: str, world: World) -> tuple[Team, int]:
    """The team, and the version that the writer has seen: its present one."""
    at, _ = version(Kind.TEAM, slug)
    team = world.directory.teams.get(slug)
    if team is None or at is None:
        raise missing(f"team “{slug}”")
    return team, expected(at)


def team_changed(team: Team, body: TeamFields, directory: Snapshot, faults: Faults) -> Team:
    """The team with the fields that were given; every fault is noted."""
    given = body.model_fields_set
    numbers = duty_numbers_in(body.duty_numbers or (), team, directory, faults)
    return replace(
        team,
        name=body.name or team.name,
        area=body.area or "" if "area" in given else team.area,
        service=body.service or "" if "service" in given else team.service,
        aliases=tuple(filter(None, body.aliases or ())) if "aliases" in given else team.aliases,
        duty_numbers=numbers if "duty_numbers" in given else team.duty_numbers,
    )


@api.put("/teams/<slug>/duty-numbers", responses={200: TeamAfterwards})
def put_duty_numbers(path: TeamPath, body: DutyNumbersBody) -> Response:
    """Replace the ordered list; the reply says what the next call for the team would do."""
    at, world = written(lambda world: _with_numbers(path.slug, body, world), author(body.why))
    team = world.directory.teams[path.slug]
    return resource({**body_of(team, world), "next_call": next_call(team, world)}, at)


def _with_numbers(slug: str, body: DutyNumbersBody, world: World) -> tuple[Change, int]:
    team, at = _guarded(slug, world)
    faults = Faults()
    numbers = duty_numbers_in(body.duty_numbers, team, world.directory, faults)
    if "duty_numbers" not in body.model_fields_set:
        faults.note("duty_numbers", Fault.MISSING)
    body.refuse(faults)
    return change_of(replace(team, duty_numbers=numbers)), at


@api.delete("/teams/<slug>", responses={204: None})
def gone_team(path: TeamPath) -> Response:
    """Remove a team that nobody and no plan in force still names."""
    written(lambda world: _removed(path.slug, world), author())
    return gone()


def _removed(slug: str, world: World) -> tuple[Change, int]:
    _, at = _guarded(slug, world)
    needed = list(_who_needs(slug, world))
    if needed:
        raise referred(STILL_NEEDED, "team", needed)
    return Change(Kind.TEAM, slug, None), at


def _who_needs(slug: str, world: World) -> Iterator[str]:
    yield from (f"person {person.slug}" for person in world.directory.people.values() if person.team == slug)
    yield from (f"role {role.slug}" for role in world.directory.roles.values() if role.team == slug)
    plans = (world.plans.of_line(line) for line in world.plans.current)
    yield from (f"plan {plan.line}" for plan in plans if plan and slug in plan.teams)


def body_of(team: Team, world: World) -> dict[str, Any]:
    """A team as it is answered."""
    authority = world.directory.authorities.get(team.authority)
    shown = TeamOut(
        slug=team.slug,
        name=team.name,
        authority=team.authority,
        area=team.area,
        service=team.service,
        aliases=list(team.aliases),
        duty_numbers=[duty_number_out(duty, authority) for duty in team.duty_numbers],
    )
    return shown.model_dump(mode="json", by_alias=True)

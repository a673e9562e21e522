"""Who holds a team's duty, and when? Its rota, as JSON or as a calendar file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from flask import Response, request
from pydantic import Field

from admin.auth import author, sees_personal_data
from admin.blueprints import resource_api
from admin.body import Strict, Text
from admin.ports import now, version
from admin.problems import Faults, FieldProblem, ProblemError, invalid, missing, refuse_invalid
from admin.rota_shapes import (
    FIELD,
    RotaAfterwards,
    RotaBody,
    RotaOut,
    VersionedRota,
    gap_out,
    shift_out,
    shifts_in,
    stretch_out,
)
from admin.route import next_call
from admin.shapes import period_in
from admin.versions import expected, resource, unless_known
from admin.writing import written
from directory.holders import Holders
from directory.ics import Wall, read_ics
from directory.ics_export import ics_of
from directory.model import Shift, Team
from directory.numbers import Number
from directory.problems import Fault
from directory.rota import Rota, difference, gaps
from directory.search import MOBILE
from directory.snapshot import Change, Kind, Snapshot
from directory.snapshot import written as change_of
from ivr.moment import World
from ivr.timeline import timeline
from routing.clock import LONDON
from routing.wording import hour_from

CALENDAR = "text/calendar"
AHEAD, LONGEST = timedelta(days=28), timedelta(days=400)
NOT_TEXT = "The calendar file is not UTF-8; export it anew."
TOO_LONG = "the time asked for is longer than 400 days; ask for less at a time."
NO_HOUR = "“{}” is not a time of the day; write it as 17:00."
MIDNIGHT = "00:00"
Span = tuple[datetime, datetime]

api = resource_api("rota", "Who holds a team's duty, and when.")


class RotaPath(Strict):
    """Whose rota."""

    slug: str


class RotaSpan(Strict):
    """From when until when gaps and timeline are told: by default the next four weeks."""

    since: Text = Field("", alias="from", description="ISO 8601, or words like “Fri 17:00”.")
    until: Text = ""


class RotaWrite(Strict):
    """How a rota is written."""

    dry_run: bool = Field(default=False, description="Only say what would change.")
    handover: Text = Field("", description="When days without a time are handed over, as “17:00”; midnight by default.")


@api.get("/teams/<slug>/rota", responses={200: VersionedRota})
def rota_of(path: RotaPath, query: RotaSpan) -> Response:
    """A team's rota, when nobody is on it, and who rings first from when to when. As ``text/calendar`` where asked."""
    at, world = version(Kind.TEAM, path.slug)
    team = world.directory.teams.get(path.slug)
    if team is None or at is None:
        raise missing(f"team “{path.slug}”")
    if request.accept_mimetypes.best_match(["application/json", CALENDAR]) == CALENDAR:
        return unless_known(as_calendar(team, at, world.directory))
    reply = resource(body_of(team, world.directory, _span(query)).model_dump(mode="json", by_alias=True), at)
    reply.vary.update(("Authorization", "Accept"))
    return unless_known(reply)


def _span(query: RotaSpan) -> Span:
    faults = Faults()
    given = period_in("", (query.since, query.until), faults)
    since = given[0] or now()
    until = given[1] or since + AHEAD
    if not faults.found and until <= since:
        faults.note("until", Fault.ORDER, query.until)
    elif not faults.found and until - since > LONGEST:
        faults.say("until", "too-long", TOO_LONG)
    refuse_invalid(faults.found)
    return since, until


def as_calendar(team: Team, at: int, directory: Snapshot) -> Response:
    """A rota as a calendar file; without names and mobiles for those who may not see them."""
    shown = (team, directory) if sees_personal_data() else (_without_people(team), Snapshot())
    reply = Response(ics_of(*shown), content_type=f"{CALENDAR}; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="rota-{team.slug}.ics"'
    reply.headers["ETag"] = resource({}, at).headers["ETag"]
    reply.vary.update(("Authorization", "Accept"))
    return reply


def _without_people(team: Team) -> Team:
    return replace(team, rota=tuple(replace(shift, note="", who=_hidden(shift)) for shift in team.rota))


def _hidden(shift: Shift) -> Number | str:
    """Nobody in particular for a mobile, which is somebody's own."""
    return "" if isinstance(shift.who, Number) and shift.who.e164.startswith(MOBILE) else shift.who


def body_of(team: Team, directory: Snapshot, span: Span) -> RotaOut:
    """A rota as it is answered."""
    authority = directory.authorities.get(team.authority)
    return RotaOut(
        team=team.slug,
        shifts=[shift_out(shift, directory, authority) for shift in team.rota],
        gaps=[gap_out(gap) for gap in gaps(team.rota, *span)] if team.rota else [],
        timeline=[stretch_out(one, authority) for one in timeline(directory, team, *span)],
    )


@api.put("/teams/<slug>/rota", responses={200: RotaAfterwards})
def put_rota(path: RotaPath, query: RotaWrite, body: RotaBody) -> Response:
    """Replace a team's rota, or say what doing so would change; the reply tells the gaps and what the next call would do."""
    at, world = version(Kind.TEAM, path.slug)
    before = world.directory.teams.get(path.slug)
    if query.dry_run:
        change, _ = _with_rota(path.slug, query, body, world)
        world = replace(world, directory=world.directory.changed(world.directory.version, [change]))
    else:
        at, world = written(lambda world: _with_rota(path.slug, query, body, world), author(body.why))
    return _told(before.rota if before else (), world.directory.teams[path.slug], world, at or 0, query)


def _with_rota(slug: str, query: RotaWrite, body: RotaBody, world: World) -> tuple[Change, int]:
    team, at = _guarded(slug, world)
    at = at if query.dry_run else expected(at)
    rota = _from_request(team, query, world) if request.mimetype == CALENDAR else _from_json(team, body, world)
    return change_of(replace(team, rota=rota)), at


def _guarded(slug: str, world: World) -> tuple[Team, int]:
    at, _ = version(Kind.TEAM, slug)
    team = world.directory.teams.get(slug)
    if team is None or at is None:
        raise missing(f"team “{slug}”")
    return team, at


def rewritten(slug: str, made: Callable[[Team, World], Rota], world: World) -> tuple[Change, int]:
    """A team with the rota that is made of what it is, for a writer who has seen its present version."""
    team, at = _guarded(slug, world)
    return change_of(replace(team, rota=made(team, world))), expected(at)


def _from_json(team: Team, body: RotaBody, world: World) -> Rota:
    faults = Faults()
    rota = shifts_in(body.shifts, team, world.directory, faults)
    if FIELD not in body.model_fields_set:
        faults.note(FIELD, Fault.MISSING)
    body.refuse(faults)
    return rota


def _from_request(team: Team, query: RotaWrite, world: World) -> Rota:
    return from_calendar(request.get_data(), query.handover, team, world)


def from_calendar(content: bytes, handover: str, team: Team, world: World) -> Rota:
    """The turns of a calendar file; days without a time are handed over at ``handover`` (empty: midnight)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ProblemError(HTTPStatus.BAD_REQUEST, NOT_TEXT) from fault
    hour = hour_from(handover or MIDNIGHT)
    if hour is None:
        faults = Faults()
        faults.say("handover", "hour", NO_HOUR.format(handover))
        raise invalid(faults.found)
    found = read_ics(text, Holders(team, world.directory), Wall(LONDON, hour))
    refuse_invalid(FieldProblem(field=one.field, code=one.code, message=one.sentence) for one in found.problems)
    return found.shifts


def _told(before: Rota, team: Team, world: World, at: int, query: RotaWrite) -> Response:
    authority = world.directory.authorities.get(team.authority)
    changed = difference(before, team.rota)
    shown: dict[str, Any] = RotaAfterwards(
        **dict(body_of(team, world.directory, (now(), now() + AHEAD))),
        version=at,
        written=not query.dry_run,
        added=[shift_out(shift, world.directory, authority) for shift in changed.added],
        removed=[shift_out(shift, world.directory, authority) for shift in changed.removed],
        next_call=None,
    ).model_dump(mode="json", by_alias=True)
    return resource({**shown, "next_call": next_call(team, world)}, at)

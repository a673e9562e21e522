"""When is a line open or closed against its weekly rule?"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Slug, Strict, Text
from admin.listing import Search, document, matches, page
from admin.ports import version, versions
from admin.problems import API, Faults, missing
from admin.shapes import moment_out, period_in
from admin.versions import created, expected, gone, resource, unless_known
from admin.writing import written
from directory.model import Closure, Effect
from directory.problems import Fault
from directory.snapshot import Change, Kind
from directory.snapshot import written as change_of
from ivr.moment import World
from routing.calendar import repeats

ELSEWHERE = "“{}” is not a line of this authority; give only one of the two."

api = resource_api("closures", "Dated overrides of hours, open or closed, always with an end.")


class ClosurePath(Strict):
    """Which closure."""

    id: str


class NewClosure(Body):
    """A closure or opening to be entered; for one line, for one authority, or for all."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["effect", "from", "until", "reason"]}
    )

    effect: Effect | None = None
    since: Text = Field("", alias="from", description="ISO 8601, or words like “Fri 16:05”.")
    until: Text = ""
    reason: Text = ""
    authority: Slug | None = None
    line: Slug | None = None
    rrule: Text | None = Field(None, description="RFC 5545, with COUNT or UNTIL.", examples=["FREQ=WEEKLY;COUNT=6"])


class ClosureOut(BaseModel):
    """A closure or opening."""

    id: str
    effect: Effect
    since: str | None = Field(serialization_alias="from")
    until: str | None
    reason: str
    authority: str | None
    line: str | None
    rrule: str | None


class VersionedClosure(ClosureOut):
    """A closure at its version."""

    version: int


class ClosureList(BaseModel):
    """A page of closures."""

    items: list[VersionedClosure]
    next: str | None


@api.get("/closures", responses={200: ClosureList})
def every_closure(query: Search) -> Mapping[str, object]:
    """Closures and openings, the earliest first."""
    found, world = versions(Kind.CLOSURE)
    closures = (one for one in world.directory.closures.values() if one.slug in found and _wanted(one, query))
    cut = page(closures, lambda one: f"{one.since.timestamp():015.3f} {one.slug}", query)
    return document([{**body_of(one), "version": found[one.slug]} for one in cut.items], cut.next)


def _wanted(closure: Closure, query: Search) -> bool:
    if query.authority and closure.authority != query.authority:
        return False
    return matches(query.q, closure.slug, closure.reason, closure.effect, closure.line or "", closure.authority or "")


@api.get("/closures/<id>", responses={200: VersionedClosure})
def one_closure(path: ClosurePath) -> Response:
    """A closure."""
    at, world = version(Kind.CLOSURE, path.id)
    closure = world.directory.closures.get(path.id)
    if closure is None or at is None:
        raise missing(f"closure “{path.id}”")
    return unless_known(resource(body_of(closure), at))


@api.post("/closures", responses={201: VersionedClosure})
def new_closure(body: NewClosure) -> Response:
    """Enter a closure or an opening."""
    slug = f"c-{secrets.token_hex(4)}"
    _, world = written(lambda world: (change_of(closure_made(slug, body, world)), None), author(body.why))
    return created(resource(body_of(world.directory.closures[slug]), 1), f"{API}/closures/{slug}")


def closure_made(slug: str, body: NewClosure, world: World) -> Closure:
    """The closure that a body describes. 422 with every fault."""
    faults = Faults()
    for field, value in (("effect", body.effect), ("from", body.since), ("until", body.until), ("reason", body.reason)):
        if not value:
            faults.note(field, Fault.MISSING)
    since, until = period_in("", (body.since, body.until), faults)
    _check_scope(body, world, faults)
    if since:
        _check_rule(body.rrule or "", since, faults)
    body.refuse(faults)
    if since is None or until is None or body.effect is None:
        raise AssertionError("a fault was noted for each of these")
    return Closure(slug, body.effect, since, until, body.reason, body.authority, body.line, body.rrule or "")


def _check_scope(body: NewClosure, world: World, faults: Faults) -> None:
    plan = world.plans.of_line(body.line) if body.line else None
    if body.authority and body.authority not in world.directory.authorities:
        faults.note("authority", Fault.UNKNOWN, body.authority)
    if body.line and plan is None:
        faults.note("line", Fault.UNKNOWN, body.line)
    if plan and body.authority and plan.authority != body.authority:
        faults.say("line", "elsewhere", ELSEWHERE.format(body.line))


def _check_rule(rule: str, since: datetime, faults: Faults) -> None:
    if rule and not repeats(rule, since):
        faults.note("rrule", Fault.RULE, rule)


@api.delete("/closures/<id>", responses={204: None})
def gone_closure(path: ClosurePath) -> Response:
    """Remove a closure: the weekly rule holds again at once."""
    written(lambda world: _removed(path.id, world), author())
    return gone()


def _removed(slug: str, world: World) -> tuple[Change, int]:
    at, _ = version(Kind.CLOSURE, slug)
    if slug not in world.directory.closures or at is None:
        raise missing(f"closure “{slug}”")
    return Change(Kind.CLOSURE, slug, None), expected(at)


def body_of(closure: Closure) -> dict[str, Any]:
    """A closure as it is answered."""
    return ClosureOut(
        id=closure.slug,
        effect=closure.effect,
        since=moment_out(closure.since),
        until=moment_out(closure.until),
        reason=closure.reason,
        authority=closure.authority,
        line=closure.line,
        rrule=closure.rrule or None,
    ).model_dump(mode="json", by_alias=True)

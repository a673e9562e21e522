"""Which authorities are there, and which numbers does the policy allow them by name? That changes only with two persons."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict, Field

from admin.approvals import ApprovalOut, approval_out
from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Strict, Text
from admin.listing import Paging, document, matches, page
from admin.ports import desk, newest_world, now, version, versions
from admin.problems import API, Faults, missing
from admin.scope import refuse_outside
from admin.shapes import NumberOut, office_number
from admin.versions import expected, resource, unless_known
from admin.whys import CODE, EXCEPTION
from directory.model import Authority
from directory.numbers import Number, NumberRefusal, number_from
from directory.policy import Denial, denial
from directory.problems import Fault
from directory.snapshot import Change, Kind, Snapshot
from store.approvals import Exceptions, ask

MOST = 100
NEEDLESS = "the policy allows “{}” anyhow; leave it out."

api = resource_api("authorities", "Authorities, and the numbers that the policy allows them by name.")


class AuthorityPath(Strict):
    """Which authority."""

    slug: str


class AuthoritySearch(Paging):
    """Which authorities."""

    q: Text = ""


class ExceptionIn(Strict):
    """A number that the policy should allow, and why."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["number", "reason"]}
    )

    number: Text = Field("", examples=["0844 496 0000"])
    reason: Text = ""


class ExceptionsBody(Body):
    """The exceptions, written whole."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"required": ["exceptions", "why"]}
    )

    exceptions: list[ExceptionIn] = Field([], max_length=MOST)


class ExtensionsOut(BaseModel):
    """How an extension becomes a number: so many digits, behind this prefix."""

    digits: int
    prefix: str


class ExceptionOut(BaseModel):
    """A number that the policy allows by name."""

    number: NumberOut | None
    reason: str


class AuthorityOut(BaseModel):
    """An authority."""

    slug: str
    name: str
    extensions: ExtensionsOut | None
    exceptions: list[ExceptionOut]


class VersionedAuthority(AuthorityOut):
    """An authority at its version."""

    version: int


class AuthorityList(BaseModel):
    """A page of authorities."""

    items: list[VersionedAuthority]
    next: str | None


@api.get("/authorities", responses={200: AuthorityList})
def every_authority(query: AuthoritySearch) -> Mapping[str, object]:
    """Authorities, by slug."""
    found, world = versions(Kind.AUTHORITY)
    here = (one for one in world.directory.authorities.values() if one.slug in found)
    cut = page((one for one in here if matches(query.q, one.slug, one.name)), lambda one: one.slug, query)
    return document([{**body_of(one), "version": found[one.slug]} for one in cut.items], cut.next)


@api.get("/authorities/<slug>", responses={200: VersionedAuthority})
def one_authority(path: AuthorityPath) -> Response:
    """An authority."""
    authority, at, _ = _found(path.slug)
    return unless_known(resource(body_of(authority), at))


def _found(slug: str) -> tuple[Authority, int, Snapshot]:
    at, world = version(Kind.AUTHORITY, slug)
    authority = world.directory.authorities.get(slug)
    if authority is None or at is None:
        raise missing(f"authority “{slug}”")
    return authority, at, world.directory


@api.patch("/authorities/<slug>", responses={202: ApprovalOut})
def ask_for_exceptions(path: AuthorityPath, body: ExceptionsBody) -> Response:
    """Ask for other exceptions: they are in force when another administrator approves, and not before."""
    authority, at, directory = _found(path.slug)
    refuse_outside([Change(Kind.AUTHORITY, authority.slug, None)], newest_world())
    expected(at)
    doer, given = author(body.why), _exceptions(authority, body, directory)
    with desk().database.write_in_order() as connection:
        asked = ask(connection, authority.slug, given, at, doer, now())
    reply = jsonify(approval_out(asked))
    reply.status_code, reply.headers["Location"] = HTTPStatus.ACCEPTED, f"{API}/approvals/{asked.id}"
    return reply


def _exceptions(authority: Authority, body: ExceptionsBody, directory: Snapshot) -> Exceptions:
    """What is asked for, once nothing is wrong with it."""
    faults = Faults()
    if "exceptions" not in body.model_fields_set:
        faults.note("exceptions", Fault.MISSING)
    if not author(body.why).why:
        faults.say("why", CODE, EXCEPTION)
    found: dict[str, str] = {}
    for place, one in enumerate(body.exceptions):
        field, number = f"exceptions.{place}", number_from(one.number, authority.extensions)
        _check(field, one, number, found, faults)
        if isinstance(number, Number):
            found[number.e164] = one.reason
    for team in _still_rung(authority, found, directory):
        faults.note("exceptions", Fault.REFERRED, team)
    body.refuse(faults)
    return tuple(found.items())


def _check(
    field: str, one: ExceptionIn, number: Number | NumberRefusal, found: Mapping[str, str], faults: Faults
) -> None:
    if not one.reason:
        faults.note(f"{field}.reason", Fault.MISSING)
    if not isinstance(number, Number):
        faults.note(f"{field}.number", number, one.number)
    elif number.e164 in found:
        faults.note(f"{field}.number", Fault.TAKEN, one.number)
    elif (denied := denial(number)) is None:
        faults.say(f"{field}.number", "needless", NEEDLESS.format(one.number))
    elif denied is not Denial.REVENUE_SHARE:
        faults.note(f"{field}.number", denied, one.number)


def _still_rung(authority: Authority, kept: Mapping[str, str], directory: Snapshot) -> list[str]:
    """The teams whose numbers the policy would refuse without an exception that is to go."""
    gone = authority.excepted - kept.keys()
    teams = (team for team in directory.teams.values() if team.authority == authority.slug)
    return [f"team {team.slug}" for team in teams if any(duty.number.e164 in gone for duty in team.duty_numbers)]


def body_of(authority: Authority) -> dict[str, Any]:
    """An authority as it is answered."""
    rule = authority.extensions
    shown = AuthorityOut(
        slug=authority.slug,
        name=authority.name,
        extensions=ExtensionsOut(digits=rule.digits, prefix=rule.prefix) if rule else None,
        exceptions=[
            ExceptionOut(number=office_number(Number(e164), authority), reason=reason)
            for e164, reason in authority.exceptions
        ],
    )
    return shown.model_dump(mode="json")

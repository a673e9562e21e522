"""Is this handler at the desk, on which phone and for which lines? Every request is a heartbeat (ruling 22)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from pydantic import BaseModel, Field

from admin.auth import caller
from admin.blueprints import resource_api
from admin.body import Body, Slug, Text
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError
from admin.shapes import NumberOut, moment_out, number_in, number_out
from desk.presence import BUSY, CHOICES, has_rested, may_choose, rests_until
from directory.numbers import Number
from directory.problems import Fault
from ivr.moment import World
from store import conversations, parties, presence
from store.database import Transaction
from store.presence import Present, Status

WORDS = ", ".join(status.value for status in CHOICES)
NOT_A_CHOICE = f"this is not a status that you can choose; use {WORDS}."
NOT_NOW = "You are {now} at the moment and cannot become {wanted}; wait until the call is over."
NEVER_YET = "You cannot begin with {wanted}; become available first."
NO_LINES = "Nobody can answer no line; name at least one."

api = resource_api("presence", "Handlers at the desk.")


class MeBody(Body):
    """How you are, and where your calls come to. What is left out stays as it was."""

    status: Text = Field("available", examples=["available", "away", "wrap-up"])
    phone: Text = Field("", examples=["020 7946 0321"], description="The phone that rings for you.")
    lines: list[Slug] = Field([], max_length=50, description="The lines that you answer, by slug.")


class MeOut(BaseModel):
    """A handler at the desk."""

    status: str = Field(examples=["available", "ringing", "on-call", "wrap-up", "away"])
    phone: NumberOut | None
    lines: list[str]
    signed_in: bool = Field(description="Whether this page was heard of in the last 60 seconds.")
    since: str | None = Field(description="Since when you have this status.")
    until: str | None = Field(description="When a wrap-up ends and the next caller rings.")


@api.get("/desk/me", responses={200: MeOut})
def me() -> Mapping[str, object]:
    """Your own presence. Whoever was away for longer than a minute has to sign in again; reading does not do it."""
    at = now()
    return _shown(heard_of(at), at)


@api.put("/desk/me", responses={200: MeOut})
def put_me(body: MeBody) -> Mapping[str, object]:
    """Say how you are, and on which phone and lines you are reached."""
    at, world = now(), newest_world()
    with desk().database.write() as connection:
        known = presence.opened(connection, caller().id)
        wanted = _wanted(body, known, world, at)
        if "status" in body.model_fields_set or known is None or not known.is_there(at):
            _refuse_status(connection, known, wanted.status)
        presence.arrive(connection, wanted)
    return _shown(wanted, at)


def heard_of(at: datetime) -> Present | None:
    """Whoever asks is heard of, if they are there: their heartbeat. How they are from now on."""
    who = caller().id
    with desk().database.write() as connection:
        found = presence.opened(connection, who)
        if found and found.is_there(at):
            presence.beat(connection, who, at)
            found = replace(_rested(connection, found, at), seen_at=at)
    return found


def standing(connection: Transaction, known: Present) -> Status:
    """The status that counts for what a handler may choose: one whose call ended unseen is not busy."""
    is_over = known.status in BUSY and not _is_busy(connection, known.who)
    return Status.AWAY if is_over else known.status


def _rested(connection: Transaction, found: Present, at: datetime) -> Present:
    if not has_rested(found, at):
        return found
    presence.change(connection, found.who, (Status.WRAP_UP,), Status.AVAILABLE, at)
    return replace(found, status=Status.AVAILABLE, since=at)


def _wanted(body: MeBody, known: Present | None, world: World, at: datetime) -> Present:
    """What is asked for, with everything that is wrong about it at once."""
    faults = Faults()
    lines = tuple(_lines(body, known, world, faults))
    phone = _phone(body, known, lines, world, faults)
    status = _status(body, known, faults)
    body.refuse(faults)
    since = known.since if known and known.status is status else at
    return Present(caller().id, caller().name, phone, lines, status, since, at)


def _lines(body: MeBody, known: Present | None, world: World, faults: Faults) -> Iterator[str]:
    given = body.lines if "lines" in body.model_fields_set else known.lines if known else ()
    if not given:
        faults.say("lines", "missing", NO_LINES)
    for place, line in enumerate(given):
        if world.plans.of_line(line) is None:
            faults.note(f"lines.{place}", Fault.UNKNOWN, line)
        elif line not in given[:place]:
            yield line


def _phone(body: MeBody, known: Present | None, lines: tuple[str, ...], world: World, faults: Faults) -> str:
    """A number that the authority of the first line may ring; one that was rung before is asked about again."""
    text = body.phone or (known.phone if known else "")
    if not text:
        faults.note("phone", Fault.MISSING)
        return ""
    plan = world.plans.of_line(lines[0]) if lines else None
    number = number_in("phone", text, plan.authority if plan else "", world.directory, faults)
    return number.e164 if number else ""


def _status(body: MeBody, known: Present | None, faults: Faults) -> Status:
    if "status" not in body.model_fields_set and known:
        return known.status
    if body.status not in CHOICES:
        faults.say("status", "choice", NOT_A_CHOICE)
        return Status.AWAY
    return Status(body.status)


def _refuse_status(connection: Transaction, known: Present | None, wanted: Status) -> None:
    """409 where a handler may not say so now."""
    since = standing(connection, known) if known else None
    if since is wanted or may_choose(since, wanted):
        return
    words = NOT_NOW if known else NEVER_YET
    raise ProblemError(HTTPStatus.CONFLICT, words.format(now=since.value if since else "", wanted=wanted.value))


def _is_busy(connection: Transaction, who: str) -> bool:
    return conversations.of_handler(connection, who) is not None or parties.is_busy(connection, who)


def _shown(found: Present | None, at: datetime) -> Mapping[str, object]:
    shown = MeOut(
        status=found.status.value if found else Status.AWAY.value,
        phone=number_out(Number(found.phone), None) if found else None,
        lines=list(found.lines) if found else [],
        signed_in=found is not None and found.is_there(at),
        since=moment_out(found.since) if found else None,
        until=moment_out(rests_until(found)) if found else None,
    )
    return shown.model_dump(mode="json")

"""What is amiss, since when, and who has said that they see to it? One list for pages, programs, monitoring and text messages."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from flask import Response, jsonify
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author, caller
from admin.blueprints import resource_api
from admin.body import Body, Strict, Text
from admin.ports import desk, now
from admin.problems import Faults, missing
from admin.shapes import moment_in, moment_out
from directory.problems import Fault
from ivr.alarms import Alarming
from store import alarms
from store.alarms import Standing
from store.audit import Deed
from store.keys import Role

LONGEST = timedelta(days=31)
PAST = "“{}” is past; give a later end."
TOO_FAR = "“{}” is more than 31 days ahead; look at it again by then."
MOST_OVER = 50

api = resource_api("alarms", "What is amiss, since when, and who sees to it.")


class AlarmPath(Strict):
    """Which alarm, by its id."""

    id: str


class Which(StrEnum):
    """Those that last, or those that are over."""

    LASTING = "lasting"
    OVER = "over"


class AlarmQuery(Strict):
    """Which alarms."""

    state: Which = Which.LASTING


class Acknowledgement(Body):
    """Why an alarm is acknowledged, and until when."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["until", "why"]})

    until: Text = Field("", description="ISO 8601, or words like “Fri 16:05”; at most 31 days ahead.")


class AlarmOut(BaseModel):
    """An alarm."""

    id: str = Field(description="Empty where only the machine that answers knows of it: nobody can acknowledge it yet.")
    code: Alarming
    subject: str = Field(description="The line or the machine; empty where it concerns all.", examples=["devon"])
    words: str
    detail: str = Field(description="What is behind it; empty for viewers.")
    began_at: str
    seen_at: str = Field(description="When it was last seen.")
    ended_at: str | None
    acknowledged_by: str
    acknowledged_until: str | None
    why: str


class AlarmList(BaseModel):
    """Alarms."""

    items: list[AlarmOut]
    next: None = None


@api.get("/alarms", responses={200: AlarmList})
def every_alarm(query: AlarmQuery) -> Mapping[str, object]:
    """Alarms that last, the oldest first; or the last 50 that are over."""
    found = past() if query.state is Which.OVER else here()
    return {"items": [alarm_out(one).model_dump(mode="json") for one in found], "next": None}


def here() -> tuple[Standing, ...]:
    """Every alarm that lasts: as the database has it, and what this machine sees of itself."""
    with desk().database.read() as connection:
        known = alarms.standing(connection)
    keys = {one.alarm.key for one in known}
    fresh = (one for one in desk().alarms.standing(now()) if not one.id and one.alarm.key not in keys)
    return (*known, *fresh)


def past() -> tuple[Standing, ...]:
    """Those that are over."""
    with desk().database.read() as connection:
        return alarms.over(connection, MOST_OVER)


@api.post("/alarms/<id>/acknowledge", responses={200: AlarmOut})
def acknowledge_alarm(path: AlarmPath, body: Acknowledgement) -> Response:
    """You know of it and see to it: until then nobody is told of it again. It is listed all the same."""
    doer = author(body.why)
    until = _sound(body, doer.why)
    with desk().database.write_in_order() as connection:
        one = alarms.one_standing(connection, path.id[:16])
        if one is None:
            raise gone()
        deed = Deed(doer.who, "", "", "", None, None, doer.why)
        alarms.acknowledge(connection, one, until, deed, now())
        told = alarms.one_standing(connection, one.id)
    return jsonify(alarm_out(told or one).model_dump(mode="json"))


def gone() -> Exception:
    """404."""
    return missing("alarm with this id that lasts; it may be over")


def _sound(body: Acknowledgement, why: str) -> datetime:
    faults = Faults()
    until = moment_in("until", body.until, faults)
    if not why:
        faults.note("why", Fault.MISSING)
    if not body.until:
        faults.note("until", Fault.MISSING)
    elif until and until <= now():
        faults.say("until", "past", PAST.format(body.until))
    elif until and until > now() + LONGEST:
        faults.say("until", "too-far", TOO_FAR.format(body.until))
    body.refuse(faults)
    if until is None:
        raise AssertionError("a fault was noted for it")
    return until


def alarm_out(one: Standing) -> AlarmOut:
    """An alarm as it is answered."""
    return AlarmOut(
        id=one.id,
        code=one.alarm.code,
        subject=one.alarm.subject,
        words=one.alarm.words,
        detail=one.alarm.detail if caller().role is not Role.VIEWER else "",
        began_at=moment_out(one.began_at) or "",
        seen_at=moment_out(one.seen_at) or "",
        ended_at=moment_out(one.ended_at),
        acknowledged_by=one.acknowledged_by,
        acknowledged_until=moment_out(one.acknowledged_until),
        why=one.why,
    )

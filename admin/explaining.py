"""Why did a past call go where it did? Told as a timeline of sentences, for programs and for the console."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from admin.auth import sees_personal_data
from admin.blueprints import resource_api
from admin.calls import SID, CallPath
from admin.ports import desk
from admin.problems import missing
from admin.shapes import NumberOut, moment_out, number_out
from directory.numbers import Number
from ivr.telling import Due, Telling, Told
from ivr.tries import Try
from store.past_calls import past_call, told

A_CALL = "call with this SID"

api = resource_api("explanations", "Past calls told as a timeline of sentences.")


class ToldOut(BaseModel):
    """One moment: what happened and what was done, whose phone rang then, and why so."""

    at: str | None
    sentence: str = Field(examples=["The caller pressed 2: a team's duty desk."])
    number: NumberOut | None
    reasons: list[str]


class TryOut(BaseModel):
    """A phone that rang; seconds where the telephone company told them."""

    at: str | None
    who: str = Field(examples=["MASH: the line's last resort"])
    number: NumberOut | None
    how: str = Field(examples=["not answered"])
    rang_seconds: int | None
    answered_seconds: int | None


class DueOut(BaseModel):
    """A call-back that was promised, and by when it is aimed at."""

    about: str
    promise: str | None
    target: str | None
    cancelled: bool


class InForceOut(BaseModel):
    """A plan that decided steps of the call."""

    line: str
    name: str
    digest: str


class Explanation(BaseModel):
    """A call, told. ``ending`` is in words, empty while the call goes on."""

    sid: str
    line: str
    caller: NumberOut | None
    began_at: str | None
    ended_at: str | None
    ending: str = Field(examples=["a person was reached"])
    timeline: list[ToldOut]
    tried: list[TryOut]
    due: list[DueOut]
    plans: list[InForceOut]
    directories: list[int]


@api.get("/calls/<sid>/explanation", responses={200: Explanation})
def explanation(path: CallPath) -> Mapping[str, Any]:
    """A call as a timeline of sentences, with who was tried, what is due, and which versions were in force."""
    return explained(told_call(path.sid)).model_dump(mode="json")


def told_call(sid: str) -> Telling:
    """A call's timeline; 404 where there is no such call."""
    if not SID.fullmatch(sid):
        raise missing(A_CALL)
    with desk().database.read() as connection:
        past = past_call(connection, sid)
        if past is None:
            raise missing(A_CALL)
        return told(connection, past)


def explained(call: Telling) -> Explanation:
    """A timeline as it is answered: without anybody's number for those who see no personal data."""
    return Explanation(
        sid=call.sid,
        line=call.line,
        caller=_number(call.caller),
        began_at=moment_out(call.began_at),
        ended_at=moment_out(call.ended_at),
        ending=call.ending,
        timeline=[_told_out(one) for one in call.timeline],
        tried=[_try_out(one) for one in call.tried],
        due=[_due_out(one) for one in call.due],
        plans=[InForceOut(line=one.line, name=one.name, digest=one.digest) for one in call.plans],
        directories=list(call.directories),
    )


def _number(e164: str) -> NumberOut | None:
    return number_out(Number(e164), None) if e164 and sees_personal_data() else None


def _told_out(one: Told) -> ToldOut:
    return ToldOut(at=moment_out(one.at), sentence=one.text(), number=_number(one.rings), reasons=list(one.reasons))


def _try_out(one: Try) -> TryOut:
    return TryOut(
        at=moment_out(one.at), who=one.who, number=_number(one.number), how=one.how, rang_seconds=one.seconds,
        answered_seconds=one.talked,
    )  # fmt: skip


def _due_out(one: Due) -> DueOut:
    promise, target = moment_out(one.promise), moment_out(one.target)
    return DueOut(about=one.about, promise=promise, target=target, cancelled=one.cancelled)

"""Who waits for the desk, and who answers them? The next caller first; a handler may also take one out of turn."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from pydantic import BaseModel, Field

from admin.auth import caller, sees_personal_data
from admin.blueprints import resource_api
from admin.body import Body, Strict
from admin.calls import SID
from admin.listing import Paging, document, page
from admin.ports import desk, now
from admin.problems import Faults, ProblemError, missing
from admin.shapes import NumberOut, moment_out, number_out
from desk.offers import offer
from desk.scene import scene_of
from desk.waiting import in_order
from directory.numbers import Number
from store import conversations, presence
from store.conversations import At, Conversation
from store.database import Transaction
from store.presence import Status

NOT_SIGNED_IN = "You are not signed in at the desk with a phone; sign in there first."
NOT_FREE = "You are not available (your status is “{status}”); become available first."
TAKEN = "Somebody else is answering this caller."
LEFT = "This caller is not waiting any more."

api = resource_api("desk", "Callers who wait for the desk, and those who answer them.")


class WaitingPath(Strict):
    """Which waiting caller."""

    call: str


class WaitingOut(BaseModel):
    """A waiting caller."""

    call: str
    line: str
    priority: str = Field(examples=["risk", "advice"])
    chosen: list[str] = Field(description="What the caller chose on the way.")
    queued_at: str | None
    waited_seconds: int
    relay: bool = Field(description="Whether the caller uses a relay service or needs more time.")
    earlier_calls: int = Field(description="How many other calls of the same number have come to the desk.")
    caller: NumberOut | None = Field(description="Empty for withheld numbers, and for those who may not see it.")


class WaitingList(BaseModel):
    """Waiting callers, the next one first."""

    items: list[WaitingOut]
    next: str | None


class Answering(Body):
    """Nothing but a reason, if there is one."""


class AnsweringOut(BaseModel):
    """Whose phone rings for whom."""

    call: str
    state: str = Field(examples=["ringing"])


@api.get("/desk/queue", responses={200: WaitingList})
def waiting_callers(query: Paging) -> Mapping[str, object]:
    """Who waits, the most urgent and longest waiting first."""
    at = now()
    with desk().database.read() as connection:
        ordered = in_order(conversations.those(connection, At.WAITING))
        cut = page(list(enumerate(ordered)), lambda placed: f"{placed[0]:06d}", query)
        items = [waiting_out(connection, one, at) for _, one in cut.items]
    return document([item.model_dump(mode="json") for item in items], cut.next)


@api.post("/desk/queue/<call>/answer", responses={200: AnsweringOut})
def answer(path: WaitingPath, body: Answering) -> Mapping[str, object]:
    """Ring your own phone for this caller; key 1 there connects the two of you."""
    body.refuse(Faults())
    sites, at = desk(), now()
    with sites.database.write() as connection:
        scene = scene_of(connection, sites.publication.current(), at, path.call) if SID.fullmatch(path.call) else None
        if scene is None:
            raise missing(f"waiting call “{path.call}”")
        me = presence.one(connection, caller().id)
        if me is None or not me.is_there(at):
            raise ProblemError(HTTPStatus.CONFLICT, NOT_SIGNED_IN)
        if me.status is not Status.AVAILABLE:
            raise ProblemError(HTTPStatus.CONFLICT, NOT_FREE.format(status=me.status.value))
        if not offer(scene, me):
            raise ProblemError(HTTPStatus.CONFLICT, LEFT if scene.talk.state is At.ENDED else TAKEN)
    return AnsweringOut(call=path.call, state="ringing").model_dump(mode="json")


def waiting_out(connection: Transaction, one: Conversation, at: datetime) -> WaitingOut:
    """A caller as a handler sees them before answering."""
    number = number_out(Number(one.caller), None) if one.caller and sees_personal_data() else None
    return WaitingOut(
        call=one.call,
        line=one.line,
        priority=one.priority,
        chosen=list(one.chosen),
        queued_at=moment_out(one.queued_at),
        waited_seconds=int((at - one.queued_at).total_seconds()),
        relay=one.relay,
        earlier_calls=conversations.earlier_calls(connection, one.caller, one.call) if one.caller else 0,
        caller=number,
    )

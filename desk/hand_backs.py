"""What did the night team do, and who takes over in the morning? Written at night, due when the next working day opens (B:63)."""

from collections.abc import Mapping

from flask import Response

from admin.blueprints import resource_api
from admin.body import Body
from admin.ports import desk
from admin.problems import API, Faults
from admin.versions import created_as
from desk.message_kinds import HAND_BACK
from desk.message_shelf import (
    MessageBody,
    MessageList,
    MessageQuery,
    MessageText,
    acknowledged,
    check,
    lay,
    one,
    those,
    told,
)
from desk.paperwork import PaperPath, needed
from desk.texts import Long

KINDS = frozenset({HAND_BACK.code})

api = resource_api("hand-backs", "What the night team hands back in the morning.")


class HandBackBody(MessageBody):
    """What happened, and what is left to do. ``about`` is the contact record, ``call`` the call, where there was one."""

    happened: Long = ""
    left_to_do: Long = ""


class HandBackTaken(Body):
    """Nothing but a reason, if there is one."""


@api.get("/hand-backs", responses={200: MessageList})
def every_hand_back(query: MessageQuery) -> Mapping[str, object]:
    """What was handed back, without what it says, the oldest first; ``state=unread`` for the morning's list."""
    return those(KINDS, query)


@api.post("/hand-backs", responses={201: MessageText})
def new_hand_back(body: HandBackBody) -> Response:
    """Write what the night team did, for the allocated worker or the day's team."""
    faults = Faults()
    with desk().database.write_in_order() as connection:
        check(connection, body, faults)
        needed(body, faults, "happened")
        body.refuse(faults)
        made = lay(connection, HAND_BACK, body, {"happened": body.happened, "left_to_do": body.left_to_do})
        answer = told(connection, made)
    return created_as(answer, f"{API}/hand-backs/{made.id}")


@api.get("/hand-backs/<id>", responses={200: MessageText})
def one_hand_back(path: PaperPath) -> Mapping[str, object]:
    """What was handed back; that you read it is noted."""
    return one(KINDS, path.id)


@api.post("/hand-backs/<id>/acknowledge", responses={200: MessageText})
def hand_back_taken(path: PaperPath, body: HandBackTaken) -> Mapping[str, object]:
    """You take over. Your name is kept."""
    body.refuse(Faults())
    return acknowledged(KINDS, path.id, body.why)

"""Who is told in writing what matters about a child whose case is open? The three roles that work with them (C:42)."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, json
from pydantic import BaseModel, Field

from admin.blueprints import resource_api
from admin.body import Body, Slug
from admin.ports import desk, now
from admin.problems import Faults
from desk.message_kinds import BY_ROLE, OPEN_CASE
from desk.message_shelf import (
    MessageBody,
    MessageList,
    MessageOut,
    MessageQuery,
    MessageText,
    acknowledged,
    check,
    lay,
    one,
    shown,
    those,
)
from desk.new_tasks import finish
from desk.paperwork import PaperPath, needed
from desk.texts import Long

KINDS = frozenset(kind.code for kind in OPEN_CASE)
NOT_A_ROLE = "“{role}” gets no such message; use some of {roles}, or leave it out for all of them."

api = resource_api("messages", "Messages on open cases, kept until they are read.")


class OpenCaseBody(MessageBody):
    """What matters, to whom. Nobody named: to all three."""

    to: list[Slug] = Field([], max_length=10, examples=[["social-worker"]])
    text: Long = ""


class MessageSeen(Body):
    """Nothing but a reason, if there is one."""


class MessagesSent(BaseModel):
    """One message for each role."""

    items: list[MessageOut]


@api.get("/messages", responses={200: MessageList})
def every_message(query: MessageQuery) -> Mapping[str, object]:
    """Messages on open cases, without what they say, the oldest first."""
    return those(KINDS, query)


@api.post("/messages", responses={201: MessagesSent})
def new_message(body: OpenCaseBody) -> Response:
    """Tell the roles that work with a child; each has to read it."""
    faults = Faults()
    with desk().database.write_in_order() as connection:
        check(connection, body, faults)
        needed(body, faults, "about", "text")
        for place, role in enumerate(body.to):
            if role not in BY_ROLE:
                faults.say(f"to.{place}", "unknown", NOT_A_ROLE.format(role=role, roles=", ".join(BY_ROLE)))
        body.refuse(faults)
        roles = list(dict.fromkeys(body.to)) or list(BY_ROLE)
        made = [lay(connection, BY_ROLE[role], body, {"text": body.text}) for role in roles]
        if set(roles) == set(BY_ROLE):
            finish(connection, "open-case-message", body.about, now())
    sent = MessagesSent(items=[shown(paper) for paper in made])
    return Response(json.dumps(sent.model_dump(mode="json")), HTTPStatus.CREATED, content_type="application/json")


@api.get("/messages/<id>", responses={200: MessageText})
def one_message(path: PaperPath) -> Mapping[str, object]:
    """A message; that you read it is noted."""
    return one(KINDS, path.id)


@api.post("/messages/<id>/acknowledge", responses={200: MessageText})
def message_read(path: PaperPath, body: MessageSeen) -> Mapping[str, object]:
    """You have read it, and see to it."""
    body.refuse(Faults())
    return acknowledged(KINDS, path.id, body.why)

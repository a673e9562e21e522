"""How is a paper written, read and changed on behalf of whoever asks? Sealed, found or 404, changed once or 409, every reading noted."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, Field

from admin.auth import author
from admin.body import Body, Slug, Strict
from admin.calls import SID
from admin.listing import Paging, document, first_page, opened, unreadable_cursor
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError, missing
from admin.shapes import moment_out
from desk.contact_access import deed, refuse_closed
from desk.contact_values import matches_of
from desk.contacts import KEY, UNSEALABLE
from desk.sealed import sealer
from directory.problems import Fault
from store import contacts, papers
from store.database import Transaction
from store.papers import Paper, Pile, Wanted
from store.sealing import SealError

CHANGED = "Somebody else has changed it in this moment; read it again."
NOT_NOW = "This is “{state}” by now, so that is not to be done any more; read it again."
NO_CALL = "this is not a call's SID; leave it out where there was no call."
NO_RECORD = "there is no contact record of this id; leave it out where there is none."


class PaperPath(Strict):
    """Which one."""

    id: str


class PaperQuery(Paging):
    """Which of them; what is left out is not asked for."""

    authority: Slug = ""
    state: Slug = ""


class PaperBody(Body):
    """Whose it is, and which call it belongs to."""

    authority: Slug = Field("", examples=["cambridgeshire"])
    call: Slug = Field("", description="The SID of the call, where there was one.")


class PaperOut(BaseModel):
    """What is known of one without opening it."""

    id: str
    authority: str
    call: str | None
    about: str = Field(description="The id of the contact record that it belongs to; empty: none.")
    kind: str
    state: str
    made_at: str | None
    made_by: str
    changed_at: str | None


def paper_in(body: PaperBody, faults: Faults) -> None:
    """Note what is wrong with the part that all papers share."""
    if not body.authority:
        faults.note("authority", Fault.MISSING)
    elif body.authority not in newest_world().directory.authorities:
        faults.note("authority", Fault.UNKNOWN, body.authority)
    if body.call and not SID.fullmatch(body.call):
        faults.say("call", "sid", NO_CALL)


def needed(body: Body, faults: Faults, *names: str) -> None:
    """Note each of these fields that is empty."""
    for name in names:
        if not getattr(body, name):
            faults.note(name, Fault.MISSING)


def record_in(connection: Transaction, key: str, faults: Faults, field: str = "about") -> None:
    """Note a contact record that is not there; 403 where it is closed to whoever asks."""
    record = contacts.one(connection, key) if KEY.fullmatch(key) else None
    if record:
        refuse_closed(connection, record)
    elif key:
        faults.say(field, "unknown", NO_RECORD)


def written(
    connection: Transaction, pile: Pile, body: PaperBody, first: tuple[str, str], text: Mapping[str, Any], about: str = ""
) -> Paper:  # fmt: skip
    """A new paper; ``first`` is its kind and its state."""
    at, doer = now(), author(body.why)
    made = Paper(
        uuid4().hex[:16],
        body.authority,
        body.call or None,
        about,
        *first,
        {},
        sealed_text(pile, text),
        at,
        doer.who,
        at,
    )
    papers.add(connection, pile, made, deed(body.why))
    name_children(connection, pile, made)
    return made


def changed(connection: Transaction, pile: Pile, known: Paper, to: Paper, why: str) -> Paper:
    """The paper as it is from now on. 409 where somebody was quicker."""
    to = replace(to, changed_at=now())
    if not papers.change(connection, pile, known, to, deed(why)):
        raise ProblemError(HTTPStatus.CONFLICT, CHANGED)
    if to.sealed != known.sealed:
        name_children(connection, pile, to)
    return replace(to, version=known.version + 1)


def name_children(connection: Transaction, pile: Pile, paper: Paper) -> None:
    """Keep the keys by which a legal hold on a child finds a paper about them."""
    if pile in papers.OF_CHILDREN:
        children = text_of(pile, paper)["children"]
        papers.name_children(connection, paper, set(matches_of(children, sealer())))


def found(connection: Transaction, pile: Pile, key: str, *states: str) -> Paper:
    """A paper, in one of these states where any are named. 404, 409."""
    paper = papers.one(connection, pile, key) if KEY.fullmatch(key) else None
    if paper is None:
        raise missing(f"{pile.value} “{key[:16]}”")
    if states and paper.state not in states:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_NOW.format(state=paper.state))
    return paper


def read(connection: Transaction, pile: Pile, paper: Paper) -> dict[str, Any]:
    """What a paper says; that it was read is noted. 403 where the record that it belongs to is closed."""
    record = contacts.one(connection, paper.about) if paper.about else None
    if record:
        refuse_closed(connection, record)
    papers.note_reading(connection, pile, paper, deed(), now())
    return text_of(pile, paper)


def sealed_text(pile: Pile, text: Mapping[str, Any]) -> str:
    """Everything that names people, in one seal that opens for this kind of paper alone."""
    return sealer().seal(json.dumps(text), f"{pile.value} paper")


def text_of(pile: Pile, paper: Paper) -> dict[str, Any]:
    """The same, opened."""
    try:
        text: dict[str, Any] = json.loads(sealer().open(paper.sealed, f"{pile.value} paper"))
    except SealError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, UNSEALABLE) from fault
    return text


def listed(pile: Pile, query: PaperQuery, shown: Callable[[Paper], BaseModel], **more: Any) -> Mapping[str, object]:
    """One page of a pile without what the papers say, the oldest first; ``more`` narrows it further (``store.papers.Wanted``)."""
    wanted = Wanted(query.authority, query.state, after=_after(query.cursor), most=query.limit + 1, **more)
    with desk().database.read() as connection:
        cut = first_page(papers.those(connection, pile, wanted), _placed, query)
    return document([shown(paper).model_dump(mode="json") for paper in cut.items], cut.next)


def _placed(paper: Paper) -> str:
    return f"{paper.made_at.isoformat()} {paper.id}"


def _after(cursor: str) -> tuple[datetime, str] | None:
    """The moment and id of the last paper of the page before. 422 for a cursor that is none of ours."""
    at, _, key = opened(cursor).partition(" ")
    try:
        return (datetime.fromisoformat(at).astimezone(UTC), key) if cursor else None
    except (ValueError, OverflowError) as fault:
        raise unreadable_cursor() from fault


def outside(paper: Paper) -> dict[str, Any]:
    """The fields of ``PaperOut``."""
    return {
        "id": paper.id, "authority": paper.authority, "call": paper.call, "about": paper.about, "kind": paper.kind,
        "state": paper.state, "made_at": moment_out(paper.made_at), "made_by": paper.made_by,
        "changed_at": moment_out(paper.changed_at),
    }  # fmt: skip

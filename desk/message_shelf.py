"""How does a message lie until it is read? Sealed, with a task that asks for it again and again, ended by a named reader."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from pydantic import BaseModel, Field

from admin.auth import author
from admin.body import Slug
from admin.ports import desk, now
from admin.problems import Faults, missing
from admin.shapes import moment_out
from desk.message_kinds import ROLE_OF, MessageKind
from desk.new_tasks import begin, finish
from desk.paperwork import (
    PaperBody,
    PaperOut,
    PaperQuery,
    changed,
    found,
    listed,
    outside,
    paper_in,
    read,
    record_in,
    written,
)
from store.database import Transaction
from store.papers import Paper, Pile

ABOUT = "message"
UNREAD, READ = "unread", "read"


class MessageBody(PaperBody):
    """What a message is about."""

    about: Slug = Field("", description="The id of a contact record, where there is one.")


class MessageQuery(PaperQuery):
    """Which messages: ``state`` is unread or read."""

    about: Slug = Field("", description="The id of a contact record.")


class MessageOut(PaperOut):
    """A message without what it says."""

    role: str = Field(description="Whom it is for; empty: the team that works next.")
    due_at: str | None = Field(description="By when it is to be read.")
    read_by: str
    read_at: str | None


class MessageText(MessageOut):
    """A message."""

    parts: dict[str, str] = Field(description="What it says, part by part.")


class MessageList(BaseModel):
    """Messages, the oldest first."""

    items: list[MessageOut]
    next: str | None


def check(connection: Transaction, body: MessageBody, faults: Faults) -> None:
    """Note what is wrong with what a message is about."""
    paper_in(body, faults)
    record_in(connection, body.about, faults)


def lay(connection: Transaction, kind: MessageKind, body: MessageBody, parts: Mapping[str, str]) -> Paper:
    """Write a message, and the task to read it."""
    made = written(connection, Pile.MESSAGE, body, (kind.code, UNREAD), parts, body.about)
    task = begin(connection, kind.code, made.authority, ABOUT, made.id, made.made_at)
    facts = {"due_at": moment_out(task.target_at)}
    return changed(connection, Pile.MESSAGE, made, replace(made, facts=facts), body.why)


def those(kinds: Collection[str], query: MessageQuery) -> Mapping[str, object]:
    """The messages of some kinds."""
    return listed(Pile.MESSAGE, query, shown, kinds=kinds, about=query.about)


def one(kinds: Collection[str], key: str) -> Mapping[str, object]:
    """A message with what it says; the reading is noted. Only ``acknowledged`` ends its task."""
    with desk().database.write_in_order() as connection:
        return told(connection, _of(connection, kinds, key))


def acknowledged(kinds: Collection[str], key: str, why: str) -> Mapping[str, object]:
    """Whoever asks has read it and sees to it; their name is kept."""
    with desk().database.write_in_order() as connection:
        paper = _of(connection, kinds, key, UNREAD)
        facts = {**paper.facts, "read_by": author().who, "read_at": moment_out(now())}
        paper = changed(connection, Pile.MESSAGE, paper, replace(paper, state=READ, facts=facts), why)
        finish(connection, paper.kind, paper.id, now())
        return told(connection, paper)


def _of(connection: Transaction, kinds: Collection[str], key: str, *states: str) -> Paper:
    """A message of these kinds: one of others is not there, however it stands."""
    if found(connection, Pile.MESSAGE, key).kind not in kinds:
        raise missing(f"message “{key}”")
    return found(connection, Pile.MESSAGE, key, *states)


def shown(paper: Paper) -> MessageOut:
    """A message without what it says."""
    facts = paper.facts
    return MessageOut(
        **outside(paper), role=ROLE_OF[paper.kind], due_at=facts.get("due_at"), read_by=facts.get("read_by", ""),
        read_at=facts.get("read_at"),
    )  # fmt: skip


def told(connection: Transaction, paper: Paper) -> Mapping[str, object]:
    """A message with what it says."""
    parts = read(connection, Pile.MESSAGE, paper)
    return MessageText(**shown(paper).model_dump(), parts=parts).model_dump(mode="json")

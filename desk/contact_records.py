"""Who may read a contact record, who changed it, which records belong to it, and which are of the same child?"""

from collections.abc import Mapping
from http import HTTPStatus
from zlib import crc32

from flask import Response

from admin.auth import caller
from admin.blueprints import resource_api
from admin.ports import desk, now
from admin.problems import Faults, ProblemError
from admin.shapes import moment_out
from admin.versions import expected, resource, unless_known
from desk.contact_access import admits, deed, refuse_closed
from desk.contact_shapes import (
    AccessBody,
    AccessOut,
    ChildBody,
    ContactPath,
    FoundList,
    FoundOut,
    HistoryOut,
    LinkBody,
    LinkOut,
    VersionOut,
)
from desk.contact_values import NOT_BORN, is_date, match_of
from desk.contacts import known
from desk.new_tasks import finish
from desk.sealed import sealer
from store import accounts, contacts, keys
from store.contacts import Access, Contact, Link
from store.database import Transaction

LINKS = ("same-family", "parent-under-18")
NO_REASON = "say why; it stands in the audit trail."
NOT_YOURSELF = "you cannot close a record to yourself; leave your own id out."
NOBODY = "nobody has the id “{who}”; GET /keys and GET /users list them."
BOTH_WAYS = "“{who}” is let in and shut out at once; choose one."
NOT_A_LINK = f"use one of {', '.join(LINKS)}."
NO_OTHER = "there is no record of this id but this one; give the id of the other record."
SAME_WORKER = "The parent's own record is taken by another worker than the child's; ask a colleague to make it."
CHILD_NEEDED = "a child is found by full name and date of birth together; give both."

api = resource_api("contact-records", "Access to contact records, their history, and how they belong together.")


@api.get("/contacts/<id>/access", responses={200: AccessOut})
def one_access(path: ContactPath) -> Response:
    """Who may read a record, and to whom it is closed; its ETag is what a change of it needs."""
    with desk().database.read() as connection:
        return unless_known(_told_access(contacts.access_to(connection, known(connection, path.id).id)))


@api.put("/contacts/<id>/access", responses={200: AccessOut})
def put_access(path: ContactPath, body: AccessBody) -> Response:
    """Say who may read a record, and to whom it is closed. Whoever says so keeps access."""
    with desk().database.write_in_order() as connection:
        record = known(connection, path.id)
        before = refuse_closed(connection, record)
        expected(_version(before))
        access, note = _access(body), deed(body.why)
        faults = Faults()
        _check(access, note.why, faults)
        _check_names(connection, access, before, faults)
        body.refuse(faults)
        contacts.put_access(connection, record, access, note, now())
    return _told_access(access)


@api.get("/contacts/<id>/history", responses={200: HistoryOut})
def one_history(path: ContactPath) -> Mapping[str, object]:
    """Who saved which fields when, and who may read the record; not what it holds."""
    with desk().database.read() as connection:
        return _history(connection, known(connection, path.id))


@api.post("/contacts/<id>/links", responses={200: LinkOut})
def new_link(path: ContactPath, body: LinkBody) -> Mapping[str, object]:
    """Two records belong together."""
    with desk().database.write_in_order() as connection:
        record = known(connection, path.id)
        refuse_closed(connection, record)
        other, faults = contacts.one(connection, body.other), Faults()
        if other is None or other.id == record.id:
            faults.say("other", "unknown", NO_OTHER)
        if body.as_ not in LINKS:
            faults.say("as", "choice", NOT_A_LINK)
        body.refuse(faults)
        if other:
            _link(connection, record, other, body)
    return LinkOut(id=body.other, why=body.as_).model_dump(mode="json")


@api.post("/contact-search", responses={200: FoundList})
def search(body: ChildBody) -> Mapping[str, object]:
    """The records of a child, by full name and date of birth; nothing is found by half a name."""
    faults = Faults()
    if not (body.name and body.born):
        faults.say("name", "missing", CHILD_NEEDED)
    elif not is_date(body.born):
        faults.say("born", "date", NOT_BORN.format(given=body.born[:40]))
    body.refuse(faults)
    match = match_of(body.name, body.born, sealer())
    with desk().database.write_in_order() as connection:
        found = [_found(record) for record in contacts.matching(connection, match) if _is_open(connection, record)]
        for one in found:
            contacts.note_reading(connection, one.id, "found", deed(body.why), now())
    return FoundList(items=found).model_dump(mode="json")


def _told_access(access: Access) -> Response:
    lists = {"allowed": sorted(access.allowed), "blocked": sorted(access.blocked)}
    return resource({"locked": bool(access.allowed), **lists}, _version(access))


def _version(access: Access) -> int:
    """A check sum of the lists, for they have no counter, and the record's own rises with everything that is typed."""
    return crc32("|".join((*sorted(access.allowed), "", *sorted(access.blocked))).encode())


def _access(body: AccessBody) -> Access:
    allowed = frozenset(filter(None, body.allowed))
    return Access(allowed | {caller().id} if allowed else allowed, frozenset(filter(None, body.blocked)))


def _check(access: Access, why: str, faults: Faults) -> None:
    if not why:
        faults.say("why", "missing", NO_REASON)
    if caller().id in access.blocked:
        faults.say("blocked", "yourself", NOT_YOURSELF)
    for who in sorted(access.allowed & access.blocked - {caller().id}):
        faults.say("blocked", "both-ways", BOTH_WAYS.format(who=who))


def _check_names(connection: Transaction, access: Access, before: Access, faults: Faults) -> None:
    """Whoever is named anew has to be there: a slip of the pen would leave the record open to whom it is meant for."""
    holders = {key.id for key in keys.every(connection)} | {account.id for account in accounts.every(connection)}
    known = holders | before.allowed | before.blocked
    for field, named in (("allowed", access.allowed), ("blocked", access.blocked)):
        for who in sorted(named - known):
            faults.say(field, "unknown", NOBODY.format(who=who))


def _link(connection: Transaction, record: Contact, other: Contact, body: LinkBody) -> None:
    refuse_closed(connection, other)
    if body.as_ == "parent-under-18" and record.made_by == other.made_by:
        raise ProblemError(HTTPStatus.CONFLICT, SAME_WORKER)
    contacts.link(connection, record.id, Link(other.id, body.as_), deed(body.why), now())
    if body.as_ == "parent-under-18":
        finish(connection, "second-record", record.id, now())


def _is_open(connection: Transaction, record: Contact) -> bool:
    return admits(record, contacts.access_to(connection, record.id), caller().id)


def _found(record: Contact) -> FoundOut:
    return FoundOut(
        id=record.id, call=record.call, authority=record.authority, made_at=moment_out(record.made_at), locked=record.locked
    )  # fmt: skip


def _history(connection: Transaction, record: Contact) -> Mapping[str, object]:
    access = contacts.access_to(connection, record.id)
    saves = contacts.history(connection, record.id)
    items = [
        VersionOut(version=one.version, at=moment_out(one.at), who=one.who, fields=list(one.fields)) for one in saves
    ]
    return HistoryOut(
        items=items, locked=record.locked, allowed=sorted(access.allowed), blocked=sorted(access.blocked)
    ).model_dump(mode="json")  # fmt: skip

"""How does what is typed become part of a record? One transaction for each save, whoever else is typing."""

from dataclasses import replace
from uuid import uuid4

from admin.auth import author, caller
from admin.ports import desk, newest_world, now
from admin.problems import Faults
from desk.contact_access import deed, refuse_closed
from desk.contact_shapes import ContactBody
from desk.contact_tasks import follow
from desk.contact_values import Value, matches_of, opened, sealed, values_in
from desk.sealed import sealer
from directory.problems import Fault
from store import calls, contacts, conversations
from store.contacts import Access, Contact, Save
from store.database import Transaction

NOTHING = "no field is given; send those that were typed since the last save."


def saved(connection: Transaction, known: Contact | None, call: str | None, body: ContactBody) -> Contact:
    """The record with what was typed; a new one where there is none. 422 with every fault, 403 where it is closed."""
    if known:
        refuse_closed(connection, known)
    faults = Faults()
    authority = _authority(connection, known, call, body, faults)
    if not body.fields and not body.faults:
        faults.say("fields", "missing", NOTHING)
    values = values_in(body.fields, authority, faults)
    body.refuse(faults)
    record = known or _new(connection, call, authority)
    return _written(connection, replace(record, authority=authority), values, body)


def _authority(
    connection: Transaction, known: Contact | None, call: str | None, body: ContactBody, faults: Faults
) -> str:
    """What the record has, else what the call's line says, else what was sent; unknown is empty, and every field is there."""
    if known and known.authority:
        return known.authority
    if found := _of_line(line_of_call(connection, call) if call else None):
        return found
    if body.authority and body.authority not in newest_world().directory.authorities:
        faults.note("authority", Fault.UNKNOWN, body.authority)
        return ""
    return body.authority


def line_of_call(connection: Transaction, call: str) -> str | None:
    """The line that a call came in on, as far as it is known."""
    if talk := conversations.one(connection, call):
        return talk.line
    row = calls.one(connection, call)
    return row.line if row else None


def _of_line(line: str | None) -> str:
    plan = desk().publication.current().plans.of_line(line) if line else None
    return plan.authority if plan else ""


def _new(connection: Transaction, call: str | None, authority: str) -> Contact:
    made = Contact(uuid4().hex[:16], call, authority, 0, now(), caller().id, now())
    contacts.add(connection, made)
    return made


def _written(connection: Transaction, record: Contact, values: dict[str, Value], body: ContactBody) -> Contact:
    doer, key = author(body.why), sealer()
    new = Save(sealed(values, key), doer.who, now(), body.page, body.sequence, doer.why)
    written = contacts.save(connection, record, new)
    held = opened(contacts.sealed_of(connection, record.id), key)
    if "children" in values:
        contacts.put_matches(connection, record.id, set(matches_of(held.get("children", ""), key)))
    if written.anonymous != (held.get("anonymous") == "yes"):
        written = contacts.change(connection, replace(written, anonymous=not written.anonymous))
    follow(connection, written, held)
    if held.get("staff_family") == "yes" and not written.locked:
        return _closed(connection, written)
    return written


def _closed(connection: Transaction, record: Contact) -> Contact:
    """A record of a colleague's family is open to whoever took the call and to whoever wrote this, until others are named (C:54)."""
    access = contacts.access_to(connection, record.id)
    named = Access(frozenset({record.made_by, caller().id}) - access.blocked, access.blocked)
    return contacts.put_access(connection, record, named, deed("a member of staff or their family"), now())

"""How does a paper become a contact record? What it holds is filled in where the call's record is still empty; nothing is overwritten."""

from collections.abc import Mapping

from desk.contact_access import refuse_closed
from desk.contact_saving import saved
from desk.contact_shapes import ContactBody
from desk.contact_values import Value
from desk.contacts import held
from store import contacts
from store.contacts import Contact
from store.database import Transaction
from store.papers import Paper


def record_of(connection: Transaction, paper: Paper, fields: Mapping[str, Value], why: str) -> Contact:
    """The record that a paper is now part of: that of its call, else a new one."""
    known = contacts.of_call(connection, paper.call) if paper.call else None
    there: Mapping[str, Value] = {}
    if known:
        refuse_closed(connection, known)
        there = held(connection, known)
    new = {code: value for code, value in fields.items() if value and code not in there}
    if known and not new:
        return known
    body = ContactBody.model_validate({"fields": new, "authority": paper.authority, "why": why})
    return saved(connection, known, paper.call, body)

"""How does a paper become a contact record? What it holds is filled in where the call's record is still empty; nothing is overwritten."""

from collections.abc import Mapping

from desk.contact_access import refuse_closed
from desk.contact_saving import saved
from desk.contact_shapes import ContactBody
from desk.contact_values import Value
from desk.contacts import held
from desk.fields import fields_of
from store import contacts
from store.contacts import Contact
from store.database import Transaction
from store.papers import Paper


def record_of(connection: Transaction, paper: Paper, fields: Mapping[str, Value], why: str) -> Contact:
    """The record that a paper is now part of: that of its call, else a new one. What the form of its authority does not ask is left out."""
    known = contacts.of_call(connection, paper.call) if paper.call else None
    there: Mapping[str, Value] = {}
    if known:
        refuse_closed(connection, known)
        there = held(connection, known)
    asked = fields_of(known.authority if known else paper.authority)
    new = {one.code: fields[one.code] for one in asked if fields.get(one.code) and one.code not in there}
    if known and not new:
        return known
    body = ContactBody.model_validate({"fields": new, "authority": paper.authority, "why": why})
    return saved(connection, known, paper.call, body)

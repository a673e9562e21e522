"""May this person read this record, and the caller's name on it? Locks and anonymity, in one place; refusals are words."""

from http import HTTPStatus

from admin.auth import author, caller
from admin.problems import ProblemError
from desk.contact_values import Value
from desk.fields import FIELDS
from store.audit import Deed
from store.contacts import Access, Contact, access_to
from store.conversations import has_received
from store.database import Transaction

LOCKED = "This record is open only to those who are named in it; ask one of them, or your manager."
BLOCKED = "This record is closed to you; ask your manager if you need to know why."
REFERRER = frozenset(field.code for field in FIELDS if field.names_referrer)


def admits(known: Contact, access: Access, who: str) -> bool:
    """Whether somebody may read and write a record. Being an administrator opens nothing (C:58)."""
    return who not in access.blocked and (not known.locked or who in access.allowed)


def refuse_closed(connection: Transaction, known: Contact) -> Access:
    """403 in words where the record is not this caller's to see; who is named in it."""
    access, who = access_to(connection, known.id), caller().id
    if not admits(known, access, who) and not _has_received(connection, known, access, who):
        raise ProblemError(HTTPStatus.FORBIDDEN, BLOCKED if who in access.blocked else LOCKED)
    return access


def _has_received(connection: Transaction, known: Contact, access: Access, who: str) -> bool:
    """A locked record goes with its call: whoever a transfer has brought the call to reads it, unless it is kept from them."""
    return who not in access.blocked and bool(known.call) and has_received(connection, known.call or "", who)


def sees_referrer(known: Contact, access: Access, why: str = "") -> bool:
    """Whether the name of a caller who asks not to be named is shown: to who took the call or is named, with a reason."""
    if not known.anonymous:
        return True
    return bool(author(why).why) and (caller().id == known.made_by or caller().id in access.allowed)


def without_referrer(values: dict[str, Value]) -> dict[str, Value]:
    """What is left of a record when its caller is not to be known."""
    return {code: value for code, value in values.items() if code not in REFERRER}


def deed(why: str = "") -> Deed:
    """Whoever asks, for the audit trail; what and on which record is filled in by the store."""
    doer = author(why)
    return Deed(doer.who, "", "contact", "", None, None, doer.why)

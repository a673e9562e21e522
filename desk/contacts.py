"""What does somebody who rings tell us? The contact record: saved as it is typed, sealed, every reading noted."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from flask import Response

from admin.auth import author
from admin.blueprints import resource_api
from admin.calls import SID
from admin.ports import desk, newest_world, now
from admin.problems import API, ProblemError, missing
from admin.shapes import moment_out
from admin.versions import created_as
from desk.contact_access import deed, refuse_closed, sees_referrer, without_referrer
from desk.contact_saving import saved
from desk.contact_shapes import (
    CallPath,
    ChoiceOut,
    ContactBody,
    ContactOut,
    ContactPath,
    FieldOut,
    FormOut,
    FormQuery,
    LinkOut,
    PromptOut,
    SavedOut,
)
from desk.contact_values import Value, opened
from desk.fields import FIELDS, fields_of
from desk.hand_over import hand_over
from desk.prompts import prompts
from desk.sealed import sealer
from store import contacts
from store.contacts import Contact
from store.database import Transaction
from store.sealing import SealError

KEY = re.compile(r"[0-9a-f]{16}")
AS_TEXT = {"description": "The record.", "content": {"text/plain": {"schema": {"type": "string"}}}}
UNSEALABLE = "This record cannot be opened with the deployment's secret; tell an operator."

api = resource_api("contacts", "Contact records: what callers told, saved as it is typed.")


@api.get("/contact-fields", responses={200: FormOut})
def form(query: FormQuery) -> Mapping[str, object]:
    """The fields of an authority's form, with their sources."""
    if query.authority and query.authority not in newest_world().directory.authorities:
        raise missing(f"authority “{query.authority}”")
    shown = [
        FieldOut(
            code=field.code, label=field.label, kind=field.kind, part=field.part, source=field.source,
            choices=[ChoiceOut(code=choice.code, label=choice.label) for choice in field.choices],
        )
        for field in fields_of(query.authority)
    ]  # fmt: skip
    return FormOut(authority=query.authority, fields=shown).model_dump(mode="json")


@api.get("/calls/<sid>/contact", responses={200: ContactOut})
def contact_of_call(path: CallPath) -> Mapping[str, object]:
    """The record of a call."""
    return record_of_call(path.sid)


def record_of_call(sid: str, why: str = "") -> Mapping[str, object]:
    """The record of a call as whoever asks may see it; ``why`` is their reason, where no header says it. 404, 403."""
    with desk().database.write_in_order() as connection:
        return _shown(connection, _of_call(connection, sid), why)


@api.put("/calls/<sid>/contact", responses={200: SavedOut})
def put_contact_of_call(path: CallPath, body: ContactBody) -> Mapping[str, object]:
    """Save what was typed, for a call that is there, was there, or is not known yet."""
    if not SID.fullmatch(path.sid):
        raise missing("call with this SID")
    with desk().database.write_in_order() as connection:
        return _told(connection, saved(connection, contacts.of_call(connection, path.sid), path.sid, body))


@api.get("/calls/<sid>/contact/hand-over", responses={200: AS_TEXT})
def hand_over_of_call(path: CallPath) -> Response:
    """The record of a call as text, to pass on."""
    with desk().database.write_in_order() as connection:
        return _as_text(connection, _of_call(connection, path.sid))


@api.post("/contacts", responses={201: SavedOut})
def new_contact(body: ContactBody) -> Response:
    """A record without a call."""
    with desk().database.write_in_order() as connection:
        made = saved(connection, None, None, body)
        answer = _told(connection, made)
    return created_as(answer, f"{API}/contacts/{made.id}")


@api.get("/contacts/<id>", responses={200: ContactOut})
def one_contact(path: ContactPath) -> Mapping[str, object]:
    """A record."""
    return record_by_id(path.id)


def record_by_id(key: str, why: str = "") -> Mapping[str, object]:
    """A record as whoever asks may see it; ``why`` is their reason, where no header says it. 404, 403."""
    with desk().database.write_in_order() as connection:
        return _shown(connection, known(connection, key), why)


@api.put("/contacts/<id>", responses={200: SavedOut})
def put_contact(path: ContactPath, body: ContactBody) -> Mapping[str, object]:
    """Save what was typed."""
    with desk().database.write_in_order() as connection:
        record = known(connection, path.id)
        return _told(connection, saved(connection, record, record.call, body))


@api.get("/contacts/<id>/hand-over", responses={200: AS_TEXT})
def hand_over_of_contact(path: ContactPath) -> Response:
    """A record as text, to pass on."""
    with desk().database.write_in_order() as connection:
        return _as_text(connection, known(connection, path.id))


def known(connection: Transaction, key: str) -> Contact:
    """A record. 404."""
    found = contacts.one(connection, key) if KEY.fullmatch(key) else None
    if found is None:
        raise missing(f"contact record “{key[:16]}”")
    return found


def _of_call(connection: Transaction, sid: str) -> Contact:
    found = contacts.of_call(connection, sid) if SID.fullmatch(sid) else None
    if found is None:
        raise missing("contact record of this call")
    return found


def held(connection: Transaction, record: Contact) -> dict[str, Value]:
    """What a record holds, opened."""
    try:
        return opened(contacts.sealed_of(connection, record.id), sealer())
    except SealError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, UNSEALABLE) from fault


def _told(connection: Transaction, record: Contact) -> dict[str, object]:
    """What whoever saved is told: that it is kept, and what to do now."""
    said = prompts(held(connection, record), record.authority)
    return SavedOut(
        id=record.id, version=record.version, saved_at=moment_out(record.saved_at), locked=record.locked,
        prompts=[PromptOut(code=one.code, words=one.words, source=one.source) for one in said],
    ).model_dump(mode="json")  # fmt: skip


def _shown(connection: Transaction, record: Contact, why: str = "") -> Mapping[str, object]:
    """A record for this caller; that they read it is noted, and whether the name of an anonymous caller was shown."""
    access = refuse_closed(connection, record)
    values, named = held(connection, record), sees_referrer(record, access, why)
    what = "read with the caller's name" if record.anonymous and named else "read"
    contacts.note_reading(connection, record.id, what, deed(why), now())
    seen = values if named else without_referrer(values)
    links = [LinkOut(id=link.other, why=link.why) for link in contacts.links(connection, record.id)]
    hidden = [field.code for field in FIELDS if field.code in values and field.code not in seen]
    return ContactOut.model_validate(
        _told(connection, record)
        | {"call": record.call, "authority": record.authority, "made_at": moment_out(record.made_at), "fields": seen}
        | {"anonymous": record.anonymous, "hidden": hidden, "linked": links}
    ).model_dump(mode="json")


def _as_text(connection: Transaction, record: Contact) -> Response:
    refuse_closed(connection, record)
    contacts.note_reading(connection, record.id, "read as hand-over", deed(), now())
    about = f"Record {record.id}, saved {moment_out(record.saved_at)}, passed on by {author().who}"
    text = hand_over(held(connection, record), record.authority, about)
    return Response(text, content_type="text/plain; charset=utf-8")

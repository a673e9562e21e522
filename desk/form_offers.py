"""Is a professional sent the address of the online form as a text message? Off unless a deployment sets it up (B:4, B:34, Y:48).

Never to the public (X51), never where a child needs protection now, never to a number that is withheld or no mobile, and once a call.
What may have been sent is not sent again.
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from uuid import uuid4

from pydantic import BaseModel, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body
from admin.calls import SID
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError, missing
from carrier.texting import Texting
from desk.contact_access import deed, refuse_closed
from desk.contact_shapes import CallPath
from desk.contacts import held
from desk.fields import NOT_PROFESSIONAL
from desk.paperwork import changed
from desk.texted import ASKED, NOT_SENT, state_of
from directory.numbers import Number
from directory.policy import may_be_texted
from store import calls, contacts, conversations, papers
from store.database import Transaction
from store.papers import Paper, Pile, Wanted

KIND = "form-offer"
OFF = "Text messages are not set up here (DUTYLINE_TEXT_FROM); tell the caller the form's address instead."
NO_FORM = "No address of this authority's form is known; an operator can set it (DUTYLINE_FORM_ADDRESSES)."
NO_NUMBER = "The caller's number is withheld or not known, so no message can be sent; tell them the form's address."
NO_MOBILE = "The caller's number is no mobile that may be written to; tell them the form's address."
NOT_THEM = "The form is offered to professionals only (B:5, X51); write down on the record who is calling."
AT_RISK = "The record says that the child needs protection now: take the referral by telephone (B:5)."
ONCE = "The form was offered to this caller already."
WORDS = "{name} Children's Services: our online form is at {address}. If a child is in danger now, dial 999."

api = resource_api("form-offers", "The online form, offered by text message.")


class FormOffer(Body):
    """Nothing but a reason, if there is one."""


class FormOfferOut(BaseModel):
    """What became of the offer."""

    call: str
    state: str = Field(examples=["sent", "unknown", "not-sent"])
    words: str = Field(description="What the message says.")


@api.post("/calls/<sid>/form-offer", responses={200: FormOfferOut})
def offer_form(path: CallPath, body: FormOffer) -> Mapping[str, object]:
    """Send the address of the form. The message is noted first, then sent outside the transaction, then noted as sent or not."""
    body.refuse(Faults())
    texting = _texting()
    with desk().database.write_in_order() as connection:
        to, paper, words = _intended(connection, path.sid, texting, body.why)
    result = texting.texts.text(to, words)
    with desk().database.write_in_order() as connection:
        paper = changed(connection, Pile.MESSAGE, paper, replace(paper, state=state_of(result)), body.why)
    return FormOfferOut(call=path.sid, state=paper.state, words=words).model_dump(mode="json")


def _texting() -> Texting:
    texting = desk().texting
    if texting is None:
        raise _conflict(OFF)
    return texting


def _intended(connection: Transaction, sid: str, texting: Texting, why: str) -> tuple[Number, Paper, str]:
    """To whom, and what; noted before it is asked for. 404, 409."""
    to = _number(connection, sid)
    authority = _authority(connection, sid)
    address, known = texting.forms.get(authority), newest_world().directory.authorities.get(authority)
    if not address or known is None:
        raise _conflict(NO_FORM)
    before = papers.those(connection, Pile.MESSAGE, Wanted(kinds=[KIND], about=sid))
    if any(paper.state != NOT_SENT for paper in before):
        raise _conflict(ONCE)
    at = now()
    paper = Paper(uuid4().hex[:16], authority, sid, sid, KIND, ASKED, {}, "", at, author(why).who, at)
    papers.add(connection, Pile.MESSAGE, paper, deed(why))
    return to, paper, WORDS.format(name=known.name, address=address)


def _number(connection: Transaction, sid: str) -> Number:
    """The caller's own mobile."""
    talk = conversations.one(connection, sid) if SID.fullmatch(sid) else None
    call = calls.one(connection, sid) if SID.fullmatch(sid) else None
    if talk is None and call is None:
        raise missing("call with this SID")
    number = talk.caller if talk else call.caller if call else None
    if not number:
        raise _conflict(NO_NUMBER)
    if not may_be_texted(Number(number)):
        raise _conflict(NO_MOBILE)
    return Number(number)


def _authority(connection: Transaction, sid: str) -> str:
    """The authority of the call's record, which says that a professional is calling and that nobody is in danger."""
    record = contacts.of_call(connection, sid)
    if record is None:
        raise _conflict(NOT_THEM)
    refuse_closed(connection, record)
    values = held(connection, record)
    if values.get("caller", "") in NOT_PROFESSIONAL:
        raise _conflict(NOT_THEM)
    if values.get("protection_now") == "yes":
        raise _conflict(AT_RISK)
    return record.authority


def _conflict(words: str) -> ProblemError:
    return ProblemError(HTTPStatus.CONFLICT, words)

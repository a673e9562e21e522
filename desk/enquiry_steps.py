"""What becomes of an enquiry? Who asks is verified, then answered; or a referral is made of it."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import Response

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body
from admin.ports import desk, now
from admin.problems import API, Faults, ProblemError
from admin.versions import created
from desk.contact_access import deed
from desk.contact_saving import saved
from desk.contact_shapes import ContactBody
from desk.enquiry_log import ANSWER, HOW, contents
from desk.enquiry_rules import LEGITIMATE
from desk.enquiry_shapes import EnquiryAnswer, EnquiryOut, EnquiryPath, EnquiryReferral, Verification
from desk.enquiry_showing import known_enquiry, shown
from desk.sealed import sealer
from store import enquiries
from store.enquiries import Enquiry

NOT_SAID = "nothing is given; fill it in."
NOT_LEGITIMATE = (
    "The list is confidential: only professionals are told what it says (S:31). Take a referral if a child is at risk."
)
NOT_VERIFIED = (
    "Establish first who is asking: the list is confidential (S:31). POST …/verification says how it was done."
)
ANSWERED = "This enquiry is answered already; what was said stays as it is. Log another one."
REFERRED = "A referral was made of this enquiry already: contact record {contact}."

api = resource_api("enquiry-steps", "Verifying and answering an enquirer, and making a referral.")


@api.post("/enquiries/<id>/verification", responses={200: EnquiryOut})
def verify(path: EnquiryPath, body: Verification) -> Mapping[str, object]:
    """It is established who asks; how, and by whom, is kept. 409 once they are answered, or a referral is made."""
    _needs(body, "how", body.how)
    with desk().database.write_in_order() as connection:
        known = known_enquiry(connection, path.id)
        _refuse_later(known)
        to = replace(
            known, state="verified", verified_how=sealer().seal(body.how, HOW), verified_by=author(body.why).who,
            verified_at=now(),
        )  # fmt: skip
        enquiries.change(connection, to, deed(body.why), now())
        return shown(connection, to)


@api.post("/enquiries/<id>/answer", responses={200: EnquiryOut})
def answer(path: EnquiryPath, body: EnquiryAnswer) -> Mapping[str, object]:
    """Note what the enquirer was told. 409 in words where they may not be told, or it is not established who they are."""
    _needs(body, "answer", body.answer)
    with desk().database.write_in_order() as connection:
        known = known_enquiry(connection, path.id)
        for is_so, words in (
            (known.agency not in LEGITIMATE, NOT_LEGITIMATE),
            (known.verified_at is None, NOT_VERIFIED),
            (bool(known.answer), ANSWERED),
        ):
            if is_so:
                raise ProblemError(HTTPStatus.CONFLICT, words)
        state = "referred" if known.contact else "answered"
        to = replace(known, state=state, answer=sealer().seal(body.answer, ANSWER))
        enquiries.change(connection, to, deed(body.why), now())
        return shown(connection, to)


class ReferralBody(Body):
    """Nothing but a reason, if there is one."""


@api.post("/enquiries/<id>/referral", responses={201: EnquiryReferral})
def refer(path: EnquiryPath, body: ReferralBody) -> Response:
    """Make a referral: a contact record with what the enquiry holds, to be gone on with."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        known = known_enquiry(connection, path.id)
        if known.contact:
            raise ProblemError(HTTPStatus.CONFLICT, REFERRED.format(contact=known.contact))
        held = contents(known)
        fields = {
            "caller": known.agency, "referrer_name": held["enquirer"]["name"],
            "referrer_contact": held["enquirer"]["contact"], "children": held["children"], "concern": held["concern"],
        }  # fmt: skip
        made = saved(
            connection, None, None, ContactBody(fields=fields, authority=known.authority, why=body.why)
        )  # fmt: skip
        enquiries.change(connection, replace(known, state="referred", contact=made.id), deed(body.why), now())
    told = EnquiryReferral(enquiry=known.id, contact=made.id).model_dump_json()
    return created(Response(told, content_type="application/json"), f"{API}/contacts/{made.id}")


def _refuse_later(known: Enquiry) -> None:
    """Who asked is not established any more once the enquiry has gone further."""
    if known.contact:
        raise ProblemError(HTTPStatus.CONFLICT, REFERRED.format(contact=known.contact))
    if known.answer:
        raise ProblemError(HTTPStatus.CONFLICT, ANSWERED)


def _needs(body: Body, field: str, given: str) -> None:
    faults = Faults()
    if not given:
        faults.say(field, "missing", NOT_SAID)
    body.refuse(faults)

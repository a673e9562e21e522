"""Who asked whether a child is known, and why? The log of enquiries: kept two years, matched without being readable."""

from collections.abc import Mapping

from flask import Response

from admin.blueprints import resource_api
from admin.listing import document, matches, page
from admin.ports import desk
from admin.problems import API
from admin.versions import created_as
from desk.enquiry_log import logged
from desk.enquiry_shapes import EnquiryBody, EnquiryList, EnquiryOut, EnquiryPath, EnquirySearch
from desk.enquiry_showing import head_of, known_enquiry, shown
from store import enquiries
from store.enquiries import Enquiry

FAR_AHEAD = 10**12

api = resource_api("enquiries", "Enquiries about children: who asked, why, what they were told; never a referral.")


@api.get("/enquiries", responses={200: EnquiryList})
def every_enquiry(query: EnquirySearch) -> Mapping[str, object]:
    """Enquiries, newest first, without anybody's name."""
    with desk().database.read() as connection:
        found = enquiries.every(connection, query.authority)
    cut = page((one for one in found if _is_wanted(one, query)), _newest_first, query)
    return document([head_of(one).model_dump(mode="json") for one in cut.items], cut.next)


@api.post("/enquiries", responses={201: EnquiryOut})
def new_enquiry(body: EnquiryBody) -> Response:
    """Log an enquiry; the reply says what came before, and whether a second one within two years prompts a referral."""
    with desk().database.write_in_order() as connection:
        made = logged(connection, body)
        answer = shown(connection, made)
    return created_as(answer, f"{API}/enquiries/{made.id}")


@api.get("/enquiries/<id>", responses={200: EnquiryOut})
def one_enquiry(path: EnquiryPath) -> Mapping[str, object]:
    """An enquiry, with the chronology of its child or family."""
    with desk().database.write_in_order() as connection:
        return shown(connection, known_enquiry(connection, path.id))


def _is_wanted(one: Enquiry, query: EnquirySearch) -> bool:
    return query.state in ("", one.state) and matches(query.q, one.agency, one.reason, one.state, one.id)


def _newest_first(one: Enquiry) -> str:
    return f"{FAR_AHEAD - int(one.made_at.timestamp()):013d} {one.id}"

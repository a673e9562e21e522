"""What is shown of an enquiry, and to whom? To a handler the whole, with the chronology; to others only what names nobody."""

from collections.abc import Mapping
from typing import Any

from admin.ports import now
from admin.problems import missing
from admin.shapes import moment_out
from desk.contact_access import deed
from desk.contacts import KEY
from desk.enquiry_log import ANSWER, HOW, contents, counted, opened
from desk.enquiry_rules import REFERS, STATEMENT, prompt_of
from desk.enquiry_shapes import EnquiryContents, EnquiryHead, EnquiryOut, EnquiryPromptOut, EnquiryStepOut
from desk.retention import kept_since
from store import enquiries
from store.database import Transaction
from store.enquiries import Enquiry


def known_enquiry(connection: Transaction, key: str) -> Enquiry:
    """An enquiry. 404."""
    found = enquiries.one(connection, key) if KEY.fullmatch(key) else None
    if found is None:
        raise missing(f"enquiry “{key[:16]}”")
    return found


def head_of(known: Enquiry) -> EnquiryHead:
    """An enquiry without anybody's name."""
    return EnquiryHead(
        id=known.id, authority=known.authority, line=known.line, call=known.call, agency=known.agency,
        reason=known.reason, known=known.known, state=known.state, made_at=moment_out(known.made_at),
        verified=known.verified_at is not None, contact=known.contact,
        fired=[prompt["reading"] for prompt in known.prompts if prompt["fired"]],
    )  # fmt: skip


def shown(connection: Transaction, known: Enquiry) -> Mapping[str, object]:
    """The whole of an enquiry with the others of its child or family; that they were read is noted."""
    keys, held, head = counted(enquiries.keys_of(connection, known.id)), contents(known), head_of(known)
    alike = enquiries.alike(connection, known.authority, keys, kept_since("enquiries", now()))
    others = [one for one in alike if one.id != known.id]
    enquiries.note_readings(connection, [known.id], "read", deed(), now())
    enquiries.note_readings(connection, [one.id for one in others], "read in a chronology", deed(), now())
    return EnquiryOut(
        **head.model_dump(), **held, statement=STATEMENT, prompts=_prompts(known), refer=REFERS if head.fired else "",
        unmatched=sum(not (child["name"] and child["born"]) for child in held["children"]),
        answer=opened(known.answer, ANSWER), verified_by=known.verified_by,
        verified_how=opened(known.verified_how, HOW), chronology=[_contents(one) for one in others],
        history=[
            EnquiryStepOut(state=step.state, at=moment_out(step.at), who=step.who)
            for step in enquiries.steps(connection, known.id)
        ],
    ).model_dump(mode="json")  # fmt: skip


def _prompts(known: Enquiry) -> list[EnquiryPromptOut]:
    found = (prompt_of(one["reading"], one["count"], fired=one["fired"]) for one in known.prompts)
    return [
        EnquiryPromptOut(reading=one.reading, words=one.words, source=one.source, count=one.count, fired=one.fired)
        for one in found
    ]


def _contents(known: Enquiry) -> EnquiryContents:
    held: dict[str, Any] = contents(known)
    return EnquiryContents(
        id=known.id, made_at=moment_out(known.made_at), agency=known.agency, reason=known.reason, state=known.state,
        answer=opened(known.answer, ANSWER), **held,
    )  # fmt: skip

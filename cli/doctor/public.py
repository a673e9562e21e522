"""Is the public address reached as Twilio reaches it, with a certificate that holds, and does Dutyline answer there?"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from cli.doctor.addresses import differences, differing
from cli.doctor.findings import Findings, Found, Grade, Kind
from cli.doctor.patient import Patient
from cli.doctor.web import Answer, Fault, NoAnswer
from routing.reasons import clock_time

SOON = timedelta(days=21)
CONNECTS, REPLIES = 2.0, 5.0
"""So long Twilio waits for us, by the overrides behind our addresses."""

START = "Start the service and its proxy, open the proxy's port to the internet, or correct DUTYLINE_PUBLIC_URL."
UNKNOWN_HOST = Kind(
    "address-unknown",
    Grade.FAILS,
    "The host of {address} is not known: {words}.",
    "Have the name put into the public DNS, or correct DUTYLINE_PUBLIC_URL.",
)
SILENT = Kind("address-silent", Grade.FAILS, "Nothing answers at {address} as it is seen from here: {words}.", START)
CERTIFICATE = Kind(
    "certificate-refused",
    Grade.FAILS,
    "The certificate of {address} is refused: {words}.",
    "Have the proxy show a valid certificate for this host, with every certificate between it and the root.",
)
ENDS = Kind(
    "certificate-ends",
    Grade.SOON,
    "The certificate of {address} ends in {days} days, on {day}.",
    "Renew it, and find out why that did not happen by itself.",
)
WRONG_SCHEME = Kind(
    "address-scheme",
    Grade.FAILS,
    "{address} is written with {written}, and what answers there speaks {spoken}: the scheme differs.",
    "Write {spoken} in DUTYLINE_PUBLIC_URL and at Twilio, or have the proxy speak {written} there.",
)
NO_TLS = Kind(
    "address-tls",
    Grade.FAILS,
    "No encrypted connection to {address} comes about: {words}.",
    "Look at the proxy's TLS settings: Twilio needs TLS 1.2 or later.",
)
REDIRECTED = Kind(
    "address-redirected",
    Grade.FAILS,
    "{address} sends whoever asks on to {location}: {parts}. Twilio's form is lost on the way, or its signature does not fit.",
    "Set DUTYLINE_PUBLIC_URL, and the addresses at Twilio, to where it leads, or end the redirect.",
)
SLOW = Kind(
    "address-slow",
    Grade.SOON,
    "{address} took {connected} s to connect and {replied} s to reply: Twilio waits 2 s and 5 s.",
    "Look for what is slow on the way: name look-ups, the proxy, a loaded machine.",
)
NOT_OURS = Kind(
    "address-not-ours",
    Grade.FAILS,
    "At {address} something answers with status {status}, and it is not Dutyline.",
    "Have the proxy hand this host and path to Dutyline, and see that it runs.",
)
UNREADY = Kind(
    "service-unready",
    Grade.FAILS,
    "The service says that it cannot answer calls: {because}",
    "See its log, and “Health” in docs/operations.md.",
)
DEGRADED = Kind(
    "service-degraded",
    Grade.SOON,
    "The service answers calls, and says that something is amiss: {because}",
    "See its log, and “Health” in docs/operations.md.",
)
WHERE = "/readyz"


def look(patient: Patient) -> Findings:
    """The public address, and what the service says of itself."""
    address = patient.config.public_url
    reply = patient.web.asked(f"{address}{WHERE}")
    found = list(of_answer(patient, address, reply))
    yield from found
    if isinstance(reply, Answer) and not any(one.kind is REDIRECTED for one in found):
        yield from _of_service(address, reply)


def of_answer(patient: Patient, address: str, reply: Answer | NoAnswer) -> Iterator[Found]:
    """What is amiss with an address of ours, whatever answers there."""
    if isinstance(reply, NoAnswer):
        yield _silent(patient, address, reply)
        return
    yield from of_certificate(address, reply, patient.now)
    if 300 <= reply.status < 400:
        yield _redirected(address, reply)
    if reply.connected > CONNECTS or reply.replied > REPLIES:
        yield SLOW.found(address=address, connected=f"{reply.connected:.1f}", replied=f"{reply.replied:.1f}")


def of_certificate(address: str, reply: Answer, now: datetime) -> Iterator[Found]:
    """Whether the certificate ends soon."""
    if reply.ends and reply.ends - now < SOON:
        yield ENDS.found(address=address, days=(reply.ends - now).days, day=clock_time(reply.ends))


def _silent(patient: Patient, address: str, reply: NoAnswer) -> Found:
    match reply.fault:
        case Fault.NAME:
            return UNKNOWN_HOST.found(address=address, words=reply.words)
        case Fault.CERTIFICATE:
            return CERTIFICATE.found(address=address, words=reply.words)
        case Fault.NO_TLS:
            return WRONG_SCHEME.found(address=address, written="https", spoken="http")
        case Fault.TLS:
            return NO_TLS.found(address=address, words=reply.words)
        case _ if address.startswith("http:") and _speaks_tls(patient, address):
            return WRONG_SCHEME.found(address=address, written="http", spoken="https")
        case _:
            return SILENT.found(address=address, words=reply.words)


def _speaks_tls(patient: Patient, address: str) -> bool:
    """Whether the port of an address without TLS would answer with it."""
    reply = patient.web.asked(address.replace("http:", "https:", 1))
    return isinstance(reply, Answer) or reply.fault is Fault.CERTIFICATE


def _redirected(address: str, reply: Answer) -> Found:
    asked = f"{address}{WHERE}"
    location = urljoin(asked, reply.headers.get("location", "")).removesuffix(WHERE)
    parts = differing([f"the {one.part}" for one in differences(address, location)]) or "only the path differs"
    return REDIRECTED.found(address=address, location=location, parts=parts)


def _of_service(address: str, reply: Answer) -> Iterator[Found]:
    told = _told(reply)
    if "status" not in told:
        yield NOT_OURS.found(address=address, status=reply.status)
    elif told["status"] != "ready":
        kind = UNREADY if told["status"] == "unready" else DEGRADED
        yield kind.found(because=" ".join(told.get("because", ["it does not say why."])))


def _told(reply: Answer) -> Mapping[str, Any]:
    try:
        found = json.loads(reply.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

"""Does a request that is signed as Twilio signs it arrive unaltered, and is it signed for the address that the service reckons with?

It goes to the public address, and to every other address of ours that a number at Twilio is given: what Twilio signs is what stands there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from cli.doctor.addresses import differences, differing
from cli.doctor.findings import CannotLookError, Findings, Found, Grade, Kind
from cli.doctor.patient import Patient
from cli.doctor.public import of_answer
from cli.doctor.web import Answer, NoAnswer
from telephone.signature import signature
from webhooks.guard import Guard
from webhooks.links import ROOT, ROUND_TRIP
from webhooks.round_trip import ASKED, PROOF, digest_of

Pairs = tuple[tuple[str, str], ...]
QUERY = "x=1&b=2.3&t=a-_b"
AWKWARD: Pairs = (("FromCity", ""), ("Digits", "1#"), ("Words", "a+b %20 c&d=é"), ("Twice", "2"), ("Twice", "1"))
"""What proxies and form readers like to alter: blanks, signs, letters beyond ASCII, a name that stands twice."""

FOREIGN_WORDS = "The signature is not Twilio's"

DIFFERS = Kind(
    "address-differs",
    Grade.FAILS,
    "The service reckons with {reckoned}, and it is asked at {address}: {parts}. Twilio's signatures do not fit, and calls get 403.",
    "Set DUTYLINE_PUBLIC_URL and the addresses at Twilio to the same address, letter by letter, and restart the service.",
)
PREFIX = Kind(
    "prefix-kept",
    Grade.FAILS,
    "A request for {address}{path} arrives as {arrived}: the path prefix differs, and no call is answered there.",
    "Have the proxy take off exactly the path of DUTYLINE_PUBLIC_URL, “{prefix}”, before it asks Dutyline.",
)
TOKEN = Kind(
    "token-unknown-here",
    Grade.FAILS,
    "The running service at {address} does not know the {which} token of this environment: it was started with others.",
    "Restart the service with the settings that you see here, or look with the service's own settings.",
)
STRIPPED = Kind(
    "signature-lost",
    Grade.FAILS,
    "A request to {address} arrives without its X-Twilio-Signature: every call gets 403.",
    "Have the proxy hand on all headers.",
)
ALTERED = Kind(
    "request-altered",
    Grade.FAILS,
    "The {what} of a request to {address} arrives altered: signatures do not fit.",
    "Have the proxy hand on {what} and path as they come, without decoding and encoding them again.",
)
NOT_DUTYLINE = Kind(
    "round-trip-lost",
    Grade.FAILS,
    "A signed request to {address}{path} is answered with status {status}, and not by this version of Dutyline.",
    "Have the proxy hand everything below {address}/webhooks/ to Dutyline by POST, and restart the service after an update.",
)


@dataclass(frozen=True, slots=True)
class Knock:
    """One signed request to an address."""

    address: str
    token: str

    @property
    def pairs(self) -> Pairs:
        """The form."""
        return (*AWKWARD, (ASKED, self.address), (PROOF, Guard([self.token], self.address).proof(self.address)))

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.address}{ROUND_TRIP}?{QUERY}"


def look(patient: Patient) -> Findings:
    """Every address, with every token."""
    for address in addresses(patient):
        yield from _of_address(patient, address)


def addresses(patient: Patient) -> tuple[str, ...]:
    """Ours, and those that numbers at Twilio have for our path."""
    found = dict.fromkeys([patient.config.public_url])
    try:
        numbers = patient.twilio.numbers() if patient.twilio else ()
    except CannotLookError:  # the part that looks at the numbers says so
        numbers = ()
    for number in numbers:
        bare = number.voice.url.partition("#")[0].partition("?")[0]
        if bare.endswith(ROOT):
            found.setdefault(bare.removesuffix(ROOT))
    return tuple(found)


def _of_address(patient: Patient, address: str) -> Iterator[Found]:
    for count, token in enumerate(patient.config.tokens):
        which = f"{('first', 'second')[count]}" if count < 2 else f"{count + 1}th"
        knock = Knock(address, token)
        reply = _knocked(patient, knock)
        if address != patient.config.public_url:
            yield from of_answer(patient, address, reply)
        if isinstance(reply, NoAnswer):
            raise CannotLookError(f"nothing answers at {address}.")
        found = tuple(_of_reply(knock, reply, which))
        is_known = all(one.kind is not TOKEN for one in found)
        yield from found if is_known or address == patient.config.public_url else ()
        if found and is_known:
            return


def _knocked(patient: Patient, knock: Knock) -> Answer | NoAnswer:
    signed = signature(knock.token, knock.url, knock.pairs)
    headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    return patient.web.asked(knock.url, "POST", urlencode(knock.pairs).encode(), headers)


def _of_reply(knock: Knock, reply: Answer, which: str) -> Iterator[Found]:
    told = _told(reply)
    if told:
        yield from _of_arrival(knock, told)
    elif reply.status == 403 and FOREIGN_WORDS in reply.body.decode("utf-8", "replace"):
        yield TOKEN.found(address=knock.address, which=which)
    elif not 300 <= reply.status < 400:
        yield NOT_DUTYLINE.found(address=knock.address, path=ROUND_TRIP, status=reply.status)


def _of_arrival(knock: Knock, told: Mapping[str, object]) -> Iterator[Found]:
    """What arrived otherwise than it was sent; the first that explains why a signature does not fit."""
    address = knock.address
    parts = differing(differences(address, str(told["reckons_with"])))
    if told["path"] != ROUND_TRIP:
        yield PREFIX.found(address=address, path=ROUND_TRIP, arrived=told["path"], prefix=urlsplit(address).path)
    if parts:
        yield DIFFERS.found(address=address, reckoned=told["reckons_with"], parts=parts)
    if not told["signed"]:
        yield STRIPPED.found(address=address)
    if told["query"] != QUERY:
        yield ALTERED.found(address=address, what="query")
    if told["form"] != digest_of(knock.pairs):
        yield ALTERED.found(address=address, what="form")


def _told(reply: Answer) -> Mapping[str, object]:
    """What the service saw; nothing where it is not ours that answers."""
    try:
        found = json.loads(reply.body)
    except ValueError:
        return {}
    ours = isinstance(found, dict) and found.get("service") == "dutyline" and {"path", "reckons_with"} <= found.keys()
    return found if ours else {}

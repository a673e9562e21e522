"""Would another host answer when ours does not? Each number's fallback address is asked as Twilio asks it. (docs/failover.md)

What it hands out is held against what would be written now, file by file, as far as the numbers need them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from carrier.inspecting import Hook, OwnNumber
from cli.doctor.addresses import shown
from cli.doctor.findings import CannotLookError, Findings, Found, Grade, Kind
from cli.doctor.numbers import leads_to_us, lines_of, national
from cli.doctor.patient import Patient
from cli.doctor.public import ENDS, SOON
from cli.doctor.web import Answer
from directory.findings import listed
from routing.reasons import clock_time
from webhooks.failover import line_files
from webhooks.failover_index import INDEX
from webhooks.links import FALLBACK
from webhooks.static import ACCEPT, ACCEPTED

XML = ("text/xml", "application/xml", "text/html")
SET_UP = "“Setting it up” in docs/failover.md"

NONE = Kind(
    "fallback-none",
    Grade.SOON,
    "{numbers} without “Primary handler fails”: while Dutyline is away callers hear Twilio's error.",
    "Enter the file of the line on another host, HTTP GET.",
)
OWN_HOST = Kind(
    "fallback-own-host",
    Grade.SOON,
    "“Primary handler fails” of {numbers} leads to Dutyline's own host: while that is away callers hear Twilio's error.",
    "Serve the fail-over folder from another host, and enter the file of the line, HTTP GET (docs/failover.md).",
)
METHOD = Kind(
    "fallback-method",
    Grade.SOON,
    "“Primary handler fails” of {numbers} uses HTTP {method}: {why}.",
    "Set HTTP {right}.",
)
SILENT = Kind(
    "fallback-silent",
    Grade.SOON,
    "The fallback {address} does not answer: {words}.",
    "See that the other host runs and serves the fail-over folder.",
)
NOT_TWIML = Kind(
    "fallback-not-twiml",
    Grade.SOON,
    "The fallback {address} is no TwiML: {why}. Callers would hear Twilio's error.",
    "Serve the file of the line, with the type text/xml (docs/failover.md).",
)
NOT_BESIDE = Kind(
    "fallback-accept",
    Grade.SOON,
    "Beside the fallback {address} there is no {file}: phones that take a call by a key could not take it.",
    "Copy the whole fail-over folder, not one file of it.",
)
OTHERWISE = Kind(
    "fallback-old",
    Grade.SOON,
    "The fallback {address} is not what would be written now for {line}: numbers in it may have changed.",
    "See that the copy job runs, and that the folder in the state folder is up to date.",
)
EXPIRED = Kind(
    "fallback-expired",
    Grade.SOON,
    "The folder of the fallback {address} was good until {until}.",
    "See that the copy job runs.",
)
ENDING = Kind(
    "fallback-ending",
    Grade.KNOW,
    "The folder of the fallback {address} is good until {until}.",
    "Nothing, while the copy job runs; Dutyline writes the folder again before.",
)
NO_AGE = Kind(
    "fallback-ageless",
    Grade.KNOW,
    "Beside the fallback {address} there is no {file}, so nobody can tell how old it is.",
    "Copy the whole fail-over folder, with its index.json.",
)
ENDS_SOON = Kind("fallback-certificate-ends", Grade.SOON, ENDS.words, ENDS.remedy)


@dataclass(frozen=True, slots=True)
class Fallback:
    """One fallback address, the numbers that have it, and what is served there."""

    hook: Hook
    numbers: tuple[OwnNumber, ...]
    patient: Patient

    @property
    def bare(self) -> str:
        """The address without overrides."""
        return self.hook.url.partition("#")[0]

    @property
    def named(self) -> str:
        """The address as it may be told: a password in it stays out."""
        return shown(self.bare)

    @property
    def whose(self) -> str:
        """The numbers in words."""
        return listed([national(number.number) for number in self.numbers])

    def beside(self, name: str) -> Answer | None:
        """A file next to it, or nothing where it is not there. A folder of one line has what it needs one floor up, too."""
        reply = self.patient.web.asked(self._beside(name))
        return reply if isinstance(reply, Answer) and reply.status == 200 else None

    def index(self) -> Mapping[str, Any] | None:
        """The index of the folder, beside the file or, for a file by the clock, above it."""
        for name in (INDEX, f"../{INDEX}"):
            reply = self.beside(name)
            found = _object(reply.body) if reply else None
            if found and "made_at" in found:
                return found
        return None

    def _beside(self, name: str) -> str:
        """Relative to it; the password is Twilio's to keep, and ours."""
        parts = urlsplit(self.bare)
        path = urlsplit(urljoin(self.named, name)).path
        return parts._replace(path=path, query="").geturl()


def look(patient: Patient) -> Findings:
    """Every number that is a line's, or leads to us; each address once."""
    lines = lines_of(patient.world).by_number if patient.world else {}
    ours = [
        number
        for number in patient.at_twilio.numbers()
        if number.number in lines or leads_to_us(number, patient.config.public_url)
    ]
    without = [national(number.number) for number in ours if not number.fallback.url]
    if without:
        yield NONE.found(numbers=f"{listed(without)} {'is' if len(without) == 1 else 'are'}")
    for hook in dict.fromkeys(number.fallback for number in ours if number.fallback.url):
        patient.tell(f"the fallback {urlsplit(hook.url).hostname}")
        yield from _of_address(Fallback(hook, tuple(one for one in ours if one.fallback == hook), patient))


def _of_address(fallback: Fallback) -> Iterator[Found]:
    if _host(fallback.bare) == _host(fallback.patient.config.public_url):
        yield OWN_HOST.found(numbers=fallback.whose)
        if urlsplit(fallback.bare).path.endswith(FALLBACK) and fallback.hook.method != "POST":
            yield _method(fallback, "Dutyline itself takes POST only", "POST")
        return
    if fallback.hook.method != "GET":
        yield _method(fallback, "most hosts of files refuse that", "GET")
    reply = fallback.patient.web.asked(fallback.bare)
    if not isinstance(reply, Answer):
        yield SILENT.found(address=fallback.named, words=reply.words)
        return
    now = fallback.patient.now
    if reply.ends and reply.ends - now < SOON:
        days = (reply.ends - now).days
        yield ENDS_SOON.found(address=fallback.named, days=days, day=clock_time(reply.ends))
    yield from _of_document(fallback, reply)


def _method(fallback: Fallback, why: str, right: str) -> Found:
    return METHOD.found(numbers=fallback.whose, method=fallback.hook.method, why=why, right=right)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _of_document(fallback: Fallback, reply: Answer) -> Iterator[Found]:
    if why := _no_twiml(reply):
        yield NOT_TWIML.found(address=fallback.named, why=why)
        return
    for name in (ACCEPT, ACCEPTED):
        if ACCEPT.encode() in reply.body and not fallback.beside(name):
            yield NOT_BESIDE.found(address=fallback.named, file=name)
    index = fallback.index()
    if index is None:
        yield NO_AGE.found(address=fallback.named, file=INDEX)
        return
    yield from _of_age(fallback, index)
    yield from _of_content(fallback, index, reply.body)


def _no_twiml(reply: Answer) -> str:
    """Why a document would not be played; nothing where it would."""
    if reply.status != 200:
        return f"it answers with status {reply.status}"
    kind = reply.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in XML:
        return f"its type is {kind or 'not given'}"
    if b"<!DOCTYPE" in reply.body:
        return "it holds a document type"
    try:
        root = ElementTree.fromstring(reply.body)  # noqa: S314  # without a document type there are no entities to grow
    except ElementTree.ParseError:
        return "it is not well-formed"
    return "" if root.tag == "Response" else f"its root is <{root.tag}>"


def _of_age(fallback: Fallback, index: Mapping[str, Any]) -> Iterator[Found]:
    until, now = _moment(index.get("good_until")), fallback.patient.now
    if until and until <= now:
        yield EXPIRED.found(address=fallback.named, until=clock_time(until))
    elif until and until - now < SOON:
        yield ENDING.found(address=fallback.named, until=clock_time(until))


def _of_content(fallback: Fallback, index: Mapping[str, Any], body: bytes) -> Iterator[Found]:
    """Whether the file is one that would be written now for the lines whose numbers lead to it. One by the clock may be any of the
    line's."""
    world, made = fallback.patient.world, _moment(index.get("made_at"))
    if world is None or made is None:
        raise CannotLookError("plans and directory cannot be read, so no fallback can be held against them.")
    lines = lines_of(world)
    slugs = dict.fromkeys(filter(None, (lines.by_number.get(one.number) for one in fallback.numbers)))
    for plan in filter(None, map(world.plans.of_line, slugs)):
        if body not in (content for _, content in line_files(world, plan, made).files):
            yield OTHERWISE.found(address=fallback.named, line=plan.name)


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None

"""How is a call answered? The door of every webhook: guard, read, advance, journal, write; from memory, in one direction.

A plain WSGI callable in front of the site, since a caller waits for it (performance.md: a third of Flask's cost).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from ivr.answering import Answering
from ivr.engine import advance, start
from ivr.events import CallerGone
from ivr.in_hand import IN_HAND, noted, take
from ivr.kept import Webhook, override_document
from ivr.legs import Belonging, LegPlace, NotOurs
from ivr.moment import Keyed, Moment, World
from ivr.outcome import Outcome
from ivr.override import Override
from ivr.position import Position, Stage
from ivr.record import Record, step_record
from ivr.steps.dial_by_name import looks_up
from routing.clock import Clock, minute_of
from webhooks import links
from webhooks.borders import as_signed
from webhooks.counted import UNCOUNTED, answered_as
from webhooks.desk_legs import DeskLegs
from webhooks.engaged import Engaged
from webhooks.faults import UnansweredNumberError, UnknownPositionError, told
from webhooks.guard import Guard, joined
from webhooks.in_time import InTime
from webhooks.last_resort import CANNOT_BE_CONNECTED, SAFE, Rescue, last_resort, plan_answering
from webhooks.lookups import Lookups
from webhooks.ports import NOBODY, UNPLUGGED, Alarm, Attendance, Journal, Publication, Switchboard, Tally
from webhooks.reading import Form, call_from, event_from, form_from, number_of, said
from webhooks.refusals import Refusals
from webhooks.round_trip import is_round_trip, round_trip
from webhooks.status import status_record
from webhooks.test_call import HANGS_UP, is_test_call
from webhooks.twiml import Writer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BODY, DIGITS, LONGEST_PLACE = 65_536, 16, 250
XML, JSON, PLAIN = "text/xml; charset=utf-8", "application/json", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to Twilio."""

    status: str
    content_type: str
    body: bytes
    how: Answering = Answering.REFUSED


class Door:
    """Answers Twilio; everything that is not a webhook goes to ``site``."""

    def __init__(self, site: "WSGIApplication", guard: Guard, ports: "Ports", prefix: str) -> None:
        self._site, self._guard, self._ports, self._prefix = site, guard, ports, prefix
        self._writer = Writer(prefix)
        self._in_time = InTime(ports.alarm)
        self._legs = DeskLegs(ports.switchboard, self._in_time)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """One WSGI request."""
        if not environ["PATH_INFO"].startswith("/webhooks/") and not is_round_trip(environ["PATH_INFO"]):
            return self._site(environ, start_response)
        began = perf_counter()
        try:
            answer = self._admitted(environ)
            self._ports.tally.note(answer.how, perf_counter() - began)
        finally:
            IN_HAND.set(None)
        headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body)))]
        start_response(answer.status, headers if answer.body else headers[1:])
        return [answer.body]

    def _admitted(self, environ: "WSGIEnvironment") -> Answer:
        body = _body(environ)
        if body is None:
            return Answer("413 Content Too Large", PLAIN, b"The body is larger than any webhook.")
        if environ["REQUEST_METHOD"] != "POST":
            return Answer("405 Method Not Allowed", PLAIN, b"Webhooks are POST.")
        try:
            form = form_from(body)
        except ValueError:
            return Answer("400 Bad Request", PLAIN, b"The form has more fields than any webhook.")
        if is_round_trip(environ["PATH_INFO"]) and (arrived := round_trip(self._guard, environ, form)):
            return Answer("200 OK", JSON, arrived, Answering.TEST)
        text = joined(form.pairs)
        is_signed = self._guard.signed(environ.get("HTTP_X_TWILIO_SIGNATURE", ""), _target(environ), text)
        if not (is_signed and (signed := as_signed(form, text))):
            return self._refused(environ, form)
        return self._answered(environ["PATH_INFO"], environ.get("QUERY_STRING", ""), signed)

    def _refused(self, environ: "WSGIEnvironment", form: Form) -> Answer:
        signature, agent = environ.get("HTTP_X_TWILIO_SIGNATURE", ""), environ.get("HTTP_USER_AGENT", "")
        if self._ports.refusals:
            self._ports.refusals.note(agent, form.value("AccountSid"), signature, self._ports.clock.now())
        return Answer("403 Forbidden", PLAIN, b"The signature is not Twilio's for this address.")

    def _answered(self, path: str, query: str, form: Form) -> Answer:
        take(form.value("ParentCallSid") or form.value("CallSid"), path)
        request = Request(path, query, form, self._ports.clock.now())
        is_test = is_test_call(form, self._ports.keyed, request.at)
        if path == links.STATUS:
            return Answer("204 No Content", PLAIN, b"", Answering.TEST) if is_test else self._noted(form)
        for way in (self._tested, _unheard) if is_test else self._ways(path):
            try:
                return Answer("200 OK", XML, way(request), answered_as(path, request.fault, is_test=is_test))
            except Exception as fault:  # noqa: BLE001  # whatever it is, a caller never hears an error
                request = replace(request, fault=type(fault).__name__)
                self._ports.alarm.raised(told(fault))
        return Answer("200 OK", XML, SAFE, Answering.RESCUE)

    def _ways(self, path: str) -> tuple[Callable[["Request"], bytes], ...]:
        """How a webhook is answered, and how where that fails."""
        leg = links.leg_place_at(path)
        return (self._step, self._last_resort) if leg is None else (partial(self._leg, leg), _goodbye)

    def _tested(self, request: "Request") -> bytes:
        """Our own test call: its first step as a caller hears it, without a record or a trace; and never a second one."""
        if request.path != links.ROOT:
            return HANGS_UP
        moment = self._moment(request.path, request.query, request.form, request.at)
        return self._writer.document(advance(moment).replies)

    def _noted(self, form: Form) -> Answer:
        self._ports.journal.append(status_record(form, self._ports.clock.now()))
        return Answer("204 No Content", PLAIN, b"", Answering.STATUS)

    def _leg(self, place: LegPlace, request: "Request") -> bytes:
        return self._writer.document(self._legs.replies(place, request.form, request.at))

    def _step(self, request: "Request") -> bytes:
        form, now = request.form, request.at
        if request.path in (links.FALLBACK, links.AFTER_FALLBACK):
            code = form.value("ErrorCode")
            if code.isdecimal():
                self._ports.alarm.raised(f"Twilio asked for the fallback: error {code[:6]}")
            return self._last_resort(request)
        moment = self._with_desk(self._moment(request.path, request.query, form, now), now)
        moment, outcome = self._advanced(moment)
        document = self._writer.document(outcome.replies)
        webhook = request.answered(document)
        self._ports.journal.append(step_record(moment, outcome, form.value("ParentCallSid"), now, webhook))
        return document

    def _with_desk(self, moment: Moment, now: datetime) -> Moment:
        """The moment and, where a room is entered or left, where the desk has the caller."""
        desk, sid, position = self._ports.switchboard, moment.call.sid, moment.position
        if position.stage is Stage.HOLD:
            self._in_time.tell(lambda: desk.held(sid, now))
        if position.stage not in (Stage.CONFER, Stage.AFTER) or isinstance(moment.event, CallerGone):
            return moment
        nowhere: Belonging = NotOurs()
        return replace(moment, belongs=self._in_time.answer(lambda: desk.belongs(sid, position.mark, now), nowhere))

    def _advanced(self, moment: Moment) -> tuple[Moment, Outcome]:
        """The moment with all that the step looks at, and what it comes to."""
        lookups, engaged = self._ports.lookups, self._ports.engaged
        if looks_up(moment):
            moment = replace(moment, looked_up=lookups.before(moment))
        limits = moment.world.directory.limits
        if not limits:
            return moment, advance(moment)
        moment = replace(moment, engaged=engaged.full(limits, moment.call.sid, moment.now))
        outcome = advance(moment)
        engaged.note(limits, moment, outcome)
        return moment, outcome

    def _moment(self, path: str, query: str, form: Form, now: datetime) -> Moment:
        world, staffed, minute = self._ports.publication.freshest(), self._ports.attendance.staffed(now), minute_of(now)
        if path == links.ROOT:
            return noted(_beginning(world, form, minute, staffed))
        position = links.position_at(path, query)
        if position is None:
            raise UnknownPositionError(path)
        return noted(_continuing(world, position, form, minute, staffed))

    def _last_resort(self, request: "Request") -> bytes:
        world = self._ports.publication.current()
        rescue = last_resort(world, request.form, request.at, self._prefix, request.path)
        self._ports.journal.append(_rescue_record(request, rescue, world))
        return rescue.document


@dataclass(frozen=True, slots=True)
class Request:
    """A webhook that was let in."""

    path: str
    query: str
    form: Form
    at: datetime
    fault: str = ""

    def answered(self, document: bytes) -> Webhook:
        """What the record keeps of it once it is answered."""
        place = f"{self.path}?{self.query}" if self.query else self.path
        return Webhook(place, said(self.form), digest(document))


def digest(document: bytes) -> str:
    """By which a record knows the bytes that were answered."""
    return hashlib.sha256(document).hexdigest()[:DIGITS]


@dataclass(frozen=True, slots=True)
class Ports:
    """What the door is handed; ``keyed`` is the hash by which it knows our own test calls (none: there are none)."""

    publication: Publication
    journal: Journal
    alarm: Alarm
    clock: Clock
    attendance: Attendance = NOBODY
    switchboard: Switchboard = UNPLUGGED
    engaged: Engaged = field(default_factory=Engaged)
    lookups: Lookups = field(default_factory=Lookups)
    refusals: Refusals | None = None
    keyed: Keyed | None = None
    tally: Tally = UNCOUNTED


def _body(environ: "WSGIEnvironment") -> bytes | None:
    """The whole body, read in any case: a kept-alive connection must not be left with a rest."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(min(length, MOST_BODY + 1))
    return body if length <= MOST_BODY else None


def _target(environ: "WSGIEnvironment") -> str:
    """Path and query as sent."""
    query = environ.get("QUERY_STRING", "")
    return f"{environ['PATH_INFO']}?{query}" if query else str(environ["PATH_INFO"])


def _beginning(world: World, form: Form, now: datetime, staffed: frozenset[str]) -> Moment:
    plan = plan_answering(world, form)
    if plan is None:
        raise UnansweredNumberError(form.value("To")[:20])
    position = start(plan)
    return Moment(world, plan, call_from(form), position, event_from(Stage.ENTER, form), now, staffed=staffed)


def _continuing(world: World, position: Position, form: Form, now: datetime, staffed: frozenset[str]) -> Moment:
    plan = world.plans.by_digest.get(position.digest) or world.plans.of_line(position.line)
    if plan is None:
        raise UnknownPositionError(f"no plan for the line {position.line}")
    if position.node not in plan.nodes and position.digest == plan.digest:
        raise UnknownPositionError(f"no node {position.node} in {plan.line}")
    return Moment(world, plan, call_from(form), position, event_from(position.stage, form), now, staffed=staffed)


def _unheard(_: Request) -> bytes:
    """What a test call hears that met a fault: nobody, so that it is noticed."""
    return HANGS_UP


def _goodbye(_: Request) -> bytes:
    """What ends a leg of the desk: its caller is looked after by their own."""
    return CANNOT_BE_CONNECTED


def _rescue_record(request: Request, rescue: Rescue, world: World) -> Record:
    """The record of a rescue, keyed by where it was needed, so that a retry writes the same one."""
    caller, dialled = (number_of(request.form.value(name)) for name in ("From", "To"))
    where = hashlib.sha256(f"{request.path}?{request.query}".encode("utf-8", "replace")).hexdigest()[:12]
    webhook = request.answered(rescue.document)
    body = {
        "fault": request.fault,
        "line": rescue.line,
        "node": "last-resort",
        "reasons": [{"code": rescue.reason.code, "sentence": rescue.reason.sentence}],
        "rings": rescue.rings.e164 if rescue.rings else None,
        "ending": rescue.ending.value if rescue.ending else None,
        "from": caller.e164 if caller else None,
        "to": dialled.e164 if dialled else None,
        "directory": world.directory.version,
        "place": webhook.place[:LONGEST_PLACE],
        "answered": webhook.answered,
        **_unusual(request, webhook, world.overrides.get(rescue.line or "")),
    }
    return Record(request.form.value("CallSid"), "", f"r{where}", "fault", request.at, body)


def _unusual(request: Request, webhook: Webhook, override: Override | None) -> dict[str, object]:
    """What else a rescue looks at, where there is any of it."""
    via = number_of(request.form.value("ForwardedFrom"))
    stands_in = override_document(override) if override else {}
    found = {"said": dict(webhook.said), "via": via.e164 if via else "", "stands_in": stands_in}
    return {name: value for name, value in found.items() if value}

"""How does the REST API make, change, list and show calls? (Twilio: voice/api/call-resource)"""

from telephone.exchange.callbacks import callbacks
from telephone.exchange.documents import Inline, Redirected, Start
from telephone.exchange.floor import Floor
from telephone.exchange.leg import Leg
from telephone.exchange.lives import outgoing
from telephone.exchange.rest.asking import Answer, Ask, Json, Problem, not_found, page, resource, stamp
from telephone.exchange.rest.slots import Slots
from telephone.fetching import Order
from telephone.numbers import is_dialable

MOST_TWIML = 4000
"""Characters. (Twilio: api/errors/32018)"""

MOST_SECONDS = 600
EXTRA_SECONDS = 5.0


def create(floor: Floor, slots: Slots, ask: Ask) -> Answer:
    """Place a call; it is `queued` until its turn comes, one a second."""
    check_ends(floor, ask)
    start = _start(ask)
    if start is None:
        raise Problem(400, 21205, "Url parameter is missing: one of Url, Twiml or ApplicationSid is required")
    told = callbacks(
        ask.value("StatusCallback") or None,
        ask.value("StatusCallbackMethod", "POST"),
        ask.values("StatusCallbackEvent") or "completed",
    )
    leg = floor.calls(ask.value("To"), ask.value("From"), "outbound-api", told, None)
    if ask.value("FallbackUrl"):
        leg.fallback = Order(ask.value("FallbackUrl"), ask.value("FallbackMethod", "POST"))
    limit = ring_seconds(ask)
    slots.when_free(leg, lambda: leg.lives(outgoing(leg, floor.persona_of(leg), limit, start, floor.context)))
    return Answer(201, shown(leg))


def fetch(floor: Floor, ask: Ask) -> Answer:
    """One call."""
    return Answer(200, shown(_known(floor, ask)))


def listed(floor: Floor, ask: Ask) -> Answer:
    """Calls, the newest first, by To, From, ParentCallSid, Status and StartTime."""
    found = [leg for leg in reversed(floor.legs) if _matches(leg, ask)]
    return page(ask, "calls", map(shown, found), floor.plant.account.sid)


def update(floor: Floor, ask: Ask) -> Answer:
    """End a call, or send it elsewhere. A call that is over is refused with 21220."""
    leg = _known(floor, ask)
    if leg.is_over:
        raise Problem(400, 21220, "Call is not in-progress. Cannot redirect.")
    status, start = ask.value("Status"), _start(ask)
    if start is not None and status:
        raise Problem(400, 20001, "Status and Url or Twiml exclude each other")
    if start is not None:
        _redirect(leg, start)
    elif status:
        _end(leg, status)
    return Answer(200, shown(leg))


def check_ends(floor: Floor, ask: Ask) -> None:
    """Refuse numbers that cannot be called, or not be shown. Raises Problem. (Twilio: api/errors/21201 and on)"""
    to, sender = ask.value("To"), ask.value("From")
    if not to:
        raise Problem(400, 21201, "No 'To' number is specified")
    if not is_dialable(to):
        raise Problem(400, 21211, f"Invalid 'To' Phone Number: {to}")
    if not sender:
        raise Problem(400, 21213, "No 'From' number is specified")
    if not is_dialable(sender):
        raise Problem(400, 21212, f"Invalid From Number (caller ID): {sender}")
    if sender not in floor.plant.settings.owned and not _is_passed_on(floor, ask.value("CallToken"), sender):
        raise Problem(400, 21210, f"Source phone number provided, {sender}, is not yet verified for your account")


def ring_seconds(ask: Ask) -> float:
    """How long it rings: Timeout, 60 by default, and five seconds more."""
    return min(ask.seconds("Timeout", 60), MOST_SECONDS) + EXTRA_SECONDS


def shown(leg: Leg) -> Json:
    """A call as the API shows it."""
    plant, account = leg.plant, leg.plant.account.sid
    waited = None if leg.started_at is None else str(int((leg.started_at - leg.created_at) * 1000))
    return {
        "sid": leg.sid,
        "account_sid": account,
        "parent_call_sid": leg.parent.sid if leg.parent else None,
        "to": leg.called,
        "to_formatted": leg.called,
        "from": leg.caller,
        "from_formatted": leg.caller,
        "status": leg.status,
        "direction": leg.direction,
        "date_created": stamp(plant, leg.created_at),
        "date_updated": stamp(plant, plant.timeline.now),
        "start_time": stamp(plant, leg.answered_at if leg.direction != "inbound" else leg.created_at),
        "end_time": stamp(plant, leg.ended_at),
        "duration": str(leg.duration) if leg.is_over else None,
        "queue_time": waited,
        "answered_by": None,
        "forwarded_from": leg.forwarded_from,
        "caller_name": None,
        "group_sid": None,
        "trunk_sid": None,
        "phone_number_sid": None,
        "annotation": None,
        "price": None,
        "price_unit": "USD",
        "api_version": "2010-04-01",
        "uri": resource(account, "Calls", leg.sid),
        "subresource_uris": {},
    }


def _known(floor: Floor, ask: Ask) -> Leg:
    leg = floor.leg(ask.parts["call"])
    if leg is None:
        raise not_found(ask.path)
    return leg


def _start(ask: Ask) -> Start | None:
    if ask.value("Url"):
        if not ask.value("Url").startswith(("http://", "https://")):
            raise Problem(400, 21205, f"Url is not a valid URL: {ask.value('Url')}")
        return Order(ask.value("Url"), ask.value("Method", "POST"))
    if not ask.value("Twiml"):
        return None
    if len(ask.value("Twiml")) > MOST_TWIML:
        raise Problem(400, 32018, f"Twiml is longer than {MOST_TWIML} characters")
    return Inline(ask.value("Twiml"))


def _redirect(leg: Leg, start: Start) -> None:
    """Twilio redirects a call that is in progress, and no other. (Twilio: api/errors/21220)"""
    if not leg.is_connected:
        raise Problem(400, 21220, "Call is not in-progress. Cannot redirect.")
    leg.interrupt(Redirected(start))


def _end(leg: Leg, status: str) -> None:
    """A child that rings inside a Dial counts as in progress: it is ended with completed, not canceled."""
    if status not in {"canceled", "completed"}:
        raise Problem(400, 21218, f"Invalid status {status!r}")
    if status == "canceled" and (leg.status not in {"queued", "ringing"} or leg.direction == "outbound-dial"):
        raise Problem(400, 21220, "Call is not queued or ringing. Cannot cancel.")
    has_been_answered = leg.answered_at is not None or leg.direction == "inbound"
    leg.ends("completed" if has_been_answered else "canceled", "is ended by the API")


def _is_passed_on(floor: Floor, token: str, sender: str) -> bool:
    """Whether this is the CallToken of a caller with this number."""
    return bool(token) and any(leg.token == token and leg.caller == sender for leg in floor.legs)


def _matches(leg: Leg, ask: Ask) -> bool:
    wanted = {"To": leg.called, "From": leg.caller, "Status": leg.status}
    wanted["ParentCallSid"] = leg.parent.sid if leg.parent else ""
    return all(ask.value(name, value) == value for name, value in wanted.items()) and _began(leg, ask)


def _began(leg: Leg, ask: Ask) -> bool:
    """By the day or moment of StartTime; `StartTime>` and `StartTime<` include their bound."""
    began = leg.plant.moment(leg.created_at)
    for name, is_kept in (("StartTime", str.__eq__), ("StartTime>", str.__ge__), ("StartTime<", str.__le__)):
        bound = ask.value(name)
        if bound and not is_kept(began.strftime(_layout(bound)), bound):
            return False
    return True


def _layout(bound: str) -> str:
    return "%Y-%m-%dT%H:%M:%SZ" if "T" in bound else "%Y-%m-%d"

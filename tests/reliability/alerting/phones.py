"""Who rings, and what do they do? Callers of a running service, over real HTTP."""

import time
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

from telephone import (
    Account,
    Answers,
    Call,
    HttpTransport,
    Listening,
    NoAnswer,
    Outcome,
    Ringing,
    Talking,
    Telephone,
    Unique,
    Whispering,
    signature,
)
from telephone.clock import ignore_time
from tests.conftest import bundled_world
from tests.reliability.service import Service
from tests.reliability.test_canaries import asks
from webhooks.links import FALLBACK, ROOT, STATUS

MOST_STEPS = 200
NOBODYS = "+442079460998"
"""A number that no line answers."""

FORM = "application/x-www-form-urlencoded"


def account(served: Service) -> Account:
    """A service's own."""
    return Account((served.state / "account").read_text(encoding="utf-8").strip(), served.token)


def number_of(line: str) -> str:
    """What a caller dials for a bundled line."""
    return bundled_world().directory.lines[line].numbers[0].e164


def rings(served: Service, line: str, follow: Callable[[float], None] = ignore_time) -> Call:
    """A caller of a line, who is at the first place where somebody has to do something."""
    base = served.address
    urls = f"{base}{ROOT}", f"{base}{FALLBACK}", f"{base}{STATUS}"
    return Telephone(HttpTransport(), account(served), *urls, follow=follow, sids=Unique()).dial(number_of(line))


def goes_on(call: Call, keys: Callable[[Call], str], phone: Callable[[Call], Outcome]) -> Call:
    """To its end, or into a queue: what the caller keys at each prompt (nothing: they wait), and what becomes of each phone."""
    for _ in range(MOST_STEPS):
        match call.state:
            case Listening():
                keyed = keys(call)
                call.presses(keyed) if keyed else call.waits()
            case Ringing():
                call.phone_does(phone(call))
            case Whispering():
                call.callee_waits()
            case Talking():
                call.talks(5).callee_hangs_up()
            case _:
                break
    return call


def nothing(_: Call) -> str:
    """No key."""
    return ""


def nobody(_: Call) -> Outcome:
    """No answer."""
    return NoAnswer()


def somebody(_: Call) -> Outcome:
    """Who takes the call."""
    return Answers(presses="1")


def first_step(served: Service, to: str, token: str, **fields: str) -> int:
    """The first webhook of a new call and no more of it, signed with a token; the status of its answer."""
    said = {"CallSid": f"CA{uuid4().hex}", "From": "+442079460999", "To": to, "CallStatus": "ringing", **fields}
    signed = signature(token, f"{served.address}{ROOT}", said.items())
    named = {"Content_Type": FORM, "X_Twilio_Signature": signed, "User_Agent": "TwilioProxy/1.1"}
    return asks(served, "POST", ROOT, urlencode(said), **named)


def as_time_goes_by() -> Callable[[float], None]:
    """For a call that takes as long as it does."""
    began = time.monotonic()
    return lambda elapsed: time.sleep(max(0.0, began + elapsed - time.monotonic()))

"""Whatever goes wrong, which TwiML still reaches a person?

The line's default destination where it has a number at this moment, else the line's safe message (ruling 27). It rings
without a whisper and comes back to a fixed address, so that one fault cannot lead round in a circle; a fault in the safe
message itself ends in words that need nothing of ours.
"""

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from directory.model import Accept
from directory.numbers import Number
from ivr.moment import World
from ivr.outcome import Ending
from ivr.plan import MOST_HOPS, Plan
from ivr.position import Position
from ivr.reasons import Conversed, HungUp, NoLineAnswers, RescueRings, RescueSafe
from ivr.route import default_route
from routing.ladder import RING_SECONDS, Rung
from routing.reasons import Reason
from webhooks.links import AFTER_FALLBACK, OVERRIDES, path_of
from webhooks.ports import CANNOT
from webhooks.reading import OVER, Form, number_of
from webhooks.twiml import dialled, say, whole

DANGER = "If a child is in danger now, hang up and dial 9 9 9."
SORRY = "We are sorry, we cannot connect your call at the moment. Please ring again in a few minutes."
SAFE = whole(f"{say(f'{DANGER} {SORRY}')}<Hangup/>")
ENDED = whole(f"{say('The call has ended. Goodbye.')}<Hangup/>")
CANNOT_BE_CONNECTED = whole(f"{say(CANNOT[0].text)}<Hangup/>")
NOTHING = whole("")


@dataclass(frozen=True, slots=True)
class Rescue:
    """What is answered, and what is kept of it."""

    document: bytes
    reason: Reason
    line: str | None = None
    rings: Number | None = None
    ending: Ending | None = None


def last_resort(world: World, form: Form, now: datetime, prefix: str, path: str = "") -> Rescue:
    """The rescue of a call that met a fault at ``path``."""
    if form.value("CallStatus") in OVER:
        return Rescue(NOTHING, HungUp("when a step could not be answered"), ending=Ending.CALLER_GONE)
    if form.value("DialBridged") == "true":
        return Rescue(ENDED, Conversed(), ending=Ending.PERSON)
    plan = plan_answering(world, form)
    if plan is None:
        return Rescue(SAFE, NoLineAnswers(), ending=Ending.SAFE_MESSAGE)
    number = _default_number(world, plan, form, now)
    if number is None or path == AFTER_FALLBACK:
        return _safe(plan, prefix, path)
    return Rescue(_ringing(number, form, prefix), RescueRings(), plan.line, number)


def plan_answering(world: World, form: Form) -> Plan | None:
    """The plan in force of the line that answers the number dialled."""
    dialled = number_of(form.value("To"))
    return world.plans.of_line(world.directory.line_answering.get(dialled.e164, "")) if dialled else None


def _default_number(world: World, plan: Plan, form: Form, now: datetime) -> Number | None:
    """The first number that connects on answer, since there is no whisper here to keep a mailbox out; else the first."""
    numbers = [number_of(form.value(name)) for name in ("From", "To", "ForwardedFrom")]
    avoid = frozenset(number.e164 for number in numbers if number)
    rungs = default_route(world, plan, now, avoid).ladder.rungs
    connecting: list[Rung] = [rung for rung in rungs if rung.number.accept is Accept.CONNECT]
    return next((rung.number.number for rung in (*connecting, *rungs)), None)


def _ringing(number: Number, form: Form, prefix: str) -> bytes:
    action = quoteattr(f"{prefix}{AFTER_FALLBACK}{OVERRIDES}")
    ours = number_of(form.value("To"))
    withheld = number_of(form.value("From")) is None
    shown = f' callerId="{ours.e164}"' if ours and withheld else ""
    return whole(
        f"{say(f'{DANGER} Please hold while we connect you.')}"
        f'<Dial timeout="{RING_SECONDS}" method="POST" action={action}{shown}><Number>{dialled(number)}</Number></Dial>'
    )


def _safe(plan: Plan, prefix: str, path: str) -> Rescue:
    """The line's own safe message with its call-back, unless that is what failed; whoever heard nothing yet hears of 999 first."""
    if f"/{plan.safe}/" in path:
        return Rescue(SAFE, RescueSafe(), plan.line, ending=Ending.SAFE_MESSAGE)
    there = path_of(Position(plan.digest, plan.line, plan.safe, hop=MOST_HOPS))
    onward = f'<Redirect method="POST">{escape(f"{prefix}{there}{OVERRIDES}")}</Redirect>'
    first = "" if path == AFTER_FALLBACK else say(DANGER)
    return Rescue(whole(f"{first}{onward}"), RescueSafe(), plan.line)

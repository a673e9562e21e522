"""Whatever goes wrong, which TwiML still reaches a person?

The line's default destination where it has a number at this moment, else the whole safe message (ruling 27). It rings
without a whisper and comes back to a fixed address, so that one fault cannot lead round in a circle.
"""

from datetime import datetime
from xml.sax.saxutils import quoteattr

from directory.numbers import Number
from ivr.moment import World
from ivr.plan import Plan, Safe
from ivr.route import default_of, route
from routing.ladder import RING_SECONDS
from webhooks.links import AFTER_FALLBACK, OVERRIDES
from webhooks.reading import Form, number_of
from webhooks.twiml import say, whole

DANGER = "If a child is in danger now, hang up and dial 9 9 9."
SORRY = "We are sorry, we cannot connect your call at the moment. Please ring again in a few minutes."
SAFE = whole(f"{say(f'{SORRY} {DANGER}')}<Hangup/>")
ENDED = whole(f"{say('The call has ended. Goodbye.')}<Hangup/>")
NOTHING = whole("")


def last_resort(world: World, form: Form, now: datetime, prefix: str) -> bytes:
    """TwiML for a call that met a fault."""
    if form.value("CallStatus") in ("completed", "canceled", "failed", "busy", "no-answer"):
        return NOTHING
    plan = plan_answering(world, form)
    if plan is None:
        return SAFE
    number = _default_number(world, plan, form, now)
    return _ringing(number, form, prefix) if number else _safe(plan)


def after_fallback(world: World, form: Form) -> bytes:
    """TwiML after the last resort's call: the end of a conversation, or the safe message."""
    if form.value("DialBridged") == "true":
        return ENDED
    plan = plan_answering(world, form)
    return _safe(plan) if plan else SAFE


def plan_answering(world: World, form: Form) -> Plan | None:
    """The plan in force of the line that answers the number dialled."""
    dialled = number_of(form.value("To"))
    return world.plans.of_line(world.directory.line_answering.get(dialled.e164, "")) if dialled else None


def _default_number(world: World, plan: Plan, form: Form, now: datetime) -> Number | None:
    numbers = [number_of(form.value(name)) for name in ("From", "To", "ForwardedFrom")]
    avoid = frozenset(number.e164 for number in numbers if number)
    rungs = route(world, plan, default_of(world, plan, now), now, avoid).ladder.rungs
    return rungs[0].number.number if rungs else None


def _ringing(number: Number, form: Form, prefix: str) -> bytes:
    action = quoteattr(f"{prefix}{AFTER_FALLBACK}{OVERRIDES}")
    ours = number_of(form.value("To"))
    withheld = number_of(form.value("From")) is None
    shown = f' callerId="{ours.e164}"' if ours and withheld else ""
    return whole(
        f"{say(f'{DANGER} Please hold while we connect you.')}"
        f'<Dial timeout="{RING_SECONDS}" method="POST" action={action}{shown}><Number>{number.e164}</Number></Dial>'
    )


def _safe(plan: Plan) -> bytes:
    node = plan.nodes[plan.safe]
    text = node.say if isinstance(node, Safe) else SORRY
    return whole(f"{say(f'{text} {DANGER}')}<Hangup/>")

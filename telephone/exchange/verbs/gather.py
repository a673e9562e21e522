"""What does Gather do where others act meanwhile? It listens, as `telephone.verbs.gather` tells it."""

from telephone.document import Element
from telephone.exchange.documents import Context
from telephone.exchange.hearing import Kind
from telephone.exchange.leg import Leg
from telephone.exchange.task import Steps, Wait
from telephone.fetching import Order
from telephone.flow import Goto, Onward
from telephone.speech import Sound
from telephone.states import Gathering
from telephone.verbs.gather import NESTED, Collected, collect, gathering, sent


def gather(verb: Element, leg: Leg, context: Context) -> Steps[Goto | Onward]:  # noqa: ARG001 - a verb takes its context
    """Play what is nested, listen, and send the Digits to the action. (Twilio: voice/twiml/gather)"""
    leg.answer()
    rules = gathering(verb)
    leg.pressed, leg.is_listened_to = "", rules.takes_keys
    try:
        yield from _prompt(verb, leg)
        if not leg.pressed:
            leg.is_asked(rules)
        collected = yield from _listen(leg, rules)
    finally:
        leg.pressed, leg.is_listened_to = "", False
    if not collected.digits and not rules.action_on_empty_result:
        return Onward()
    return Goto(Order(verb.link("action") or verb.base, verb.attribute("method", "POST"), sent(collected)))


def _prompt(verb: Element, leg: Leg) -> Steps[None]:
    for nested in verb.children:
        kind: Kind = "music" if nested.name == "Play" else "speech"
        sound = NESTED[nested.name](nested)
        with leg.ears.sound(kind, sound):
            yield from _until_key(leg, sound)
        if leg.pressed:
            return


def _until_key(leg: Leg, sound: Sound) -> Steps[None]:
    until = leg.plant.timeline.ahead(sound.seconds)
    while not leg.pressed and leg.plant.timeline.now < until:
        yield Wait(until - leg.plant.timeline.now)


def _listen(leg: Leg, rules: Gathering) -> Steps[Collected]:
    timeline, known = leg.plant.timeline, leg.pressed
    until = timeline.ahead(rules.timeout)
    while True:
        collected = collect(leg.pressed, rules)
        if collected.finish or collected.is_full or timeline.now >= until:
            return collected
        yield Wait(until - timeline.now)
        if leg.pressed != known:
            known, until = leg.pressed, timeline.ahead(rules.timeout)

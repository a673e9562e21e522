"""What does Gather do? It listens for keys. (Twilio: voice/twiml/gather)

| the caller | goes to |
|---|---|
| presses nothing, or the finish key first | the next verb; with actionOnEmptyResult the action, with empty Digits |
| presses some keys, then none | the action, after the timeout |
| presses numDigits keys, or the finish key | the action, at once |
| hangs up | nowhere: no request is made |

The timeout starts when what is nested has been heard, and again at each key. Keys stop what is nested. Keys beyond
numDigits are not kept for the next Gather. Without an action, the answer goes to the document itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from telephone.document import Element
from telephone.fetching import Order
from telephone.flow import Goto, Onward
from telephone.leg import Leg
from telephone.signature import Parameters
from telephone.speech import Sound
from telephone.states import Gathering, Presses, Running, Silence
from telephone.verbs import pause, play, say

SECONDS_PER_KEY = 0.5

NESTED: dict[str, Callable[[Element], Sound]] = {"Say": say.sound, "Play": play.sound, "Pause": pause.sound}


@dataclass(frozen=True, slots=True)
class Collected:
    """The digits that a Gather took, and the key that finished it, if one did."""

    digits: str
    pressed: int
    finish: str = ""
    is_full: bool = False


def gather(verb: Element, leg: Leg) -> Running[Goto | Onward]:
    """Play what is nested, listen, and send the Digits to the action."""
    leg.answer()
    rules = gathering(verb)
    early = _prompt(verb, leg)
    collected = collect(early, rules) if early else (yield from _listen(leg, rules))
    _take_time(leg, rules, collected)
    if not collected.digits and not rules.action_on_empty_result:
        return Onward()
    return Goto(Order(verb.link("action") or verb.base, verb.attribute("method", "POST"), sent(collected)))


def gathering(verb: Element) -> Gathering:
    """The rules in the attributes, defaults filled in."""
    limit = verb.attribute("numDigits", "")
    return Gathering(
        timeout=float(verb.attribute("timeout", "5")),
        num_digits=int(limit) if limit else None,
        finish_on_key=verb.attribute("finishOnKey", "#"),
        action_on_empty_result=verb.attribute("actionOnEmptyResult", "false") == "true",
        takes_keys="dtmf" in verb.attribute("input", "dtmf"),
    )


def collect(keys: str, rules: Gathering) -> Collected:
    """What these keys come to; those behind the finish key or the last of numDigits are lost."""
    for count, key in enumerate(keys, start=1):
        if key == rules.finish_on_key:
            return Collected(keys[: count - 1], count, finish=key)
        if count == rules.num_digits:
            return Collected(keys[:count], count, is_full=True)
    return Collected(keys, len(keys))


def _prompt(verb: Element, leg: Leg) -> str:
    for nested in verb.children:
        early = leg.plays_until_key(NESTED[nested.name](nested))
        if early:
            leg.says(f"presses {early}")
            return early
    return ""


def _listen(leg: Leg, rules: Gathering) -> Running[Collected]:
    act = yield from leg.asked(rules)
    match act:
        case Presses(keys):
            leg.says(f"presses {keys}")
            return collect(keys if rules.takes_keys else "", rules)
        case Silence():
            leg.says("presses nothing")
            return collect("", rules)
        case _:
            assert_never(act)


def _take_time(leg: Leg, rules: Gathering, collected: Collected) -> None:
    is_cut_short = collected.finish or collected.is_full
    leg.board.clock.spend(collected.pressed * SECONDS_PER_KEY + (0.0 if is_cut_short else rules.timeout))


def sent(collected: Collected) -> Parameters:
    """What the action is told."""
    digits: Parameters = (("Digits", collected.digits),)
    return (*digits, ("FinishedOnKey", collected.finish)) if collected.finish else digits

"""Ask for one key. * repeats, # goes back, 0 and silence lead to the line's default destination, wrong keys are bounded."""

from collections.abc import Iterator

from ivr.events import Keyed, Silent
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.plan import Menu, Option
from ivr.position import Stage
from ivr.reasons import Bounded, Chose, NotOffered, Quiet
from ivr.replies import Listen
from ivr.speech import choice
from ivr.steps.helping import helped, wants_it_again
from routing.reasons import Reason

MOST_REPEATS = {"silence": 1, "wrong": 2}


def step(node: Menu, moment: Moment) -> Outcome | Onward:
    """Say the choices, or follow the key."""
    return helped(moment) or _own(node, moment)


def _own(node: Menu, moment: Moment) -> Outcome | Onward:
    match moment.event:
        case event if wants_it_again(event):
            return _again(node, moment)
        case Keyed(keys=keys):
            return _choice(node, moment, keys)
        case Silent():
            return _repeat(node, moment, "silence", "I did not hear a key.", Quiet())
        case _:
            return Outcome((Listen(_prompt(node, moment), moment.waiting(Stage.KEYS)),))


def _prompt(node: Menu, moment: Moment) -> str:
    return " ".join([node.say, *(choice(option.label, option.key) for option in _offered(node, moment))]).strip()


def _offered(node: Menu, moment: Moment) -> Iterator[Option]:
    return (option for option in node.options if moment.offers(option.go))


def _choice(node: Menu, moment: Moment, keys: str) -> Outcome | Onward:
    option = next((option for option in _offered(node, moment) if option.key == keys), None)
    if option is None:
        return _repeat(node, moment, "wrong", "That key is not one of the choices.", NotOffered())
    here = moment.plan.order.index(node.slug)
    return Onward(moment.position.choosing(option.go, here), trace=(Chose(option.label),))


def _again(node: Menu, moment: Moment) -> Outcome:
    """Said once more because the caller asked: no try is used up, and the call's own bound on steps still holds."""
    return Outcome((Listen(_prompt(node, moment), moment.waiting(Stage.KEYS)),))


def _repeat(node: Menu, moment: Moment, why: str, says: str = "", *reasons: Reason) -> Outcome | Onward:
    if moment.position.tries >= MOST_REPEATS[why]:
        return Onward(moment.entering(moment.plan.otherwise), trace=(*reasons, Bounded()))
    return Outcome((Listen(f"{says} {_prompt(node, moment)}".strip(), moment.again(Stage.KEYS)),), reasons)

"""Let staff on, by the number that they call from or by the authority's PIN. Nothing is disclosed here: it only routes."""

from ivr.events import Keyed, Silent
from ivr.moment import Moment
from ivr.outcome import Onward, Outcome
from ivr.plan import StaffOnly
from ivr.position import Stage
from ivr.reasons import Bounded, NotOffered, Quiet, Staff
from ivr.replies import Listen
from ivr.steps.helping import helped, wants_it_again
from routing.reasons import Reason

TRIES = 3


def step(node: StaffOnly, moment: Moment) -> Outcome | Onward:
    """Pass a known number at once; else listen for the PIN."""
    return helped(moment) or _asked(node, moment)


def _asked(node: StaffOnly, moment: Moment) -> Outcome | Onward:
    match moment.event:
        case event if wants_it_again(event):
            return Outcome((Listen(node.say, moment.waiting(Stage.KEYS), keys=None),))
        case Keyed(keys=keys) if _is_pin(keys.rstrip("#"), moment):
            return Onward(moment.entering(node.go), trace=(Staff("the PIN"),))
        case Keyed():
            return _again(node, moment, "That is not the PIN.", NotOffered())
        case Silent():
            return _again(node, moment, "I did not hear a PIN.", Quiet())
        case _ if _is_staff(moment):
            return Onward(moment.entering(node.go), trace=(Staff("their number"),))
        case _:
            return Outcome((Listen(node.say, moment.waiting(Stage.KEYS), keys=None),))


def pin_text(authority: str, pin: str) -> str:
    """What is hashed, under the deployment's secret, to keep an authority's PIN."""
    return f"pin:{authority}:{pin}"


def _is_staff(moment: Moment) -> bool:
    caller = moment.call.caller
    return caller is not None and (moment.plan.authority, caller.e164) in moment.world.directory.staff


def _is_pin(pin: str, moment: Moment) -> bool:
    authority = moment.world.directory.authorities.get(moment.plan.authority)
    kept = authority.staff_pin if authority else ""
    return bool(kept) and moment.world.keyed(pin_text(moment.plan.authority, pin)) == kept


def _again(node: StaffOnly, moment: Moment, says: str, why: Reason) -> Outcome | Onward:
    if moment.position.tries + 1 >= TRIES:
        return Onward(moment.entering(node.otherwise), (says,), (why, Bounded()))
    return Outcome((Listen(f"{says} {node.say}", moment.again(Stage.KEYS), keys=None),), (why,))

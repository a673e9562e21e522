"""Speak the safe message whole, with the out-of-hours number where one is known, and offer a call-back."""

from ivr.events import Arrived, Keyed
from ivr.moment import Moment
from ivr.outcome import Ending, Onward, Outcome
from ivr.plan import Safe
from ivr.position import Stage
from ivr.reasons import Chose, Quiet, SafeMessage
from ivr.replies import HangUp, Listen, Say
from ivr.speech import choice
from routing.reasons import Reason

CALL_BACK_KEY = "1"


def step(node: Safe, moment: Moment) -> Outcome | Onward:
    """Say it; on the offered key book a call-back; silence and other keys hear it once more, then goodbye."""
    match moment.event:
        case Arrived():
            return _message(node, moment)
        case Keyed(keys="1") if node.call_back:
            return Onward(moment.entering(node.call_back), trace=(Chose("a call back"),))
        case _ if moment.position.tries == 0:
            return Outcome((Listen(_text(node, moment), moment.again(Stage.KEYS)),), (*_why(moment), SafeMessage()))
        case _:
            return _farewell(moment)


def _message(node: Safe, moment: Moment) -> Outcome:
    if not node.call_back:
        return Outcome((Say(_text(node, moment)), HangUp()), (SafeMessage(),), ending=Ending.SAFE_MESSAGE)
    return Outcome((Listen(_text(node, moment), moment.waiting(Stage.KEYS)),), (SafeMessage(),))


def _text(node: Safe, moment: Moment) -> str:
    offer = choice("a call back", CALL_BACK_KEY) if node.call_back else ""
    return " ".join(text for text in (node.say, _night_number(moment), moment.plan.emergency, offer) if text)


def _night_number(moment: Moment) -> str:
    team = moment.team(moment.plan.night_team) if moment.plan.night_team else None
    duty = next((duty for duty in team.duty_numbers if duty.in_force(moment.now)), None) if team else None
    return f"You can also ring {team.name} on {duty.number.spoken}." if team and duty else ""


def _why(moment: Moment) -> tuple[Reason, ...]:
    return () if isinstance(moment.event, Keyed) else (Quiet(),)


def _farewell(moment: Moment) -> Outcome:
    replies = (Say(f"{moment.plan.emergency} Goodbye."), HangUp())
    return Outcome(replies, _why(moment), ending=Ending.SAFE_MESSAGE)

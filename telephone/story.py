"""How does one whole call run, from the first ring to the last status callback?"""

from typing import assert_never

from telephone.callee import progress
from telephone.errors import CallerGone
from telephone.fetching import Order
from telephone.flow import DocumentFailed, Over
from telephone.leg import CallStatus, Leg
from telephone.program import run
from telephone.states import How, Running

APPLICATION_ERROR = "We're sorry, an application error has occurred. Goodbye."


def whole_call(leg: Leg) -> Running[How]:
    """Run a caller's leg to its end. The value is how it ended."""
    how = yield from _until_over(leg)
    leg.status = final_status(how)
    leg.board.clock.alarms.clear()
    leg.board.note("call", f"ends: {how}")
    _report(leg)
    leg.board.postbag.empty()
    return how


def final_status(how: How) -> CallStatus:
    """The CallStatus with which a call is filed. (Twilio: voice/api/call-resource)"""
    match how:
        case "rejected":
            return "no-answer"
        case "busy":
            return "busy"
        case "the caller hung up" | "the line hung up" | "the line had nothing more to say" | "application error":
            return "completed"
        case _:
            assert_never(how)


def _until_over(leg: Leg) -> Running[How]:
    settings = leg.board.settings
    try:
        over = yield from run(leg, Order(settings.voice_url, settings.voice_method))
    except CallerGone:
        _note_hanging_up(leg)
        return "the caller hung up"
    except DocumentFailed:
        leg.board.note("twilio", APPLICATION_ERROR)
        return "application error"
    return over.how if isinstance(over, Over) else "the line had nothing more to say"


def _note_hanging_up(leg: Leg) -> None:
    if not leg.is_gone:
        leg.says("hangs up")
        leg.hang_up()


def _report(leg: Leg) -> None:
    """The number's own status callback. (Twilio: voice/twiml, status callbacks)"""
    if not leg.board.settings.status_url:
        return
    minutes = -(-leg.duration // 60)
    took = (("CallDuration", str(leg.duration)), ("Duration", str(minutes)))
    leg.board.postbag.post(Order(leg.board.settings.status_url, "POST", leg.parameters() + progress(leg, 0) + took))

"""What does Dial do with Numbers? It rings them, lets the first who answers hear the whisper, and connects.

| the telephone | DialCallStatus | DialBridged |
|---|---|---|
| is answered; the whisper runs out of verbs, or there is none | completed | true |
| is answered, by a person or a mailbox; the whisper ends in Hangup, or they hang up | completed | false |
| is not answered | no-answer | false |
| is engaged, or declined | busy | false |
| cannot be reached | failed | false |
| rings when the caller hangs up | canceled | false |

Several numbers ring at once, and the first to *answer* stops the others, even if it is a mailbox; with `sequential`
one rings after the other. (Twilio: voice/twiml/number)
"""

from collections.abc import Iterable, Sequence

from telephone.callee import Callee, call_up
from telephone.clock import Alarm
from telephone.dialled import Dialled, Terms
from telephone.document import Element
from telephone.errors import CalleeGone, CallerGone
from telephone.fetching import Order
from telephone.flow import DocumentFailed, Over
from telephone.leg import Leg, Verb
from telephone.numbers import is_dialable
from telephone.outcomes import HangsUpInWhisper, Outcome
from telephone.program import run
from telephone.ringing import Answered, first_to_answer
from telephone.states import CalleeHangsUp, Presses, Running, Talking, Talks
from telephone.switchboard import ScreeningFailure
from telephone.verbs.gather import gather
from telephone.verbs.hangup import hangup
from telephone.verbs.pause import pause
from telephone.verbs.play import play
from telephone.verbs.redirect import redirect
from telephone.verbs.say import say

SCREENING_VERBS: dict[str, Verb] = {
    "Gather": gather,
    "Hangup": hangup,
    "Pause": pause,
    "Play": play,
    "Redirect": redirect,
    "Say": say,
}

MOST_NOUNS = 10


def dial_numbers(nouns: Sequence[Element], terms: Terms, leg: Leg) -> Running[Dialled]:
    """Ring, whisper, connect. A caller who hangs up meanwhile is marked gone on their leg."""
    callees = [call_up(noun, terms, leg, SCREENING_VERBS) for noun in _allowed(nouns, leg)]
    groups = [[callee] for callee in callees] if terms.sequential else [callees]
    try:
        return (yield from _first_group_to_answer(groups, terms))
    except CallerGone:
        leg.says("hangs up")
        leg.hang_up()
        return _abandoned(callees)


def _allowed(nouns: Sequence[Element], leg: Leg) -> Sequence[Element]:
    if len(nouns) > MOST_NOUNS:
        leg.board.warn(13250, f"<Dial> rings at most {MOST_NOUNS} numbers; the rest are left out")
    return nouns[:MOST_NOUNS]


def _first_group_to_answer(groups: list[list[Callee]], terms: Terms) -> Running[Dialled]:
    for group in groups:
        _start(group)
        answered = yield from first_to_answer([each for each in group if not each.has_ended], terms.ring)
        if answered:
            yield from _converse(answered, terms)
            return answered.callee.dialled
    return _unanswered(groups[-1])


def _start(group: list[Callee]) -> None:
    for callee in group:
        if is_dialable(callee.leg.called):
            callee.rings()
        else:
            callee.leg.board.warn(13223, f"{callee.leg.called!r} is not a number in E.164 format")
            callee.ends("failed", "cannot be dialled")


def _converse(answered: Answered, terms: Terms) -> Running[None]:
    callee = answered.callee
    is_accepted = yield from _screened(callee, answered.outcome)
    if not is_accepted:
        return callee.ends("completed", "is not connected")
    callee.is_bridged = True
    if callee.leg.parent:
        callee.leg.parent.answer()
    callee.leg.board.note("phone", "connected")
    yield from _talk(callee, terms)
    return callee.ends("completed")


def _screened(callee: Callee, outcome: Outcome) -> Running[bool]:
    """Whether they are to be connected: the whisper has run out of verbs."""
    url = callee.noun.link("url")
    if not url:
        return True
    alarms = callee.leg.board.clock.alarms
    if isinstance(outcome, HangsUpInWhisper):
        alarms.append(Alarm(callee.leg.board.clock.now + outcome.during, CalleeGone))
    try:
        return (yield from _whispered(callee, Order(url, callee.noun.attribute("method", "POST"))))
    except CalleeGone:
        callee.leg.says("hangs up")
        return False
    finally:
        alarms[:] = [alarm for alarm in alarms if alarm.error is not CalleeGone]


def _whispered(callee: Callee, order: Order) -> Running[bool]:
    try:
        over = yield from run(callee.leg, order)
    except DocumentFailed:
        return callee.leg.board.settings.screening_failure is ScreeningFailure.CONNECTS
    return over == Over("the line had nothing more to say")


def _talk(callee: Callee, terms: Terms) -> Running[None]:
    clock = callee.leg.board.clock
    until = clock.now + terms.limit
    while clock.now < until:
        match (yield Talking(callee.leg.called)):
            case Talks(seconds):
                clock.reach(min(clock.now + seconds, until))
            case Presses(keys) if "*" in keys and terms.hangup_on_star:
                return
            case CalleeHangsUp():
                return callee.leg.says("hangs up")
            case _:
                continue


def _unanswered(group: Iterable[Callee]) -> Dialled:
    """What the Dial reports of several: the most hopeful."""
    results = [callee.dialled for callee in group]
    return min(results, key=lambda each: ("no-answer", "busy", "failed").index(each.status))


def _abandoned(callees: Iterable[Callee]) -> Dialled:
    """Telephones stop ringing; a person who had answered, or was spoken to, is cut off."""
    begun = [callee for callee in callees if callee.leg.status != "initiated"]
    for callee in begun:
        callee.ends("completed" if callee.leg.answered_at is not None else "canceled")
    answered = [callee for callee in begun if callee.leg.answered_at is not None]
    return (answered or begun)[-1].dialled

"""Wait for a handler at the desk: join the queue, hear one's place, and leave it for a call back or for the ladder.

Every turn of the wait document looks at the bounds again, so that no wait is without an end; whoever leaves the queue is
decided about from how they left it and how long they had waited, with nothing remembered between (ADR 0010).
"""

from ivr import queue_words
from ivr.chosen import chosen
from ivr.events import Dequeued, Keyed, QueueEnd, Talked, Waiting
from ivr.moment import Moment
from ivr.outcome import Ending, JoinQueue, LeaveQueue, Onward, Outcome
from ivr.plan import Closing, Queue
from ivr.position import Stage
from ivr.queue_reasons import (
    ClosedMeanwhile,
    NobodyAtDesk,
    Queued,
    QueueFailed,
    QueueFull,
    WaitedLongest,
    WantsCallBack,
)
from ivr.reasons import Conversed
from ivr.replies import Enqueue, Go, HangUp, Leave, Listen, Music, Reply, Say
from ivr.steps.sent_on import goes_on
from routing.reasons import Reason

MUSIC_SECONDS = 12
"""Of music behind the words; with them a turn takes less than 30 seconds."""

BARELY = 3
"""Seconds. Whoever is out of the queue sooner did not ask for a call back: there was no room for them."""

TO_CALL_BACK: tuple[Reply, ...] = (Say("Thank you. One moment, please."), Music(BARELY), Leave())
"""Whoever asks for a call back at once leaves no sooner than that, so that they are not taken for one without room."""


def step(node: Queue, moment: Moment) -> Outcome | Onward:
    """Join the queue, or go on with whomever the desk chose."""
    if moment.position.subject:
        return goes_on(node, moment)
    refused = _nobody(moment) or _closed(node, moment)
    return Onward(moment.entering(node.otherwise), trace=(refused,)) if refused else _joins(node, moment)


def waits(node: Queue | None, moment: Moment) -> Outcome:
    """The wait document, and the key within it. A queue that is not in the plan any more is left."""
    if node is None:
        return Outcome((Leave(),))
    if moment.event in (Keyed("1"), Keyed("1#")):
        return Outcome(TO_CALL_BACK)
    if not isinstance(moment.event, Waiting):
        return Outcome((Music(1),))
    over = _bound(node, moment, moment.event)
    return Outcome((Leave(),), (over,)) if over else _turn(node, moment, moment.event)


def left(node: Queue | None, moment: Moment) -> Outcome | Onward:
    """Out of the queue: into a room where the desk has fetched the caller, else on without it."""
    if isinstance(moment.event, Talked):
        return Outcome((Say("The call has ended. Goodbye."), HangUp()), (Conversed(),), ending=Ending.PERSON)
    ended = moment.event if isinstance(moment.event, Dequeued) else Dequeued(QueueEnd.FAILED, 0)
    if ended.how is QueueEnd.FETCHED:
        return Outcome((Go(moment.position.on_the_leg(Stage.CONFER)),))
    to, says, why = _way(node, moment, ended)
    leaving = LeaveQueue(moment.position.node, moment.position.hop)
    return Onward(moment.entering(to), (says,), (why,), (leaving,))


def _joins(node: Queue, moment: Moment) -> Outcome:
    plan, call, position = moment.plan, moment.call, moment.position
    queue = f"{plan.line}.{node.priority}"
    place, wait, then = (position.waiting(stage) for stage in (Stage.CONFER, Stage.WAIT, Stage.LEFT))
    chose = chosen(plan, position)
    joining = JoinQueue(queue, node.priority, place, chose, call.caller, call.dialled, node.slug, position.hop)
    words: tuple[Reply, ...] = (Say(node.say),) if node.say else ()
    return Outcome((*words, Enqueue(queue, wait, then)), (Queued(plan.name, queue),), (joining,))


def _turn(node: Queue, moment: Moment, waiting: Waiting) -> Outcome:
    stays = queue_words.STAYS if not moment.day.is_open else ""
    text = " ".join(text for text in (queue_words.said(waiting, node.comfort), stays, queue_words.OFFER) if text)
    choice = moment.position.on_the_leg(Stage.CHOICE)
    return Outcome((Listen(text, choice, seconds=2, music=MUSIC_SECONDS),))


def _bound(node: Queue, moment: Moment, waiting: Waiting) -> Reason | None:
    """Why the wait is over, if it is."""
    if waiting.seconds >= node.longest_seconds:
        return WaitedLongest(waiting.seconds)
    if waiting.place > node.most_waiting and waiting.seconds < BARELY:
        return QueueFull()
    return _nobody(moment) or _closed(node, moment)


def _nobody(moment: Moment) -> Reason | None:
    return None if moment.plan.line in moment.staffed else NobodyAtDesk(moment.plan.name)


def _closed(node: Queue, moment: Moment) -> Reason | None:
    return ClosedMeanwhile() if node.closing is Closing.HAND_OVER and not moment.day.is_open else None


def _way(node: Queue | None, moment: Moment, ended: Dequeued) -> tuple[str, str, Reason]:
    """The node to go on in, what is said before, and why."""
    if node is None or ended.how is QueueEnd.FAILED:
        return node.otherwise if node else moment.plan.otherwise, "We are trying another way.", QueueFailed()
    if closed := _closed(node, moment):
        return node.otherwise, "We have just closed, so we are trying whoever answers now.", closed
    if nobody := _nobody(moment):
        return node.otherwise, "Nobody is free just now, so we are trying another way.", nobody
    if ended.seconds >= node.longest_seconds:
        words = "We are sorry that you have waited so long. We are trying another way."
        return node.otherwise, words, WaitedLongest(ended.seconds)
    if ended.seconds < BARELY:
        return node.otherwise, "Many callers are waiting, so we are trying another way.", QueueFull()
    return node.call_back, "", WantsCallBack(ended.seconds)

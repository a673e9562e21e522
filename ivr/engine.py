"""What happens next? One pure function from a moment to an outcome; every verb of a plan is one file in ``steps``."""

from dataclasses import replace
from typing import assert_never

from ivr.events import Arrived, CallerGone
from ivr.moment import Moment
from ivr.outcome import Ending, Onward, Outcome, Request
from ivr.plan import (
    MOST_HOPS,
    CallBack,
    Deadline,
    DialByName,
    Extension,
    Goodbye,
    HandOver,
    Menu,
    Message,
    Node,
    Plan,
    Queue,
    RingTeam,
    Safe,
    StaffOnly,
    Switch,
)
from ivr.position import BESIDE, Position, Stage
from ivr.reasons import CameBack, HungUp, PlanReplaced, TooLong
from ivr.replies import Connect, HangUp, Listen, Reply, Say
from ivr.steps import (
    call_back,
    deadline,
    dial_by_name,
    extension,
    goodbye,
    hand_over,
    menu,
    message,
    queue,
    ring,
    room,
    safe,
    staff_only,
    stand_in,
    switch,
)
from routing.reasons import Reason

LONGEST_RUN = 20
LAST_HOP = MOST_HOPS + 20


def start(plan: Plan) -> Position:
    """Where a call to a line begins."""
    return Position(plan.digest, plan.line, plan.start)


def advance(moment: Moment) -> Outcome:
    """The outcome of one step. Never raises for anything that a caller, a callee or a changed directory can do."""
    if isinstance(moment.event, CallerGone):
        return _left(moment, moment.event)
    if moment.position.hop > LAST_HOP:
        return _farewell(moment)
    return _run(_opening(moment) if moment.position.hop == 0 else _placed(moment))


def _left(moment: Moment, gone: CallerGone) -> Outcome:
    ending = Ending.PERSON if gone.talked else Ending.CALLER_GONE
    when = "after a conversation" if gone.talked else "before anybody was connected"
    return Outcome((), (HungUp(when),), ending=ending, at=moment.position)


def _farewell(moment: Moment) -> Outcome:
    """Even the safe message and a call-back are not repeated for ever."""
    words = Say(f"{moment.plan.emergency} Goodbye.")
    return Outcome((words, HangUp()), (TooLong(),), ending=Ending.SAFE_MESSAGE, at=moment.position)


def _opening(moment: Moment) -> tuple[Moment, tuple[str, ...], tuple[Reason, ...]]:
    caller = moment.call.caller
    if caller and caller.e164 in moment.world.directory.line_answering:
        return moment.moved(moment.plan, moment.entering(moment.plan.safe)), (moment.plan.opening,), (CameBack(),)
    begun = stand_in.rings_first(moment) if stand_in.number_for(moment) else moment
    return begun, (moment.plan.opening,), (moment.open.because,)


def _placed(moment: Moment) -> tuple[Moment, tuple[str, ...], tuple[Reason, ...]]:
    """A call whose plan is gone goes on in the same node of the current one, else at its start, said aloud (ruling 15)."""
    plan, position = moment.plan, moment.position
    if position.stage in BESIDE:
        return replace(moment, position=replace(position, digest=plan.digest)), (), ()
    if position.hop > MOST_HOPS and not isinstance(plan.nodes.get(position.node), Safe | CallBack):
        there = replace(position, digest=plan.digest, back=(), mark=None)
        return moment.moved(plan, there.entering(plan.safe)), (), (TooLong(),)
    if position.digest == plan.digest:
        return moment, (), ()
    position = replace(position, digest=plan.digest, back=())
    if isinstance(plan.nodes.get(position.node), Menu):
        return moment.moved(plan, position), (), (PlanReplaced(),)
    if position.node in plan.nodes:
        return replace(moment, position=position), (), (PlanReplaced(),)
    again = replace(moment, position=position.entering(plan.start), event=Arrived())
    return again, ("Our menu has just changed.",), (PlanReplaced(),)


def _run(begun: tuple[Moment, tuple[str, ...], tuple[Reason, ...]]) -> Outcome:
    moment, says, trace = begun
    requests: tuple[Request, ...] = ()
    for _ in range(LONGEST_RUN):
        step = _step(moment)
        trace, requests = (*trace, *step.trace), (*requests, *step.requests)
        if isinstance(step, Outcome):
            replies = _spoken(says, step.replies)
            return Outcome(replies, tuple(dict.fromkeys(trace)), requests, step.ending, moment.position)
        says = (*says, *step.says)
        plan = moment.world.plans.by_digest.get(step.to.digest, moment.plan)
        moment = moment.moved(plan, step.to)
    raise RecursionError(f"{moment.plan.line}: {moment.position.node} leads round in a circle")


def _beside(moment: Moment) -> Outcome | Onward:
    """Documents of queue and room, which are answered whatever became of the plan meanwhile."""
    node = moment.plan.nodes.get(moment.position.node)
    waited_in = node if isinstance(node, Queue) else None
    match moment.position.stage:
        case Stage.WAIT | Stage.CHOICE:
            return queue.waits(waited_in, moment)
        case Stage.LEFT:
            return queue.left(waited_in, moment)
        case Stage.HOLD:
            return room.held(moment)
        case Stage.JOINING:
            return room.joins(moment)
        case _:
            return room.belonging(moment)


def _step(moment: Moment) -> Outcome | Onward:  # noqa: C901  # one case per verb, each one line
    if moment.position.stage in BESIDE:
        return _beside(moment)
    if moment.position.subject == stand_in.SUBJECT:
        return stand_in.step(moment)
    node: Node = moment.node
    match node:
        case Menu():
            return menu.step(node, moment)
        case Switch():
            return switch.step(node, moment)
        case Extension():
            return extension.step(node, moment)
        case DialByName():
            return dial_by_name.step(node, moment)
        case RingTeam():
            return ring.step(node, moment)
        case Queue():
            return queue.step(node, moment)
        case Message():
            return message.step(node, moment)
        case Deadline():
            return deadline.step(node, moment)
        case CallBack():
            return call_back.step(node, moment)
        case HandOver():
            return hand_over.step(node, moment)
        case Safe():
            return safe.step(node, moment)
        case Goodbye():
            return goodbye.step(node, moment)
        case StaffOnly():
            return staff_only.step(node, moment)
        case _:
            assert_never(node)


def _spoken(says: tuple[str, ...], replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The words of the nodes that were passed, before the reply of the node that was reached; keys interrupt them all."""
    words = " ".join(text for text in says if text)
    if not words:
        return replies
    match replies[0]:
        case Listen() as listen:
            return (replace(listen, text=f"{words} {listen.text}"), *replies[1:])
        case Say() as say:
            return (Say(f"{words} {say.text}"), *replies[1:])
        case Connect():
            return replies
        case _:
            return (Say(words), *replies)

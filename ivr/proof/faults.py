"""What is wrong with one step, whatever comes after it? Dead ends, endings without 999, goodbyes nobody asked for, texts too long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory.findings import Evidence, Finding, Place, Subject
from ivr.events import CallerGone, Event, Keyed
from ivr.outcome import Ending, Outcome
from ivr.plan import CallBack, Goodbye, Menu, Plan, Queue, Safe
from ivr.position import BESIDE, Position, Stage
from ivr.proof.findings import (
    Circle,
    DeadEnd,
    EndsWithout999,
    GoodbyeUnasked,
    Late999,
    LongPrompt,
    LongWhisper,
    NeverRung,
    NoCallBack,
    SilentPrompt,
)
from ivr.proof.words import names_999, seconds_of, words_before_999, words_of
from ivr.queue_reasons import WantsCallBack
from ivr.replies import Confer, Enqueue, Go, Listen, Ring, Say
from routing.reasons import Denied

WORDS_WITH_999 = 25
"""So many of a call's first words may go by until 999 is named, itself counted as one."""

LONGEST_WHISPER = 15
"""Seconds with the patience for a key. A whisper should take 8 (ruling 11); a team's long name is no reason to refuse a plan."""

CALLEES = frozenset((Stage.WHISPER, Stage.ACCEPT))
GOES_ON = Listen | Ring | Enqueue | Confer | Go
"""What may stand last in a document that does not end a call."""


def where(plan: Plan) -> Place:
    """A line as the place of a finding."""
    return Place(Subject.LINE, plan.line, plan.authority, plan.name)


def read(plan: Plan) -> Evidence:
    """Where the line was read."""
    return Evidence(plan.source)


@dataclass(frozen=True, slots=True)
class Step:
    """What is judged: a position with what happened there, and what came of it."""

    position: Position
    event: Event
    outcome: Outcome


def circle(plan: Plan, position: Position) -> Circle:
    """The engine gave a step up."""
    return Circle(where(plan), read(plan), position.node)


def faults(step: Step, plans: Mapping[str, Plan]) -> Iterator[Finding]:
    """Everything that is wrong with a step."""
    if isinstance(step.event, CallerGone):
        return
    at = step.outcome.at or step.position
    plan = plans[at.digest]
    if step.position.stage in CALLEES:
        yield from _whisper(step, plan)
        return
    yield from _words(step, plan, at.node)
    yield from _ending(step, plan, at.node) if step.outcome.ending else _going_on(step, plan, at.node)
    yield from _denied(step, plan)
    yield from _offered(step, plans[step.position.digest])


def opening_faults(step: Step, plans: Mapping[str, Plan]) -> Iterator[Finding]:
    """What is wrong with the first words of a call."""
    plan = plans[step.position.digest]
    before = words_before_999(heard(step.outcome))
    if before is None or before >= WORDS_WITH_999:
        yield Late999(where(plan), read(plan), WORDS_WITH_999)


def heard(outcome: Outcome) -> str:
    """The words of a step."""
    return " ".join(reply.text for reply in outcome.replies if isinstance(reply, Say | Listen))


def _whisper(step: Step, plan: Plan) -> Iterator[Finding]:
    for listen in (reply for reply in step.outcome.replies if isinstance(reply, Listen)):
        seconds = round(seconds_of(listen.text) + listen.seconds)
        if seconds > LONGEST_WHISPER:
            yield LongWhisper(where(plan), read(plan), step.position.node, seconds, LONGEST_WHISPER)


def _words(step: Step, plan: Plan, node: str) -> Iterator[Finding]:
    text = heard(step.outcome)
    said, allowed = words_of(text), plan.budget.prompt_words
    if said > allowed:
        yield LongPrompt(where(plan), read(plan), node, said, round(seconds_of(text)), allowed)
    if any(isinstance(reply, Say | Listen) and not words_of(reply.text) for reply in step.outcome.replies):
        yield SilentPrompt(where(plan), read(plan), node)


def _ending(step: Step, plan: Plan, node: str) -> Iterator[Finding]:
    if step.outcome.ending is Ending.PERSON:
        return
    if not names_999(heard(step.outcome)):
        yield EndsWithout999(where(plan), read(plan), node)
    if isinstance(plan.nodes[node], Goodbye) and not _chose(step, plan, node):
        yield GoodbyeUnasked(where(plan), read(plan), node)


def _chose(step: Step, plan: Plan, node: str) -> bool:
    """Whether the caller has just pressed the key of an option that leads there, with nothing between."""
    menu = plan.nodes.get(step.position.node) if step.position.digest == plan.digest else None
    options = menu.options if isinstance(menu, Menu) else ()
    return any(Keyed(option.key) == step.event and option.go == node for option in options)


def _going_on(step: Step, plan: Plan, node: str) -> Iterator[Finding]:
    replies = step.outcome.replies
    if step.position.stage not in BESIDE and not (replies and isinstance(replies[-1], GOES_ON)):
        yield DeadEnd(where(plan), read(plan), node)
    if isinstance(plan.nodes[node], Safe) and not names_999(heard(step.outcome)):
        yield EndsWithout999(where(plan), read(plan), node)


def _denied(step: Step, plan: Plan) -> Iterator[Finding]:
    for why in step.outcome.trace:
        if isinstance(why, Denied):
            yield NeverRung(where(plan), read(plan), why.who, why.denial)


def _offered(step: Step, plan: Plan) -> Iterator[Finding]:
    """A call-back that is offered aloud, and books none."""
    node = plan.nodes.get(step.position.node)
    if isinstance(node, Safe) and step.event == Keyed("1") and node.call_back:
        asked = True
    else:
        asked = isinstance(node, Queue) and any(isinstance(why, WantsCallBack) for why in step.outcome.trace)
    if asked and isinstance(node, Safe | Queue) and not isinstance(plan.nodes[node.call_back], CallBack):
        yield NoCallBack(where(plan), read(plan), node.slug, node.call_back)

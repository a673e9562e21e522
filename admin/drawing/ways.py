"""Where does a step of a plan lead, by what, and can a caller go there at a moment?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from ivr.engine import start
from ivr.events import Arrived
from ivr.moment import Call, Moment, World
from ivr.plan import (
    CallBack,
    Closing,
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
from routing.hours import State, verdict

NOBODY = Call("", None, None)
"""Whoever looks at a drawing does not call."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way on to another step: the ``sign`` that stands on its line, the same in ``words``, and whether it is open now (``live``)."""

    to: str
    sign: str
    words: str
    live: bool = True


def glance(world: World, plan: Plan, at: datetime) -> Moment:
    """A plan as it is at a moment, without a call."""
    return Moment(world, plan, NOBODY, start(plan), Arrived(), at.replace(second=0, microsecond=0))


def ways(node: Node, here: Moment) -> tuple[Way, ...]:  # noqa: C901  # one case per verb
    """Every way on from a step, in the order in which they are offered."""
    match node:
        case Menu():
            return tuple(_choices(node, here))
        case Switch():
            return _sides(node, here)
        case Extension() | DialByName() | StaffOnly():
            return tuple(_asked(node, here))
        case Queue():
            return _out_of_the_queue(node, here)
        case Message() | Deadline():
            return (Way(node.go, "", "Then"),)
        case HandOver():
            return () if here.world.plans.of_line(node.line) else (Way(here.plan.otherwise, "else", "Then"),)
        case Safe():
            return (Way(node.call_back, "1", "Press 1: a call back"),) if node.call_back else ()
        case RingTeam() | CallBack() | Goodbye():
            return ()
        case _:
            assert_never(node)


def _choices(node: Menu, here: Moment) -> Iterator[Way]:
    for option in node.options:
        offered = here.offers(option.go)
        beside = "" if offered else " (not offered at this moment)"
        yield Way(option.go, option.key, f"Press {option.key}: {option.label}{beside}", live=offered)


def _sides(node: Switch, here: Moment) -> tuple[Way, ...]:
    state = verdict(here.plan.hours[node.hours], here.now, here.world.calendar).state
    return (
        Way(node.open, "open", f"While “{node.hours}” is open", live=state is State.OPEN),
        Way(node.closed, "closed", f"While “{node.hours}” is closed", live=state is State.CLOSED),
    )


def _asked(node: Extension | DialByName | StaffOnly, here: Moment) -> Iterator[Way]:
    match node:
        case Extension():
            if node.by_name:
                words = "Press 9, then hash: the worker by name"
                yield Way(node.by_name, "9 #", words, live=here.offers(node.by_name))
            yield Way(node.otherwise, "else", "After three extensions that nobody has")
        case DialByName():
            yield Way(
                node.otherwise, "else", "After three attempts that find nobody, and whenever names are not offered"
            )
        case StaffOnly():
            yield Way(node.go, "staff", "Once they are known as staff")
            yield Way(node.otherwise, "else", "After three wrong PINs")
        case _:
            assert_never(node)


def _out_of_the_queue(node: Queue, here: Moment) -> tuple[Way, ...]:
    waits = node.closing is Closing.FINISH or here.day.is_open
    bounds = f"more than {node.most_waiting} wait, or it takes {node.longest_seconds // 60} minutes"
    return (
        Way(node.otherwise, "else", f"While nobody answers at the desk, {bounds}"),
        Way(node.call_back, "1", "Press 1 while waiting: a call back", live=waits),
    )

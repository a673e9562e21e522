"""Which steps can a caller come to at a moment? Those behind the side of a switch that is not open now are left out."""

from collections.abc import Iterator
from typing import assert_never

from admin.drawing.ways import ways
from ivr.moment import Moment
from ivr.plan import (
    CallBack,
    Deadline,
    DialByName,
    Extension,
    Goodbye,
    HandOver,
    Menu,
    Message,
    Node,
    Queue,
    RingTeam,
    Safe,
    StaffOnly,
    Switch,
)


def reached(here: Moment) -> frozenset[str]:
    """The steps of a plan that a call which begins at this moment may come to."""
    found: set[str] = set()
    ahead = [here.plan.start]
    while ahead:
        slug = ahead.pop()
        if slug not in found:
            found.add(slug)
            node = here.plan.nodes[slug]
            ahead += [way.to for way in ways(node, here) if way.live]
            ahead += _everywhere(node, here)
    return frozenset(found)


def _everywhere(node: Node, here: Moment) -> Iterator[str]:
    """Where no line of the drawing leads and every caller may come to: 0 helps, and nobody answers."""
    match node:
        case Menu() | StaffOnly() | CallBack():
            yield here.plan.otherwise
        case Extension():
            yield from (here.plan.otherwise, here.plan.safe)
        case DialByName() if here.offers(node.slug):
            yield from (here.plan.otherwise, here.plan.safe)
        case RingTeam():
            yield here.plan.safe
        case DialByName() | Switch() | Queue() | Message() | Deadline() | HandOver() | Safe() | Goodbye():
            return
        case _:
            assert_never(node)

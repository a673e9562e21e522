"""By when is a call-back due, and when does a Team Manager hear of it? By the line's own time where it prints one (B:72)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from desk.working_time import due_within
from ivr.moment import World
from ivr.plan import CallBack, Plan
from routing.deadlines import Due, call_back_due

USUAL = timedelta(hours=24)
"""Derbyshire's social worker calls back in 24 hours (B:72); taken for lines that print no time."""

SHARE = 4
LONGEST_WARNING = timedelta(minutes=15)
"""A call-back is escalated when a quarter of its time is left, or 15 minutes, whichever is later (assumed: no source says when)."""


def due(received: datetime, within: timedelta | None, authority: str, line: str, world: World) -> Due:
    """Both readings of a call-back that a handler books: on the clock, and on the line's working time (X49)."""
    plan = world.plans.of_line(line)
    if plan is None:
        return due_within(received, within or USUAL, authority, world)
    return call_back_due(received, within or _printed(plan) or USUAL, plan.day, world.calendar)


def _printed(plan: Plan) -> timedelta | None:
    """What the line itself promises."""
    hours = [node.within_hours for node in plan.nodes.values() if isinstance(node, CallBack)]
    return timedelta(hours=min(hours)) if hours else None


def escalates_at(booked: datetime, target: datetime) -> datetime:
    """When it is to be escalated, before it is late."""
    return target - min(max(target - booked, timedelta(0)) / SHARE, LONGEST_WARNING)


def told(found: Due) -> list[Mapping[str, str]]:
    """The readings as they are kept."""
    return [{"name": reading.name, "at": reading.at.isoformat()} for reading in found.readings]

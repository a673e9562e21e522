"""What would another plan have done to past calls? The people of each are sent through the plan of then and through the draft, at the
same moment and with the same directory, and the two ways are compared. Nothing is rung and nothing is written.

Only a call that the plan of then leads where it did lead is compared: otherwise the difference would not be the draft's.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from directory.numbers import Number
from ivr.moment import World
from ivr.plan import Plan, Plans
from ivr.record import Record
from rehearsal.retaking import Way, retaken, way_of
from rehearsal.script import Script, script

UNTOLD = "untold"
"""Calls that cannot be compared."""

WorldAt = Callable[[int], World | None]


@dataclass(frozen=True, slots=True)
class WentElsewhere:
    """A call that the draft changes: what it came to before and after, and the first thing that differs."""

    sid: str
    before: str
    after: str
    why: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Counts by outcome before and after, the calls that change, and those that cannot be compared (with why, by SID)."""

    calls: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    changed: tuple[WentElsewhere, ...]
    untold: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One call: both ways, or why they cannot be compared."""

    sid: str
    before: Way | None = None
    after: Way | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft put to the test of past calls."""

    draft: Plan
    world_at: WorldAt
    plans: Mapping[str, Plan]

    def of(self, records: Sequence[Record]) -> Compared:
        """One call with the plan of then, and with the draft."""
        people, sid = script(records, self.plans), records[0].call
        if people is None:
            return Compared(sid, why="its beginning is not recorded, or a fault met it")
        world = self.world_at(_version(records))
        if world is None or world.plans.of_line(people.line) is None:
            return Compared(sid, why="the directory of then cannot be made again")
        return self._compared(people, world, way_of(records))

    def _compared(self, people: Script, world: World, recorded: Way) -> Compared:
        before = retaken(world, people)
        if (before.ending, before.rang) != (recorded.ending, recorded.rang):
            return Compared(people.sid, why="it went as no telephone can play again")
        return Compared(people.sid, before, retaken(with_draft(world, self.draft), people))


def with_draft(world: World, draft: Plan) -> World:
    """A world in which a draft is in force, without reading every plan that ever was."""
    current = {**world.plans.current, draft.line: draft.digest}
    by_digest = {
        digest: world.plans.by_digest[digest] for digest in current.values() if digest in world.plans.by_digest
    }
    return replace(world, plans=Plans({**by_digest, draft.digest: draft}, current))


def what_if(compared: Sequence[Compared]) -> WhatIf:
    """Every call's comparison as one."""
    told = [(one.sid, one.before, one.after) for one in compared if one.before and one.after]
    changed = (_changed(sid, before, after) for sid, before, after in told)
    return WhatIf(
        calls=len(compared),
        before=dict(Counter(before.ending for _, before, _ in told)),
        after=dict(Counter(after.ending for _, _, after in told)),
        changed=tuple(one for one in changed if one),
        untold={one.sid: one.why for one in compared if one.why},
    )


def _changed(sid: str, before: Way, after: Way) -> WentElsewhere | None:
    if (before.ending, before.rang) == (after.ending, after.rang):
        return None
    return WentElsewhere(sid, before.ending, after.ending, _why(before, after), bool(after.assumed - before.assumed))


def _why(before: Way, after: Way) -> str:
    """The first reason that differs, else the first phone."""
    for was, would_be in zip_longest(before.reasons, after.reasons, fillvalue=""):
        if was != would_be:
            return f"then: {was or 'nothing more.'} With the draft: {would_be or 'nothing more.'}"
    for was, would_be in zip_longest(before.rang, after.rang, fillvalue=""):
        if was != would_be:
            return f"then {_phone(was)} rang, with the draft {_phone(would_be)}."
    return "it ends otherwise."


def _phone(e164: str) -> str:
    return Number(e164).national if e164 else "nobody's phone"


def _version(records: Sequence[Record]) -> int:
    return int(next(record.body["directory"] for record in records if "from" in record.body))

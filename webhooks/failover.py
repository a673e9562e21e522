"""What does a folder hold that answers calls while nothing of ours does? Per line a file that needs no clock, files with a timetable,
and an index that says until when all of it is right.

Twilio asks for ``<line>.xml`` by GET as a number's fallback URL, on another host (ruling 26). What is made depends on the world and
the moment alone, so that anybody can ask later whether a folder is still what would be made.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from directory.numbers import Number
from ivr.moment import World
from ivr.plan import Plan
from webhooks.ahead import ahead
from webhooks.banded import Band, banded_files, bands, timetable_good
from webhooks.failover_index import LineIndex, Made, index_files
from webhooks.static import accepting, static_document
from webhooks.unclocked import Unclocked, unclocked

File = tuple[str, bytes]
"""A path below the folder, with ``/``, and its content."""

FORM = 1
"""Counts what a deployed change of wording or shape alters in every file."""


@dataclass(frozen=True, slots=True)
class LineFiles:
    """One line's files, the one without a clock first, and what the index tells of it."""

    files: tuple[File, ...]
    index: LineIndex


def failover_files(world: World, now: datetime) -> Iterator[File]:
    """Every file of the folder; the index is last, so that whoever writes them in order ends with what vouches for them."""
    made = Made(now.astimezone(UTC), stamp_of(world), world.directory.epoch, world.directory.version)
    sums: dict[str, str] = {}
    lines: list[LineIndex] = []
    for name, content in accepting().items():
        sums[name] = _sum(content)
        yield name, content
    for plan in _plans(world):
        found = line_files(world, plan, now)
        lines.append(found.index)
        sums |= {name: _sum(content) for name, content in found.files}
        yield from found.files
    yield from index_files(made, lines, sums)


def line_files(world: World, plan: Plan, now: datetime) -> LineFiles:
    """The files of one line."""
    time_ahead = ahead(world, plan, now)
    always, shown = unclocked(time_ahead), _shown(world, plan)
    found = bands(time_ahead, always.night, shown)
    beside = (*accepting().items(), *banded_files(time_ahead, found))
    whole = (f"{plan.line}.xml", static_document(plan, always.phones, always.night, shown))
    index = LineIndex(plan, _answers(world, plan), always, timetable_good(time_ahead), _own(plan, always, found))
    return LineFiles((whole, *((f"{plan.line}/{name}", content) for name, content in beside)), index)


def _own(plan: Plan, always: Unclocked, found: Iterable[Band]) -> tuple[str, ...]:
    """The files in which somebody's own number stands."""
    held = {f"{plan.line}/{band.file}" for band in found if any(phone.own for phone in band.phones)}
    return tuple(sorted(held | ({f"{plan.line}.xml"} if any(phone.own for phone in always.phones) else set())))


def _answers(world: World, plan: Plan) -> tuple[Number, ...]:
    known = world.directory.lines.get(plan.line)
    return known.numbers if known else ()


def stamp_of(world: World) -> str:
    """What the files are made from, as a short text: another one means that they may have changed."""
    parts = {
        "form": FORM,
        "directory": [world.directory.epoch, world.directory.version],
        "plans": dict(sorted(world.plans.current.items())),
        "holidays": sorted(f"{day} {name}" for day, name in world.calendar.holidays.items()),
        "overrides": [world.overrides[line].document() for line in sorted(world.overrides)],
    }
    return _sum(json.dumps(parts, sort_keys=True).encode())[:16]


def _plans(world: World) -> Iterator[Plan]:
    found = (world.plans.of_line(line) for line in sorted(world.plans.current))
    return (plan for plan in found if plan)


def _shown(world: World, plan: Plan) -> Number | None:
    """The number that called people see: the line's own, which Twilio accepts whether or not the caller withholds theirs."""
    return next(iter(_answers(world, plan)), None)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""Is a fail-over folder still what would be made today, and until when is it right?"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ivr.moment import World
from routing.reasons import clock_time
from webhooks.failover import failover_files
from webhooks.failover_index import INDEX, PAGE

NO_INDEX = "There is no fail-over folder here, or its index cannot be read."
DAMAGED = "These files are not as they were written: {}."
OTHERWISE = (
    "These files would be written otherwise now, since plans, directory, bank holidays or Dutyline have changed: {}."
)
EXPIRED = "It was good until {}."
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class FolderVerdict:
    """What is wrong with a folder (nothing: it is right), when it was made, and until when it is right."""

    problems: tuple[str, ...]
    made: datetime | None = None
    good_until: datetime | None = None


def folder_verdict(found: Mapping[str, bytes], world: World, now: datetime) -> FolderVerdict:
    """The verdict on a folder's files, by their names. They are made again as of the moment when they were made."""
    try:
        index = json.loads(found.get(INDEX, b""))
        made, good = (datetime.fromisoformat(index[name]) for name in ("made_at", "good_until"))
        sums = dict(index["files"])
    except (ValueError, KeyError, TypeError):
        return FolderVerdict((NO_INDEX,))
    return FolderVerdict(tuple(_problems(found, sums, world, made, good, now)), made, good)


def _problems(  # what an index says, and what there is
    found: Mapping[str, bytes], sums: Mapping[str, Any], world: World, made: datetime, good: datetime, now: datetime
) -> Iterator[str]:
    if now >= good:
        yield EXPIRED.format(clock_time(good))
    damaged = [name for name, known in sums.items() if name not in found or _sum(found[name]) != known]
    if damaged:
        yield DAMAGED.format(_named(damaged))
    due = {name: _sum(content) for name, content in failover_files(world, made) if name not in (INDEX, PAGE)}
    other = [name for name in due.keys() | sums.keys() - {INDEX, PAGE} if due.get(name) != sums.get(name)]
    if other:
        yield OTHERWISE.format(_named(other))


def _named(names: list[str]) -> str:
    rest = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(sorted(names)[:MOST_NAMED]) + rest


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""What do callers meet while the database is frozen, killed and locked? Five calls a second, webhooks doubled, shuffled and late."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from routing.clock import LONDON
from tests.conftest import bundled_world
from tests.reliability.arrived import Arrived, arrived
from tests.reliability.faults import Breakable, Fault, postgresql, sqlite
from tests.reliability.figure import Figure, Value
from tests.reliability.ringing import RATE, Ringing
from tests.reliability.service import service
from tests.reliability.wall_clock import wall_clock
from tests.reliability.watching import Watchers, admin_key

FULL = 3000
DATABASES: tuple[Callable[[Path], AbstractContextManager[Breakable]], ...] = (sqlite, postgresql)
BEGINS = datetime(2026, 12, 2, 16, 55, tzinfo=LONDON)
"""A Wednesday, five minutes before most lines close."""

SHARES = 0.15, 0.45, 0.75
"""After which part of the calls each fault begins."""

LONGEST_SECONDS, SHORTEST_SECONDS = 30.0, 5.0
PART_OF_THE_RUN = 20
SHORTEST_RUN_SECONDS = 30.0
"""Few calls come more slowly, since a fault must last until it is noticed."""

HERD_RATE, HERD_SPEED = 30.0, 6.0
"""When the last fault is over a tenth as many ring again at once: of 3,000, 300 in ten seconds."""

READY_SECONDS = 20.0
SLOWEST, P99 = 2.0, 0.5
MANY = 5_000
"""Of fewer replies the slowest alone is judged: one of a hundred is then no more than what else the machine did."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault that was: when, and what ``/readyz`` had to say."""

    name: str
    began: float
    ended: float


def figure(size: int, seed: int) -> Figure:
    """Ring ``size`` calls per database."""
    values: dict[str, Value] = {}
    broken: list[str] = []
    for database in DATABASES:
        with TemporaryDirectory() as place, database(Path(place)) as breakable:
            found = stormed(breakable, Path(place), size, seed)
        values |= {f"{breakable.kind}_{name}": value for name, value in found.values.items()}
        broken += [f"{breakable.kind}: {what}" for what in found.broken]
    return Figure(values, tuple(broken))


def stormed(breakable: Breakable, folder: Path, size: int, seed: int) -> Figure:
    """One database's part."""
    clock, rate = wall_clock(folder, BEGINS), min(RATE, size / SHORTEST_RUN_SECONDS)
    with service(folder / "state", breakable.url, 1, **clock.environment) as served:
        key = admin_key(breakable.url)
        with Watchers(served, key) as watchers:
            with Ringing(served, bundled_world(), size, seed, rate) as calls:
                faults = list(_break(breakable, size / rate))
                with Ringing(served, bundled_world(), size // 10, seed + 1, HERD_RATE, speed=HERD_SPEED) as herd:
                    pass
            watchers.wait_until_ready(READY_SECONDS)
        there = arrived(breakable.url, calls.told + herd.told)
    values, broken = judged(calls, there)
    beside, stampede = _herd(herd)
    silent = list(_silent(watchers, faults))
    known: dict[str, Value] = {
        "fault_seconds": round(faults[0].ended - faults[0].began, 1),
        "clerks_met": " ".join(f"{status}:{count}" for status, count in watchers.clerks_met.items()),
    }
    return Figure(values | beside | known, (*broken, *stampede, *silent))


def _break(breakable: Breakable, seconds: float) -> Iterator[Broken]:
    """One fault after the other, each for a while, at its part of the run."""
    started = time.monotonic()
    lasts = min(LONGEST_SECONDS, max(SHORTEST_SECONDS, seconds / PART_OF_THE_RUN))
    for fault, share in zip(breakable.faults, SHARES, strict=True):
        time.sleep(max(0.0, started + share * seconds - time.monotonic()))
        yield _broken(breakable, fault, lasts)


def _broken(breakable: Breakable, fault: Fault, lasts: float) -> Broken:
    sys.stderr.write(f"{breakable.kind} is {fault.name} for {lasts:.0f} s\n")
    fault.begin()
    began = time.monotonic()
    time.sleep(lasts)
    ended = time.monotonic()
    fault.end()
    return Broken(fault.name, began, ended)


def judged(calls: Ringing, there: Arrived, p99: float = P99) -> tuple[dict[str, Value], list[str]]:
    """What callers met, and each target that was missed."""
    for one in calls.unsafe:
        sys.stderr.write(f"unsafe: call {one.number} to {one.line}: {one.complaint}\n")
    values: dict[str, Value] = {
        "calls": len(calls.ended), "webhooks": len(calls.told), "unsafe": len(calls.unsafe), "acknowledged": there.acknowledged,
        "lost": len(there.lost), "doubled": len(there.doubled) + len(there.strange), "altered": len(there.altered),
        "backward": len(there.backward), "slowest": round(calls.slowest, 3), "p99": round(calls.quantile(0.99), 3),
        "not_2xx": sum(calls.refused.values()), "malformed": calls.malformed, "barred": len(calls.barred),
        "endings": " ".join(f"{letter}:{count}" for letter, count in sorted(calls.outcomes.items())),
    }  # fmt: skip
    missed = {
        f"{len(calls.unsafe)} unsafe": calls.unsafe,
        f"a reply took {calls.slowest:.2f} s": calls.slowest > SLOWEST,
        f"p99 is {calls.quantile(0.99):.2f} s": calls.quantile(0.99) > p99 and len(calls.told) > MANY,
        f"not 2xx: {dict(calls.refused)}": calls.refused,
        f"{calls.malformed} malformed": calls.malformed,
        f"{len(calls.barred)} barred numbers dialled": calls.barred,
        f"only {len(calls.ended)} calls ended": len(calls.ended) < calls.size,
    }
    return values, [*there.broken, *(what for what, is_so in missed.items() if is_so)]


def _herd(herd: Ringing) -> tuple[dict[str, Value], list[str]]:
    """Those who ring again all at once when the last fault is over."""
    values: dict[str, Value] = {
        "herd": len(herd.ended), "herd_slowest": round(herd.slowest, 3), "herd_not_2xx": sum(herd.refused.values()),
    }  # fmt: skip
    missed = {
        f"{len(herd.unsafe)} of the herd unsafe": herd.unsafe,
        f"of the herd, not 2xx: {dict(herd.refused)}": herd.refused,
        f"of the herd, a reply took {herd.slowest:.2f} s": herd.slowest > SLOWEST,
        f"only {len(herd.ended)} calls of the herd ended": len(herd.ended) < herd.size,
    }
    return values, [what for what, is_so in missed.items() if is_so]


def _silent(watchers: Watchers, faults: list[Broken]) -> Iterator[str]:
    """Faults of which ``/readyz`` did not tell, or after which it was not ready again."""
    for fault in faults:
        reasons = watchers.degraded_between(fault.began, fault.ended)
        sys.stderr.write(f"/readyz while it was {fault.name}: {'; '.join(reasons) or 'nothing'}\n")
        if not reasons:
            yield f"/readyz said nothing while it was {fault.name}"
        if not watchers.is_ready_within(fault.ended, READY_SECONDS):
            yield f"/readyz was not ready after it had been {fault.name}"

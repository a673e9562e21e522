"""What is lost when workers die in the middle of everything? One of two is killed with -9 every five seconds, while callers ring."""

import os
import signal
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread
from types import TracebackType
from typing import Self

from tests.conftest import bundled_world
from tests.reliability.arrived import Arrived, arrived
from tests.reliability.figure import Figure, Value
from tests.reliability.postgres import cluster
from tests.reliability.ringing import Ringing
from tests.reliability.service import Service, service, works
from tests.reliability.wire import CALM, Weather

FULL = 10_000
WORKERS = 2
EVERY_SECONDS = 5.0
FEW, OFTEN_SECONDS = 300, 2.0
"""Of fewer calls the workers are killed more often, so that some are."""

LOOK_SECONDS = 0.2
DOUBLED = Weather(doubled=0.1, reordered=0.0, late=0.0)


@dataclass
class Killer:
    """Kills a worker by the dice, again and again; those that watch over them begin another one."""

    served: Service
    dice: Random
    every: float
    kills: int = 0
    _over: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._kill_on, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trail: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _kill_on(self) -> None:
        """Where the last one's successor is not there yet it is waited for: one component is down at a time."""
        while not self._over.wait(self.every):
            while not self._over.wait(LOOK_SECONDS) and sum(map(works, self.served.worker_processes)) < WORKERS:
                pass
            with suppress(ProcessLookupError, IndexError):
                os.kill(self.dice.choice(self.served.worker_processes), signal.SIGKILL)
                self.kills += 1


def figure(size: int, seed: int) -> Figure:
    """Ring so many calls."""
    every, weather = OFTEN_SECONDS if size < FEW else EVERY_SECONDS, DOUBLED if seed % 2 else CALM
    with ExitStack() as here:
        place = Path(here.enter_context(TemporaryDirectory()))
        server = here.enter_context(cluster(place / "pg"))
        served = here.enter_context(service(place / "state", server.url, WORKERS))
        killer = Killer(served, Random(seed), every)
        with killer, Ringing(served, bundled_world(), size, seed, weather=weather, forgives=_is_unheard) as calls:
            pass
        there = arrived(server.url, calls.told)
    return _judged(calls, there, killer.kills)


def _is_unheard(complaint: str) -> bool:
    """What Twilio's debugger shows of a reply that broke off: the fallback was asked then, or it was a callback."""
    return complaint.startswith("Twilio warns: 11200 ") and "broke off" in complaint


def _judged(calls: Ringing, there: Arrived, kills: int) -> Figure:
    for one in calls.unsafe:
        sys.stderr.write(f"unsafe: call {one.number} to {one.line}: {one.complaint}\n")
    values: dict[str, Value] = {
        "calls": len(calls.ended), "kills": kills, "webhooks": len(calls.told), "unanswered": calls.refused[0],
        "acknowledged": there.acknowledged, "lost": len(there.lost), "doubled": len(there.doubled) + len(there.strange),
        "altered": len(there.altered), "backward": len(there.backward), "unsafe": len(calls.unsafe),
        "barred": len(calls.barred), "p99": round(calls.quantile(0.99), 3),
        "endings": " ".join(f"{letter}:{count}" for letter, count in sorted(calls.outcomes.items())),
    }  # fmt: skip
    missed = {
        f"{len(calls.unsafe)} unsafe": calls.unsafe,
        f"{len(calls.barred)} barred numbers dialled": calls.barred,
        f"only {len(calls.ended)} calls ended": len(calls.ended) < calls.size,
        "no worker was killed": not kills,
    }
    return Figure(values, (*there.broken, *(what for what, is_so in missed.items() if is_so)))

"""Which alerts fire when something is amiss, how soon, and are they silent again when it is over?"""

import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from tests.reliability.alerting.prometheus import Prometheus, prometheus
from tests.reliability.service import Service

FIRES_SECONDS = 1000.0
"""The longest is a caller who waits for three minutes, ten of the rule's own, and a round or two."""

ENDS_SECONDS = 720.0
"""The longest looks back over ten minutes."""

LOOKS_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is amiss, begun and ended from outside, and the alerts that are there for it."""

    alerts: tuple[str, ...]
    begin: Callable[[], object]
    end: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Deployment:
    """The machines that one Prometheus asks, and what is done to them, all of it at once."""

    machines: Sequence[Service]
    troubles: Sequence[Trouble]


@dataclass(slots=True)
class Told:
    """One alert: after how many seconds of its trouble it fired, and how many seconds after the trouble's end it was silent again;
    nothing where it never did."""

    alert: str
    fired: float | None = None
    silent: float | None = None


@dataclass(slots=True)
class Watched:
    """What Prometheus told of one deployment. ``early`` are alerts that were not silent before anything was amiss, ``beside`` those that
    fired and were not waited for."""

    told: list[Told] = field(default_factory=list)
    early: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


Place = Callable[[Path], AbstractContextManager[Deployment]]
"""A deployment that runs, given a folder for it."""


STARTING = Lock()
"""One deployment starts after the other: eight servers at once would keep two cores busy for too long."""


def watched(place: Place, folder: Path, wanted: Collection[str], every: str = "") -> Watched:
    """Run a deployment, and make trouble there for each of the alerts that are wanted."""
    with ExitStack() as open_:
        with STARTING:
            there = open_.enter_context(place(folder))
        asking = open_.enter_context(prometheus(folder / "prometheus", [one.port for one in there.machines], every))
        asking.look_round()
        found = Watched(early=frozenset(asking.states()))
        troubles = [trouble for trouble in there.troubles if set(trouble.alerts) & set(wanted)]
        with ThreadPoolExecutor(len(troubles)) as pool:
            for told, beside in pool.map(lambda trouble: _suffered(trouble, asking), troubles):
                found.told += told
                found.beside |= beside
    found.beside -= {one.alert for one in found.told}
    return found


def _suffered(trouble: Trouble, asking: Prometheus) -> tuple[list[Told], frozenset[str]]:
    """Begin, wait until all of its alerts fire, end, and wait until all of them are silent."""
    told, seen = [Told(name) for name in trouble.alerts], frozenset[str]()
    began = time.monotonic()
    try:
        trouble.begin()
        for firing in _rounds(asking, began + FIRES_SECONDS):
            seen |= firing
            for one in told:
                if one.fired is None and one.alert in firing:
                    one.fired = time.monotonic() - began
                    sys.stderr.write(f"{one.alert} fires after {one.fired:.0f} s\n")
            if all(one.fired is not None for one in told):
                break
    finally:
        trouble.end()
    _over([one for one in told if one.fired is not None], asking)
    return told, seen


def _over(fired: Collection[Told], asking: Prometheus) -> None:
    ended = time.monotonic()
    for firing in _rounds(asking, ended + ENDS_SECONDS):
        for one in fired:
            if one.silent is None and one.alert not in firing:
                one.silent = time.monotonic() - ended
                sys.stderr.write(f"{one.alert} is silent again {one.silent:.0f} s after the end\n")
        if all(one.silent is not None for one in fired):
            return


def _rounds(asking: Prometheus, until: float) -> Iterator[frozenset[str]]:
    """What fires, again and again."""
    while time.monotonic() < until:
        yield asking.firing()
        time.sleep(LOOKS_EVERY)

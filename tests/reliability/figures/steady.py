"""How soon are webhooks answered over ten minutes of long calls, of 15 to 45 webhooks each? Five a second on SQLite, twenty on PostgreSQL
with two workers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from random import Random
from statistics import mean
from tempfile import TemporaryDirectory

from ivr.moment import World
from ivr.name_reasons import NamesFound, NameUnknown, SeveralNames
from rehearsal.staging import rehearsal
from routing.clock import LONDON
from tests.conftest import bundled_world
from tests.ivr.proof.wandering import wander
from tests.reliability.arrived import arrived
from tests.reliability.figure import Figure, Value
from tests.reliability.figures.storm import judged
from tests.reliability.postgres import cluster
from tests.reliability.ringing import Ringing, dialled
from tests.reliability.service import service
from tests.reliability.wall_clock import wall_clock
from tests.reliability.wire import CALM

FULL = 600
"""Seconds on each database."""

BEGINS = datetime(2026, 12, 2, 10, 30, tzinfo=LONDON)
"""A Wednesday morning."""

P99 = 0.3

WEBHOOKS = range(15, 45 + 1)
"""Of each call: those of the caller's leg, of each phone that rang, and every status callback."""

LOOKED_UP = {reason.code for reason in (NamesFound, SeveralNames, NameUnknown)}
"""Of such a line no more than 120 are looked up in an hour (``webhooks.lookups``): a call that does it would be another one later."""

PLOTS = 300
"""So many different calls, again and again."""


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'dutyline.db'}"


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    with cluster(folder / "pg") as server:
        yield server.url


DATABASES = {"sqlite": (_sqlite, 1, 5.0), "postgresql": (_postgresql, 2, 20.0)}
"""Each with its workers, and the calls in a second."""


def figure(size: int, seed: int) -> Figure:
    """``size`` seconds on each database."""
    values: dict[str, Value] = {}
    broken: list[str] = []
    world = bundled_world()
    plots = tuple(islice(_long(world, seed), min(PLOTS, size * 10)))
    for name, (database, workers, rate) in DATABASES.items():
        with TemporaryDirectory() as place, database(Path(place)) as url:
            clock = wall_clock(Path(place), BEGINS)
            with service(Path(place) / "state", url, workers, **clock.environment) as served:
                with Ringing(served, world, round(size * rate), seed, rate, CALM, plots=plots) as calls:
                    pass
                found, missed = judged(calls, arrived(url, calls.told), P99)
        sizes = [call.webhooks for call in calls.ended]
        lengths = {"webhooks_a_call": f"{min(sizes)} to {max(sizes)}, {mean(sizes):.1f} on average"}
        missed += [
            f"call {call.number} to {call.line} had {call.webhooks} webhooks"
            for call in calls.ended
            if call.webhooks not in WEBHOOKS
        ]
        values |= {f"{name}_{what}": value for what, value in (found | lengths).items()}
        broken += [f"{name}: {what}" for what in missed]
    return Figure(values, tuple(broken))


def _long(world: World, seed: int) -> Iterator[int]:
    """Numbers of the dice whose calls have as many webhooks as they should, as a rehearsal of each tells, and look up no name."""
    for plot in count():
        dice, staged = Random(f"{seed} {plot}"), rehearsal(world, BEGINS)  # dice
        _, to, caller = dialled(world, (), dice)
        call = staged.phone.dial(to, caller)
        wander(call, dice)
        codes = {reason["code"] for record in staged.memory.records for reason in record.body.get("reasons", ())}
        if len(call.exchanges) in WEBHOOKS and not codes & LOOKED_UP:
            yield plot

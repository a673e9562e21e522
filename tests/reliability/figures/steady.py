"""How soon are webhooks answered over ten minutes of ordinary calls? Five a second on SQLite, twenty on PostgreSQL with two workers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from routing.clock import LONDON
from tests.conftest import bundled_world
from tests.reliability.arrived import arrived
from tests.reliability.figure import Figure, Value
from tests.reliability.figures.storm import judged
from tests.reliability.postgres import cluster
from tests.reliability.ringing import Ringing
from tests.reliability.service import service
from tests.reliability.wall_clock import wall_clock
from tests.reliability.wire import CALM

FULL = 600
"""Seconds on each database."""

BEGINS = datetime(2026, 12, 2, 10, 30, tzinfo=LONDON)
"""A Wednesday morning."""

P99 = 0.3


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
    for name, (database, workers, rate) in DATABASES.items():
        with TemporaryDirectory() as place, database(Path(place)) as url:
            clock = wall_clock(Path(place), BEGINS)
            with service(Path(place) / "state", url, workers, **clock.environment) as served:
                with Ringing(served, bundled_world(), round(size * rate), seed, rate, CALM) as calls:
                    pass
                found, missed = judged(calls, arrived(url, calls.told), P99)
        of_each = {"webhooks_a_call": round(len(calls.told) / len(calls.ended), 1)}
        values |= {f"{name}_{what}": value for what, value in (found | of_each).items()}
        broken += [f"{name}: {what}" for what in missed]
    return Figure(values, tuple(broken))

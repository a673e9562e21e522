"""Whom do callers reach when the service was started without its database? Whoever the snapshot on its disk names, and nothing is lost."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from routing.clock import LONDON
from tests.conftest import bundled_world
from tests.reliability.arrived import arrived
from tests.reliability.figure import Figure, Value
from tests.reliability.postgres import cluster
from tests.reliability.ringing import Ringing
from tests.reliability.service import Service, service
from tests.reliability.wall_clock import wall_clock
from tests.reliability.watching import admin_key, seen

FULL = 500
RATE = 10.0
NIGHT = datetime(2026, 12, 2, 20, 0, tzinfo=LONDON)
LINE, TEAM = "devon", "devon-edt"
"""At night this line rings this team at once."""

CHANGED = "+442079460777"
SLOWEST = 2.0


@dataclass(frozen=True, slots=True)
class Killable:
    """A database that may be away."""

    kind: str
    url: str
    kill: Callable[[], object]
    start: Callable[[], object]


@contextmanager
def postgresql(folder: Path) -> Iterator[Killable]:
    """A cluster that is killed."""
    with cluster(folder / "pg") as server:
        yield Killable("postgresql", server.url, server.kill, server.start)


@contextmanager
def sqlite(folder: Path) -> Iterator[Killable]:
    """A file in whose place there is a folder."""
    path, away = folder / "dutyline.db", folder / "away.db"

    def kill() -> None:
        path.rename(away)
        path.mkdir()

    def start() -> None:
        path.rmdir()
        away.rename(path)

    yield Killable("sqlite", f"sqlite:///{path}", kill, start)


DATABASES: tuple[Callable[[Path], AbstractContextManager[Killable]], ...] = (sqlite, postgresql)


def figure(size: int, seed: int) -> Figure:
    """Change a number, stop, kill the database, start, ring ``size`` times, and let the database come back."""
    values: dict[str, Value] = {}
    broken: list[str] = []
    for database in DATABASES:
        with TemporaryDirectory() as place, database(Path(place)) as killable:
            found = started_dark(killable, Path(place), size, seed)
        values |= {f"{killable.kind}_{name}": value for name, value in found.values.items()}
        broken += [f"{killable.kind}: {what}" for what in found.broken]
    return Figure(values, tuple(broken))


def started_dark(killable: Killable, folder: Path, size: int, seed: int) -> Figure:
    """One database's part."""
    clock = wall_clock(folder, NIGHT)
    with service(folder / "state", killable.url, 1, **clock.environment) as served:
        change_number(served, admin_key(killable.url))
        served.stop()
        killable.kill()
        served.start()
        said = seen(served.port, "/readyz")
        with Ringing(served, bundled_world(), size, seed, RATE, only=(LINE,)) as calls:
            pass
        killable.start()
        there = arrived(killable.url, calls.told)
    wrong = list(_elsewhere(calls))
    sys.stderr.write(f"{killable.kind}: /readyz said: {' '.join(said.because)}\n")
    values: dict[str, Value] = {
        "calls": len(calls.ended), "reached": len(calls.ended) - len(wrong), "unsafe": len(calls.unsafe), "lost": len(there.lost),
        "doubled": len(there.doubled) + len(there.strange), "acknowledged": there.acknowledged,
        "slowest": round(calls.slowest, 3), "not_2xx": sum(calls.refused.values()),
    }  # fmt: skip
    missed = {
        f"{len(wrong)} calls did not ring {CHANGED} first": wrong,
        f"{len(calls.unsafe)} unsafe": calls.unsafe,
        f"only {len(calls.ended)} calls ended": len(calls.ended) < size,
        f"a reply took {calls.slowest:.2f} s": calls.slowest > SLOWEST,
        f"not 2xx: {dict(calls.refused)}": calls.refused,
        "/readyz did not say that the database was away": said.says != "degraded",
    }
    return Figure(values, (*there.broken, *(what for what, is_so in missed.items() if is_so)))


def change_number(served: Service, key: str) -> None:
    """Whom the team's callers reach from now on; by the API, as an administrator does it."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "If-Match": '"v1"'}
    body = json.dumps({"duty_numbers": [{"number": CHANGED, "accept": "connect"}], "why": "a figure"})
    connection.request("PUT", f"/api/v1/teams/{TEAM}/duty-numbers", body, headers)
    reply = connection.getresponse()
    text = reply.read().decode()
    connection.close()
    assert reply.status == 200, text


def _elsewhere(calls: Ringing) -> Iterator[str]:
    """Calls of which the first number that was dialled is another one, or that dialled none."""
    first: dict[str, str] = {}
    for one in sorted(calls.told, key=lambda told: told.began):
        if one.rings:
            first.setdefault(one.event.sid, one.rings[0])
    yield from (call.sid for call in calls.ended if first.get(call.sid) != CHANGED)

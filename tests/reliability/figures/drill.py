"""Is nothing lost when the database, or the machine but for its journals, is? Backed up, wiped and restored as the operator's page says."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from routing.clock import SystemClock
from store import tables
from store.database import Database
from store.directory import epoch_of
from store.keys import Role, create
from tests.conftest import bundled_world
from tests.reliability.arrived import arrived
from tests.reliability.asking import Asking
from tests.reliability.company import Company, company
from tests.reliability.figure import Figure, Value
from tests.reliability.losing import SERVE, Losable, commands_of, lose_the_machine, postgresql, sqlite, typed
from tests.reliability.ringing import Ringing
from tests.reliability.service import Service
from tests.reliability.wire import CALM, Told

FULL = 200
ALL_FROM = 20
"""A smaller figure is one variant, by its seed."""

SHARES = 0.4, 0.3, 0.3
"""Of the calls: before the backup, after it, and while the database is away."""

MOST_SECONDS = 300.0
PATIENCE_SECONDS = 60.0
DRAINED_SECONDS = 2.0
RATE, SPEED = 20.0, 400.0
HANDLER, CALLED, OPEN = "+442079460201", "+442079460901", "+442079460902"
LINE, AUTHORITY, CHANGED = "call-derbyshire", "devon", "+442079460399"
MOST_TRIED = 12

Opening = Callable[[Path], AbstractContextManager[Losable]]
VARIANTS: tuple[tuple[Opening, str], ...] = (
    (sqlite, "database"), (sqlite, "machine"), (postgresql, "database"), (postgresql, "machine"),
)  # fmt: skip


@dataclass
class Drill:
    """One deployment with its callers, its handler and its telephone company."""

    lost: Losable
    served: Service
    company: Company
    seed: int
    told: list[Told] = field(default_factory=list)
    unsafe: int = 0
    parts: int = 0

    def calls(self, many: int, only: tuple[str, ...] = ()) -> list[Told]:
        """So many calls, to their end."""
        self.parts += 1
        ringing = Ringing(
            self.served, bundled_world(), max(many, 1), self.seed * 100 + self.parts, RATE, CALM, SPEED, only
        )  # fmt: skip
        with ringing as calls:
            pass
        self.told += calls.told
        self.unsafe += len(calls.unsafe)
        return calls.told

    def opens_a_desk(self) -> None:
        """A handler is at work, and two families are to be called back."""
        self.admin = Asking(self.served, _key(self.lost.url, Role.ADMIN))
        self.handler = Asking(self.served, _key(self.lost.url, Role.HANDLER))
        self.sits_down()
        booked = ({"number": number, "line": LINE} for number in (CALLED, OPEN))
        self.first, self.second = (self.handler.sends("POST", "/callbacks", body)["id"] for body in booked)

    def sits_down(self) -> None:
        """The handler says where they are."""
        self.handler.sends("PUT", "/desk/me", {"status": "available", "phone": HANDLER, "lines": [LINE]})

    def calls_back(self, key: str) -> None:
        """A family is called back and reached, as the handler then says."""
        self.sits_down()
        self.handler.sends("POST", f"/callbacks/{key}/dial", {})
        assert _comes_to(lambda: self.handler.reads(f"/callbacks/{key}")["state"] != "dialling"), "nobody was rung"
        self.handler.sends("POST", f"/callbacks/{key}/outcome", {"outcome": "reached"})

    def changes_the_directory(self) -> None:
        """Every team of an authority gets another number, which the restored directory does not have."""
        for team in self.admin.reads(f"/teams?limit=200&authority={AUTHORITY}")["items"]:
            path = f"/teams/{team['slug']}"
            numbers = [{"number": CHANGED, "accept": "key"}]
            self.admin.changes("PUT", f"{path}/duty-numbers", {"duty_numbers": numbers, "why": "a drill"}, path)

    def loses_a_worker(self) -> None:
        """Its journal is moved by the next one, and kept."""
        for process in self.served.worker_processes:
            _kill(process)
        self.served.answers()

    def dies(self) -> None:
        """The whole service, as when the power goes."""
        assert self.served.process
        for process in (self.served.process.pid, *self.served.worker_processes):
            _kill(process)
        self.served.process.wait()
        self.served.process = None


def figure(size: int, seed: int) -> Figure:
    """Drill with ``size`` calls in each variant: either database, lost alone or with the machine."""
    values: dict[str, Value] = {}
    broken: list[str] = []
    for opening, what in VARIANTS if size >= ALL_FROM else (VARIANTS[seed % len(VARIANTS)],):
        with TemporaryDirectory() as place, opening(Path(place)) as lost:
            name = f"{lost.kind}_{what}"
            found = _drilled(lost, Path(place), size, seed, is_machine=what == "machine")
        sys.stderr.write(f"{name}: {found.values}\n")
        values |= {f"{name}_{key}": value for key, value in found.values.items()}
        broken += [f"{name}: {one}" for one in found.broken]
    return Figure(values, tuple(broken))


def _drilled(lost: Losable, folder: Path, size: int, seed: int, *, is_machine: bool) -> Figure:
    backups = folder / "backups"
    backups.mkdir()
    with company() as there:
        served = Service(lost.state, lost.url, 1, {"DUTYLINE_TWILIO_API_URL": there.url})
        there.served = served
        drill = Drill(lost, served, there, seed)
        try:
            served.start()
            before = _until_the_loss(drill, backups, size)
            seconds = _lost_and_restored(drill, backups, is_machine=is_machine)
            return _judged(drill, before, seconds)
        finally:
            served.stop()
            lost.back()


@dataclass(frozen=True, slots=True)
class Stood:
    """How the log of changes stood when the backup was made, and when it was lost."""

    epoch: str
    backed_up: int
    lost: int


def _until_the_loss(drill: Drill, backups: Path, size: int) -> Stood:
    first, second, third = (round(share * size) for share in SHARES)
    drill.opens_a_desk()
    drill.calls(first)
    drill.loses_a_worker()
    for command in commands_of("Every night"):
        typed(command, drill.lost, BACKUPS=str(backups))
    epoch, version = _log(drill.lost.url)
    drill.calls_back(drill.first)
    drill.changes_the_directory()
    drill.calls(second)
    drill.loses_a_worker()
    _, lost = _log(drill.lost.url)
    time.sleep(DRAINED_SECONDS)
    drill.lost.away()
    drill.calls(third)
    drill.dies()
    drill.lost.back()
    return Stood(epoch, version, lost)


def _lost_and_restored(drill: Drill, backups: Path, *, is_machine: bool) -> float:
    """Wipe, type what the page says, and start; the seconds until it answers."""
    drill.lost.wipe()
    if is_machine:
        lose_the_machine(drill.lost.state)
    began = time.monotonic()
    (backup,) = backups.iterdir()
    *commands, serve = commands_of("Restore")
    assert serve == SERVE, f"the page's last command is not “{SERVE}”"
    for command in commands:
        sys.stderr.write(typed(command, drill.lost, BACKUP=str(backup)))
    drill.served.start()
    return time.monotonic() - began


def _judged(drill: Drill, stood: Stood, seconds: float) -> Figure:
    there = arrived(drill.lost.url, drill.told)
    drill.sits_down()
    made = _comes_to(lambda: drill.handler.reads(f"/callbacks/{drill.first}")["state"] == "done")
    for one in drill.handler.reads("/callbacks?limit=200")["items"]:
        if one["state"] in ("open", "escalated"):
            drill.calls_back(one["id"])
    again = max(drill.company.rung(number) - 1 for number in (CALLED, OPEN))
    epoch, version = _log(drill.lost.url)
    rings = _rung_next(drill)
    values: dict[str, Value] = {
        "seconds": round(seconds, 1), "events": there.events, "acknowledged": there.acknowledged, "lost": len(there.lost),
        "doubled": len(there.doubled), "called_again": again, "counts_as_made": made, "version": version,
        "new_epoch": epoch != stood.epoch, "rings_next": len(rings), "unsafe": drill.unsafe,
    }  # fmt: skip
    missed = {
        f"it took {seconds:.0f} s": seconds > MOST_SECONDS,
        f"{again} called again": again > 0,
        "a call-back that was answered does not count as made": not made,
        "no new epoch": epoch == stood.epoch,
        f"version {version} after {stood.backed_up}": version <= stood.backed_up,
        "the next call rings what was entered after the backup": CHANGED in rings,
        "the next calls ring nobody": not rings,
        f"{drill.unsafe} unsafe": drill.unsafe > 0,
    }
    return Figure(values, (*there.broken, *(what for what, is_so in missed.items() if is_so)))


def _rung_next(drill: Drill) -> set[str]:
    """Whom the line rings of which every number was changed after the backup."""
    rung: set[str] = set()
    for _ in range(MOST_TRIED):
        rung |= {number for one in drill.calls(3, (AUTHORITY,)) for number in one.rings}
        if rung:
            break
    return rung


def _log(database_url: str) -> tuple[str, int]:
    """Epoch and version of the log of changes."""
    database = Database(database_url)
    try:
        with database.read() as connection:
            return epoch_of(connection), connection.scalar(select(func.max(tables.change.c.version))) or 0
    finally:
        database.close()


def _key(database_url: str, role: Role) -> str:
    database = Database(database_url)
    try:
        with database.write_in_order() as connection:
            return create(connection, f"drill {role}", role, "tests", SystemClock().now())[1]
    finally:
        database.close()


def _comes_to(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)

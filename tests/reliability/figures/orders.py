"""Does a call end the same in whatever order its callbacks arrive? Every order of fourteen shapes of call, looked at after each step."""

import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from ivr.moment import World
from store.bundle import bundle, world_of
from store.database import Database
from store.migrate import migrate
from tests.conftest import HOME, hashed
from tests.reliability import desk_shuffled, shapes
from tests.reliability.figure import Figure, Value
from tests.reliability.postgres import cluster
from tests.reliability.shuffled import KEPT, Found, orders, shuffled

FULL = 720
"""Orders of each shape; on PostgreSQL a tenth of them."""

MEMORY = Path("/dev/shm")  # noqa: S108  # folders of our own there
ON_POSTGRESQL = 10


def figure(size: int, seed: int) -> Figure:
    """Let every shape's callbacks arrive in so many orders."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as made:
        folder = Path(made)
        found = {"sqlite": _on_sqlite(folder, size, seed), "desk": _at_the_desk(folder, size, seed)}
        if size >= ON_POSTGRESQL:
            found["postgresql"] = _on_postgresql(folder, size // ON_POSTGRESQL, seed)
    values: dict[str, Value] = {"shapes": len(shapes.SHAPES) + len(desk_shuffled.SHAPES)}
    for name, one in found.items():
        values |= {f"{name}_orders": one.orders, f"{name}_looks": one.looks, f"{name}_wrong": len(one.wrong)}
    return Figure(values, tuple(what for one in found.values() for what in one.wrong[:20]))


def recorded(database: Database, folder: Path, size: int, seed: int) -> Found:
    """The shapes that a journal tells, on one database."""
    world, found = _world(), Found()
    for name, played in shapes.SHAPES.items():
        _empty(database)
        told = orders(played(world), size, Random(seed))
        _add(found, name, shuffled(database, folder, name, told))
    return found


def _world() -> World:
    folders = (HOME / "plans", HOME / "samples")
    return world_of(bundle(folders), folders, hashed)


def _on_sqlite(folder: Path, size: int, seed: int) -> Found:
    database = Database(f"sqlite:///{folder / 'orders.db'}")
    migrate(database, folder)
    found = recorded(database, folder / "journal", size, seed)
    database.close()
    return found


def _on_postgresql(folder: Path, size: int, seed: int) -> Found:
    with cluster(folder / "postgresql") as server:
        database = Database(server.url)
        migrate(database, folder)
        found = recorded(database, folder / "journal-2", size, seed)
        database.close()
    return found


def _at_the_desk(folder: Path, size: int, seed: int) -> Found:
    found = Found()
    for at, (name, played) in enumerate(desk_shuffled.SHAPES.items()):
        place = folder / f"desk-{at}"
        place.mkdir()
        once = played(place)
        told = desk_shuffled.orders(once, size, Random(seed))
        _add(found, name, desk_shuffled.shuffled(once, place, name, told))
    return found


def _add(found: Found, name: str, one: Found) -> None:
    sys.stderr.write(f"{name}: {one.orders} orders, {len(one.wrong)} wrong\n")
    found.orders, found.looks = found.orders + one.orders, found.looks + one.looks
    found.wrong += one.wrong


def _empty(database: Database) -> None:
    """The rows of the next shape shall stand alone."""
    with database.write() as connection:
        for table in KEPT:
            connection.execute(table.delete())

"""In how many ways may somebody write in the audit trail who has the whole database, but not the machine's state folder?

Each way is done to a copy. Where the database refuses it, that counts as found, too.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from store import tables
from store.anchors import NAME, Anchors, seen
from store.audit import Deed, hash_of, note
from store.chain import HASHED, Verdict, verdict
from store.database import Database
from store.migrate import migrate
from tests.store.tampering import let_in
from tests.telling import at

NOON = at("Wed 12:00")
ROWS = 30
LETTERS = "0aéx "
audit = tables.audit
Row = dict[str, Any]
Way = Callable[[Connection, Random, list[Row]], None]


@dataclass(frozen=True, slots=True)
class Trail:
    """A database with a trail of some length, and the ends of it that its machine noted."""

    database: Database
    state: Path

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.database.engine.url.database or "")

    def judged(self, connection: Connection) -> Verdict:
        """What a look at it says."""
        return verdict(connection, seen(self.state / NAME))


def made(url: str, state: Path) -> Trail:
    """A trail as it grows: with both states and without, in several scripts, noted now and then."""
    state.mkdir(exist_ok=True)
    database = Database(url)
    migrate(database, state)
    anchors = Anchors(state / NAME, database, lambda _: None)
    for number in range(1, ROWS + 1):
        before = {"name": f"é{number}", "numbers": [number, None, 1.5]} if number % 3 else None
        deed = Deed(f"Zoë {number}", "change", "team", f"t-{number}", before, {"n": number}, "dřív")
        with database.write_in_order() as connection:
            note(connection, deed, NOON + timedelta(minutes=number))
        if number % 10 == 0:
            anchors.look(NOON)
    return Trail(database, state)


def is_found(trail: Trail, dice: Random, way: Way) -> bool:
    """Whether it is found that somebody came this way; afterwards all is as before. What changes nothing is done again."""
    with trail.database.engine.connect() as connection, connection.begin() as everything:
        let_in(connection)
        before = read(connection)
        while read(connection) == before:
            way(connection, dice, [dict(row) for row in before])
        found = trail.judged(connection).flaws
        everything.rollback()
    return bool(found)


def flip_is_found(trail: Trail, dice: Random, folder: Path) -> bool:
    """The same of one byte of the file itself."""
    copy = folder / "copy.db"
    with trail.database.read() as connection:
        before = read(connection)
    whole = trail.file.read_bytes()
    while True:
        row = dice.choice(before)
        text = str(row[dice.choice(("who", "slug", "hash", "previous", "why"))]).encode()
        place = whole.index(text) + dice.randrange(len(text))
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << dice.randrange(7))]) + whole[place + 1 :])
        found = _flaws(copy, trail.state)
        if found is not None:
            return found


def _flaws(copy: Path, state: Path) -> bool:
    """Whether a copy is found to be altered; a file or text that cannot be read at all is."""
    database = Database(f"sqlite:///{copy}")
    try:
        with database.read() as connection:
            return bool(verdict(connection, seen(state / NAME)).flaws)
    except Exception:  # noqa: BLE001  # whatever it is, nobody takes it for a trail that holds
        return True
    finally:
        database.close()


def untouched(trail: Trail, folder: Path) -> bool:
    """Whether a copy that nobody touched is said to hold."""
    shutil.copy(trail.file, folder / "copy.db")
    return not _flaws(folder / "copy.db", trail.state)


def read(connection: Connection) -> list[Row]:
    """Every row as it is."""
    return [dict(row) for row in connection.execute(select(audit).order_by(audit.c.sequence)).mappings()]


def put(connection: Connection, rows: Sequence[Row]) -> None:
    """These rows in place of all."""
    connection.execute(delete(audit))
    connection.execute(insert(audit), list(rows))


def rehashed(rows: Sequence[Row], first: int) -> list[Row]:
    """The rows with hashes that hold again, from one of them to the end; anybody can reckon them."""
    done = list(rows[:first])
    for row in rows[first:]:
        new = {**row, "previous": done[-1]["hash"] if done else rows[0]["previous"]}
        moment = new["at"].astimezone(UTC).isoformat()
        done.append({**new, "hash": hash_of({**{name: new[name] for name in HASHED}, "at": moment})})
    return done


def altered(dice: Random, row: Row) -> Row:
    """A row with another value in one field."""
    field = dice.choice(sorted(row.keys() - {"sequence"}))
    old = row[field]
    if field == "at":
        return {**row, field: old + timedelta(microseconds=dice.randint(1, 10**9))}
    if field in ("before", "after"):
        return {**row, field: dice.choice((None, {**(old or {}), "name": dice.random()}))}
    place = dice.randrange(max(1, len(old)))
    return {**row, field: old[:place] + dice.choice(LETTERS) + old[place + 1 :]}


def alter(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """One field of one row."""
    row = altered(dice, dice.choice(rows))
    connection.execute(update(audit).where(audit.c.sequence == row["sequence"]).values(**row))


def alter_with_its_hash(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """One row, and its own hash."""
    place = dice.randrange(len(rows))
    rows[place] = _told_otherwise(rows[place])
    put(connection, [*rows[:place], rehashed(rows[: place + 1], place)[-1], *rows[place + 1 :]])


def remove(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """Some rows."""
    gone = [row["sequence"] for row in dice.sample(rows, dice.randint(1, len(rows)))]
    connection.execute(delete(audit).where(audit.c.sequence.in_(gone)))


def remove_and_close_up(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """A row, with the others moved up and hashed again."""
    place = dice.randrange(len(rows))
    _numbered(connection, [*rows[:place], *rows[place + 1 :]], place)


def cut(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """The end."""
    connection.execute(delete(audit).where(audit.c.sequence > dice.randrange(len(rows))))


def cut_and_go_on(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """The end, and others in its place, more or fewer."""
    place = dice.randrange(len(rows))
    other = [_told_otherwise(row) for row in (*rows[place:], *rows)[: dice.randint(1, len(rows))]]
    _numbered(connection, [*rows[:place], *other], place)


def swap(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """Two rows change places."""
    one, other = dice.sample(range(len(rows)), 2)
    rows[one], rows[other] = (
        {**rows[other], "sequence": rows[one]["sequence"]},
        {**rows[one], "sequence": rows[other]["sequence"]},
    )
    put(connection, rows)


def swap_and_hash(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """The same, with all hashes reckoned again."""
    one, other = sorted(dice.sample(range(len(rows)), 2))
    rows[one], rows[other] = rows[other], rows[one]
    _numbered(connection, rows, one)


def put_in(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """A row that was never written, between two others."""
    place = dice.randrange(len(rows))
    rows.insert(place, _told_otherwise(rows[place]))
    put(connection, [{**row, "sequence": number} for number, row in enumerate(rows, 1)])


def put_in_and_hash(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """The same, with all hashes reckoned again."""
    place = dice.randrange(len(rows))
    rows.insert(place, _told_otherwise(rows[place]))
    _numbered(connection, rows, place)


def write_anew(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """A row and every hash from there to the end."""
    place = dice.randrange(len(rows))
    rows[place] = _told_otherwise(rows[place])
    put(connection, rehashed(rows, place))


def write_anew_from_the_beginning(connection: Connection, dice: Random, rows: list[Row]) -> None:
    """Another trail altogether, as long or longer, and no log of changes."""
    connection.execute(delete(tables.change))
    more = [_told_otherwise(row) for row in (*rows, *rows[: dice.randint(0, 5)])]
    _numbered(connection, more, 0)


def _told_otherwise(row: Row) -> Row:
    return {**row, "who": "nobody", "why": "as it was"}


def _numbered(connection: Connection, rows: Sequence[Row], first: int) -> None:
    put(connection, rehashed([{**row, "sequence": number} for number, row in enumerate(rows, 1)], first))


WAYS: Mapping[str, Way] = {
    way.__name__: way
    for way in (
        alter, alter_with_its_hash, remove, remove_and_close_up, cut, cut_and_go_on, swap, swap_and_hash, put_in, put_in_and_hash,
        write_anew, write_anew_from_the_beginning,
    )
}  # fmt: skip

"""Do a call's records end in the same rows in every order in which they may arrive, and does none of its rows ever go back?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle, islice, permutations
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, select

from ivr.record import Record
from store import tables
from store.conversations import At
from store.database import Database
from store.drain import drain
from store.folding import STATUS_RANK, UNKNOWN
from store.frames import framed
from store.tables_desk import conversation

MOST = 6
"""So many records are put into every order; six have 720."""

KEPT = (tables.event, tables.call, tables.leg, tables.callback, conversation)
LOOKED_AT = (tables.call, tables.leg, conversation)
Rows = dict[str, list[dict[str, Any]]]


@dataclass(slots=True)
class Found:
    """What was tried, and what was wrong with it."""

    orders: int = 0
    looks: int = 0
    wrong: list[str] = field(default_factory=list)


def orders(records: Sequence[Record], most: int, dice: Random) -> list[list[Record]]:
    """As they came, then up to ``most`` orders of those that make rows, with the others before, behind or among them."""
    moved = list(islice(cycle(_moved(records)), MOST))
    rest = [record for record in records if record not in moved]
    found = list(permutations(moved))
    chosen = found if most >= len(found) else dice.sample(found, most)
    return [list(records), *(_arranged(order, rest, place % 3) for place, order in enumerate(chosen))]


def _moved(records: Sequence[Record]) -> list[Record]:
    """The callbacks, but for the first word of each phone where there are enough of them; then the steps that make rows."""
    told = [record for record in records if record.kind == "status"]
    first = [record for record in told if record.body["status"] == "initiated"]
    steps = [one for one in records if "from" in one.body or one.body.get("ending") or one.body.get("requests")]
    return [*(record for record in told if record not in first), *steps, *first][:MOST]


def _arranged(moved: Sequence[Record], rest: Sequence[Record], way: int) -> list[Record]:
    if way < 2:
        return [*rest, *moved] if way == 0 else [*moved, *rest]
    return [record for pair in _zipped(moved, rest) for record in pair]


def _zipped(moved: Sequence[Record], rest: Sequence[Record]) -> Iterator[tuple[Record, ...]]:
    for place in range(max(len(moved), len(rest))):
        yield (*moved[place : place + 1], *rest[place : place + 1])


def shuffled(database: Database, folder: Path, shape: str, told: Sequence[Sequence[Record]]) -> Found:
    """Let every order arrive, a record of each at a time, and look at the rows after each."""
    found, before = Found(len(told)), dict[Table, Rows]()
    for step in range(max(map(len, told))):
        arriving = [_of(order[step], at) for at, order in enumerate(told) if step < len(order)]
        _arrive(database, folder, f"{abs(hash(shape))}-{step}", arriving)
        now = {table: _rows(database, table) for table in LOOKED_AT}
        found.wrong += [f"{shape}: {what}" for what in _backward(before, now)]
        found.looks, before = found.looks + len(arriving), now
    found.wrong += [f"{shape}: {what}" for what in _different(database, len(told))]
    return found


def _of(record: Record, at: int) -> Record:
    return replace(record, call=f"CA{at}")


def _arrive(database: Database, folder: Path, name: str, records: Sequence[Record]) -> None:
    """By a journal that a worker left behind, as any record does."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.journal").write_bytes(b"".join(framed(one.document()) for one in records))
    drain(folder, database, None)


def _rows(database: Database, table: Table) -> Rows:
    """The rows of each call, without its name."""
    found: Rows = {}
    key = "sid" if table is tables.call else "call"
    with database.read() as connection:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
            values = dict(row._mapping)
            found.setdefault(values.pop(key), []).append(values)
    return found


def _different(database: Database, many: int) -> Iterator[str]:
    for table in KEPT:
        rows = _rows(database, table)
        other = [at for at in range(many) if rows.get(f"CA{at}") != rows.get("CA0")]
        if other:
            yield f"{table.name} differs in {len(other)} orders, the first of them {other[0]}"


def _backward(before: dict[Table, Rows], now: dict[Table, Rows]) -> Iterator[str]:
    for table, rows in before.items():
        for call, were in rows.items():
            pairs = (
                zip(were, now[table][call], strict=False) if table is not tables.leg else _legs(were, now[table][call])
            )
            for was, row in pairs:
                if GOES_ON[table.name](was, row) is False:
                    yield f"{table.name} of order {call} went back from {was} to {row}"


def _legs(were: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    after = {row["sid"]: row for row in rows}
    yield from ((was, after[was["sid"]]) for was in were)


def _call_goes_on(was: dict[str, Any], row: dict[str, Any]) -> bool:
    return bool(row["rank"] >= was["rank"]) and not (was["ended_at"] and not row["ended_at"])


def _leg_goes_on(was: dict[str, Any], row: dict[str, Any]) -> bool:
    return STATUS_RANK.get(row["status"], UNKNOWN) >= STATUS_RANK.get(was["status"], UNKNOWN)


def _talk_goes_on(was: dict[str, Any], row: dict[str, Any]) -> bool:
    return bool(was["state"] != At.ENDED.value or row["state"] == At.ENDED.value or row["hop"] > was["hop"])


GOES_ON = {"call": _call_goes_on, "leg": _leg_goes_on, "conversation": _talk_goes_on}

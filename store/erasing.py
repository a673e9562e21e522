"""Where does a caller's telephone number stand, and how is it taken out without taking the record of the call away?

The number alone goes; that there was a call, when, and what became of it stays. What a legal hold names is left as it is, and
so is a call-back that is still to be made.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, Table, Text, cast, or_, select, type_coerce, update

from directory.numbers import Number
from store import tables, tables_callbacks, tables_desk
from store.callbacks import ACTIVE
from store.frames import framed, frames
from store.journal import SUFFIX
from store.kept_journals import KEPT, owned

ERASED = "erased"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Where:
    """A table in which callers' numbers stand: in which columns, and which column names the call or record for a hold."""

    table: Table
    columns: tuple[str, ...]
    record: str = "call"
    kept: ColumnElement[bool] | None = None


PLACES = (
    Where(tables.call, ("caller",), "sid"),
    Where(tables.leg, ("number",)),
    Where(tables.event, ("body",)),
    Where(tables.past_event, ("body",)),
    Where(tables.callback, ("number", "about")),
    Where(tables_desk.conversation, ("caller",)),
    Where(tables_desk.party, ("number",)),
    Where(tables_desk.errand, ("body",)),
    Where(tables_callbacks.call_back, ("number", "about", "open_as"), "id",
          tables_callbacks.call_back.c.state.in_([state.value for state in ACTIVE])),
    Where(tables_callbacks.call_back_attempt, ("dialled",), "callback"),
    Where(tables.repeat, ("body", "headers"), "who"),
)  # fmt: skip
"""Every table with numbers of people who are not staff; sealed fields are not searched."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows, or journals' records, of a place hold the number, and how many of them stay, with the reason."""

    place: str
    rows: int
    stay: int = 0
    why: str = ""


def forms_of(number: Number) -> tuple[str, ...]:
    """How a number may be written in a record, the longest first."""
    plain = number.national.replace(" ", "")
    return tuple(sorted({number.e164, number.national, plain, number.spoken}, key=len, reverse=True))


def in_database(connection: Connection, number: Number, held: frozenset[str], *, erase: bool) -> Iterator[Found]:
    """Every table with the number in it; taken out there where ``erase`` is so."""
    forms = forms_of(number)
    for where in PLACES:
        rows = [dict(row) for row in connection.execute(_holding(where, forms, connection)).mappings()]
        stay = [row for row in rows if row["_record"] in held or row["_kept"]]
        for row in rows if erase else ():
            if row not in stay:
                _take_out(connection, where, row, forms)
        if rows:
            yield Found(
                where.table.name, len(rows), len(stay), "under a legal hold, or still to be made" if stay else ""
            )


def _holding(where: Where, forms: tuple[str, ...], connection: Connection) -> Any:
    texts = {name: _text(where.table.c[name], connection) for name in where.columns}
    found = or_(*(text.contains(form, autoescape=True) for text in texts.values() for form in forms))
    kept = where.kept if where.kept is not None else where.table.c[where.record].is_(None)
    named = [where.table.c[where.record].label("_record"), kept.label("_kept")]
    shown = [text.label(name) for name, text in texts.items() if name not in where.table.primary_key.columns]
    return select(*where.table.primary_key.columns, *shown, *named).where(found)


def _text(column: Column[Any], connection: Connection) -> ColumnElement[str]:
    return type_coerce(column, Text) if connection.dialect.name == "sqlite" else cast(column, Text)


def _take_out(connection: Connection, where: Where, row: Mapping[str, Any], forms: tuple[str, ...]) -> None:
    values = {}
    for name in where.columns:
        text, column = row[name], where.table.c[name]
        if text is None or not any(form in text for form in forms):
            continue
        without = _without(text, forms)
        if isinstance(column.type, JSON):
            values[name] = json.loads(without)
        else:
            values[name] = None if column.nullable else without[: _room(column)]
    same = [column == row[column.name] for column in where.table.primary_key.columns]
    connection.execute(update(where.table).where(*same).values(**values))


def _room(column: Column[Any]) -> int | None:
    return getattr(column.type, "length", None)


def _without(text: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        text = text.replace(form, ERASED)
    return text


def in_journals(folder: Path, number: Number, *, erase: bool) -> Iterator[Found]:
    """Every journal with the number in it: those that are kept and those of the dead are written anew, those of the living stay."""
    forms, living = forms_of(number), owned(folder)
    for path in sorted((*folder.glob(f"*{SUFFIX}"), *(folder / KEPT).glob(f"*{SUFFIX}"))):
        records = [frame.record for frame in frames(path.read_bytes()) if frame.record]
        many = sum(_holds(record, forms) for record in records)
        if not many:
            continue
        stays = path in living
        if erase and not stays:
            _write_anew(path, records, forms)
        yield Found(
            path.name, many, many if stays else 0, "its worker runs: restart Dutyline, and erase again" if stays else ""
        )
    for path in sorted((folder / "poison").glob("*")):
        if any(form.encode() in path.read_bytes() for form in forms):
            yield Found(f"poison/{path.name}", 1, 1, "a record that nobody could read: look at it, and delete it")


def _holds(record: Mapping[str, Any], forms: tuple[str, ...]) -> bool:
    return any(form in json.dumps(record) for form in forms)


def _write_anew(path: Path, records: list[dict[str, Any]], forms: tuple[str, ...]) -> None:
    """Beside, and renamed; the marks of how far it was moved no longer fit, and moving it twice changes nothing."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    times = path.stat()
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for record in records:
            file.write(framed(json.loads(_without(json.dumps(record), forms))))
        file.flush()
        os.fsync(file.fileno())
    os.utime(beside, ns=(times.st_atime_ns, times.st_mtime_ns))
    beside.rename(path)
    path.with_suffix(".drained").unlink(missing_ok=True)

"""How are the desk's papers kept: checks, consultations, moves, ratings, messages? Each in its own table, sealed, changed one at a
time, every change and every reading in the audit trail.

Whoever writes holds the order (``Database.write_in_order``).
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, exists, insert, select, update

from store.audit import Deed, note
from store.database import Transaction, insert_new
from store.tables_papers import basic_check, consultation, message, move, paper_match, rating


class Pile(StrEnum):
    """Which papers."""

    CHECK = "check"
    CONSULTATION = "consultation"
    MOVE = "move"
    RATING = "rating"
    MESSAGE = "message"


TABLES: Mapping[Pile, Table] = {
    Pile.CHECK: basic_check,
    Pile.CONSULTATION: consultation,
    Pile.MOVE: move,
    Pile.RATING: rating,
    Pile.MESSAGE: message,
}

OF_CHILDREN = (Pile.CHECK, Pile.CONSULTATION, Pile.MOVE)
"""The piles whose papers name children. Ratings and messages belong to a contact record, and are reached by it."""

ALL_THERE = ""
"""The key that says that all children of a paper are there."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper (``tables_papers``). ``sealed`` is what names people; ``facts`` names nobody."""

    id: str
    authority: str
    call: str | None
    about: str
    kind: str
    state: str
    facts: Mapping[str, Any]
    sealed: str
    made_at: datetime
    made_by: str
    changed_at: datetime
    version: int = 1


def add(connection: Transaction, pile: Pile, paper: Paper, deed: Deed) -> None:
    """A new paper."""
    connection.execute(insert(TABLES[pile]).values(**asdict(paper)))
    note(connection, _told(pile, paper, deed, "begin"), paper.made_at)


def change(connection: Transaction, pile: Pile, known: Paper, to: Paper, deed: Deed) -> bool:
    """The paper as it is from now on; false where somebody has changed it since it was read."""
    table, values = TABLES[pile], {**asdict(to), "version": known.version + 1}
    same = (table.c.id == known.id) & (table.c.version == known.version)
    if connection.execute(update(table).where(same).values(**values)).rowcount != 1:
        return False
    note(connection, _told(pile, to, deed, to.state), to.changed_at)
    return True


def name_children(connection: Transaction, paper: Paper, keys: Collection[str]) -> None:
    """By which keys the children of a paper are found from now on."""
    connection.execute(delete(paper_match).where(paper_match.c.paper == paper.id))
    insert_new(connection, paper_match, [{"paper": paper.id, "key": key} for key in sorted({ALL_THERE, *keys})])


def of_unknown_children(connection: Connection, pile: Pile) -> tuple[str, ...]:
    """The ids of the papers of a pile whose children are not known by their keys."""
    table = TABLES[pile]
    known = exists().where(paper_match.c.paper == table.c.id, paper_match.c.key == ALL_THERE)
    return tuple(connection.scalars(select(table.c.id).where(~known).order_by(table.c.id)))


def _told(pile: Pile, paper: Paper, deed: Deed, what: str) -> Deed:
    after = {"state": paper.state, "kind": paper.kind, "authority": paper.authority, "about": paper.about}
    return replace(deed, what=what, kind=pile.value, slug=paper.id, after=after)


def note_reading(connection: Transaction, pile: Pile, paper: Paper, deed: Deed, at: datetime) -> None:
    """Somebody read a paper; ``deed`` says who and why."""
    note(connection, replace(deed, what=f"read {pile.value}", kind="reading", slug=paper.id), at)


def one(connection: Connection, pile: Pile, key: str) -> Paper | None:
    """A paper by its id."""
    table = TABLES[pile]
    row = connection.execute(select(table).where(table.c.id == key)).first()
    return _made(row) if row else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers of a pile: what is empty asks for nothing. ``after`` is a paper's moment and id: those that were made later."""

    authority: str = ""
    state: str = ""
    about: str = ""
    kinds: Collection[str] = ()
    after: tuple[datetime, str] | None = None
    most: int = 1000


def those(connection: Connection, pile: Pile, wanted: Wanted) -> tuple[Paper, ...]:
    """The papers that are wanted, in the order in which they were made."""
    table = TABLES[pile]
    chosen = select(table).order_by(table.c.made_at, table.c.id).limit(wanted.most)
    for column in ("authority", "state", "about"):
        value = getattr(wanted, column)
        chosen = chosen.where(table.c[column] == value) if value else chosen
    if wanted.kinds:
        chosen = chosen.where(table.c.kind.in_(sorted(wanted.kinds)))
    if wanted.after:
        at, key = wanted.after
        chosen = chosen.where((table.c.made_at > at) | ((table.c.made_at == at) & (table.c.id > key)))
    return tuple(_made(row) for row in connection.execute(chosen))


def _made(row: Row[Any]) -> Paper:
    return Paper(**dict(row._mapping))

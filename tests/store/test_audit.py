"""Can it be shown that the audit trail is as it was written?"""

import hashlib
import json
from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import delete, update

from directory.model import Team
from directory.snapshot import written
from store import tables
from store.audit import FIRST, Deed, note
from store.database import Database
from store.directory import Author, write
from tests.store.publishing import NOON
from tests.store.recording import rows
from tests.store.tampering import open_to_tampering
from tests.telling import at

SUMMER = at("2026-07-01T09:30:15.123456")
"""A moment on a clock on the wall in England, an hour before UTC."""


def recomputed(row: dict[str, Any]) -> str:
    """The hash that a row ought to have, by the words of ``store.audit`` and not by its code."""
    said = {name: value for name, value in row.items() if name != "hash"} | {
        "at": row["at"].astimezone(UTC).isoformat()
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def broken(database: Database) -> list[int]:
    """The places at which the chain does not hold."""
    found, previous, expected = [], FIRST, 1
    for row in rows(database, tables.audit):
        if (row["sequence"], row["previous"], row["hash"]) != (expected, previous, recomputed(row)):
            found.append(row["sequence"])
        previous, expected = row["hash"], expected + 1
    return found


@pytest.fixture
def trail(database: Database) -> Database:
    """A database with some deeds after its first load: made, changed, said with accents, and nothing before or after."""
    deeds = [
        Deed("Zoë, an editor", "change", "team", "x", {"name": "é", "numbers": [1, None]}, {"name": "ü"}, "dřív"),
        Deed("an admin", "revoke", "key", "k", None, None),
    ]
    with database.write_in_order() as connection:
        for deed in deeds:
            note(connection, deed, NOON)
        write(connection, written(Team("new", "New", "devon")), None, Author("an editor", "they asked"), NOON)
    return open_to_tampering(database)


def test_every_hash_can_be_recomputed_from_what_is_kept(trail: Database) -> None:
    assert len(rows(trail, tables.audit)) >= 4
    assert broken(trail) == []


def test_a_moment_of_the_summer_can_be_recomputed_too(trail: Database) -> None:
    with trail.write_in_order() as connection:
        note(connection, Deed("an admin", "open", "line", "devon", None, None), SUMMER)
    assert broken(trail) == []


TAMPERING: list[dict[str, Any]] = [
    {"who": "somebody else"}, {"what": "create"}, {"kind": "line"}, {"slug": "y"}, {"why": ""}, {"at": SUMMER},
    {"before": {"name": "e"}}, {"after": None}, {"hash": "0" * 64}, {"previous": "0" * 64},
]  # fmt: skip


def test_whatever_is_altered_in_a_row_is_found(trail: Database) -> None:
    second = rows(trail, tables.audit)[1]
    assert second["who"] == "Zoë, an editor"
    this = update(tables.audit).where(tables.audit.c.sequence == second["sequence"])
    for tampering in TAMPERING:
        with trail.write() as connection:
            connection.execute(this.values(**tampering))
        assert second["sequence"] in broken(trail), tampering
        with trail.write() as connection:
            connection.execute(this.values(**second))
        assert broken(trail) == []


def test_a_row_that_was_altered_with_its_own_hash_breaks_the_next_one(trail: Database) -> None:
    audit = tables.audit
    second = rows(trail, audit)[1] | {"who": "somebody else"}
    forged = {"who": second["who"], "hash": recomputed(second)}
    with trail.write() as connection:
        connection.execute(update(audit).where(audit.c.sequence == second["sequence"]).values(**forged))
    assert broken(trail) == [second["sequence"] + 1]


def test_a_row_that_was_removed_is_found(trail: Database) -> None:
    audit = tables.audit
    with trail.write() as connection:
        connection.execute(delete(audit).where(audit.c.sequence == 2))
    assert broken(trail) != []


def test_a_change_is_noted_with_who_and_why_and_both_states(trail: Database) -> None:
    last = rows(trail, tables.audit)[-1]
    assert (last["who"], last["what"], last["kind"], last["slug"], last["why"]) == (
        "an editor", "create", "team", "new", "they asked",
    )  # fmt: skip
    assert last["before"] is None
    assert last["after"]["name"] == "New"
    assert last["at"] == NOON

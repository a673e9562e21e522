"""Which place has a number in its team that does not answer? Behind the next one where the team allows it, until it answers again.

A change of the directory like any other, audited, by the author “number test”.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from directory.documents import entry_from
from directory.model import DutyNumber, Team
from directory.snapshot import Kind, written
from ivr.moment import World
from ivr.testable import ends_a_ladder
from store import number_tests
from store.database import Transaction
from store.directory import Author, body_of, write
from store.number_tests import Move

WHO = "number test"
BACK = Author(WHO, "a number did not answer its test calls: it rings behind the next one")
FORWARD = Author(WHO, "the number answers its test calls again: it rings where it did before")

Ladder = tuple[DutyNumber, ...]


def behind_next(
    ladder: Ladder, number: str, silent: Collection[str], now: datetime, *, spares_last: bool
) -> Ladder | None:
    """The ladder with a number behind the next one that is in force and answers; nothing where there is none. ``spares_last``: what
    does not answer never comes to stand last, where a mailbox would be connected."""
    at = _place(ladder, number)
    later = range(at + 1, len(ladder)) if at is not None else ()
    to = next((i for i in later if ladder[i].in_force(now) and ladder[i].number.e164 not in silent), None)
    if at is None or to is None or (spares_last and to == len(ladder) - 1):
        return None
    return (*ladder[:at], *ladder[at + 1 : to + 1], ladder[at], *ladder[to + 1 :])


def put_back(ladder: Ladder, move: Move) -> Ladder | None:
    """The ladder as it was before a move; nothing where somebody has ordered it otherwise since."""
    at, before = _place(ladder, move.number), _place(ladder, move.before)
    if at is None or before is None or not 0 <= before < at or ladder[at - 1].number.e164 != move.behind:
        return None
    return (*ladder[:before], ladder[at], *ladder[before:at], *ladder[at + 1 :])


def _place(ladder: Sequence[DutyNumber], number: str) -> int | None:
    return next((place for place, duty in enumerate(ladder) if duty.number.e164 == number), None)


def move_back(connection: Transaction, world: World, team: str, number: str, now: datetime) -> None:
    """Put a number of a team behind the next one, once. The connection holds the order."""
    known = _stored(connection, team)
    if known is None or any(move.team == team for move in number_tests.moves_of(connection, number)):
        return
    version, found = known
    silent, was = number_tests.flagged(connection).keys(), found.duty_numbers
    ladder = behind_next(was, number, silent, now, spares_last=ends_a_ladder(world, found))
    if ladder is None:
        return
    write(connection, written(replace(found, duty_numbers=ladder)), version, BACK, now)
    at, was_at = _place(ladder, number) or 0, _place(was, number) or 0
    behind, before = ladder[at - 1].number.e164, was[was_at + 1].number.e164
    number_tests.moved(connection, Move(team, number, behind, before, now))


def move_forward(connection: Transaction, number: str, now: datetime) -> None:
    """Undo every move of a number, where its team is still in the order in which that left it."""
    for move in number_tests.moves_of(connection, number):
        known = _stored(connection, move.team)
        ladder = put_back(known[1].duty_numbers, move) if known else None
        if known and ladder:
            write(connection, written(replace(known[1], duty_numbers=ladder)), known[0], FORWARD, now)
        number_tests.forget_move(connection, move)


def _stored(connection: Transaction, slug: str) -> tuple[int, Team] | None:
    """A team as the database has it, which no other worker's change can overtake, and its version."""
    found = body_of(connection, Kind.TEAM, slug)
    entry = entry_from(Kind.TEAM, found[1]) if found else None
    return (found[0], entry) if found and isinstance(entry, Team) else None

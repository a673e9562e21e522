"""Which duty numbers were tested, with what outcome, and when is each due again? A test is begun once, and its outcome counts once.

Begun by compare-and-set under one lock for the whole deployment (``pace``), so that of many workers one places a call.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from store import tables
from store.callback_attempts import Goes
from store.database import Transaction, insert_new, upsert
from store.folding import TERMINAL
from store.parties import ALIVE, Here
from store.tables_callbacks import call_back_attempt
from store.tables_desk import pace, party
from store.tables_number_tests import number_move, number_standing, number_test, number_test_choice

APART = timedelta(minutes=1)
"""At most so often the whole deployment places a test call."""

PACE = "number-test"
LONG_AGO = timedelta(days=1)
LONGEST_CALL = timedelta(hours=4)
"""A call that began before is over, whatever was not told of it."""

ON_THE_LINE = tuple(state.value for state in (*ALIVE, Here.LEAVING))


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a team's numbers are tested, and whether one that does not answer may be moved back."""

    team: str
    tests: bool = False
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a number (E.164) stands (``tables_number_tests.number_standing``)."""

    number: str
    due_at: datetime
    failures: int = 0
    engaged: int = 0
    last_at: datetime | None = None
    last_outcome: str = ""
    flagged_at: datetime | None = None
    followed: bool = True


@dataclass(frozen=True, slots=True)
class NumberTest:
    """One test call; ``outcome`` is empty until it is over."""

    id: str
    number: str
    team: str
    asked_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A number that was put ``behind`` another of its team, and stood ``before`` one until then."""

    team: str
    number: str
    behind: str
    before: str
    at: datetime


def choices(connection: Connection) -> Mapping[str, Choice]:
    """What every team wants, by its slug; a team that is not among them wants neither."""
    return {row.team: Choice(**row._mapping) for row in connection.execute(select(number_test_choice))}


def choice_of(connection: Connection, team: str) -> Choice:
    """What a team wants."""
    return choices(connection).get(team, Choice(team))


def choose(connection: Transaction, new: Choice) -> None:
    """What a team wants from now on."""
    upsert(connection, number_test_choice, {"team": new.team}, {"tests": new.tests, "moves": new.moves})


def standings(connection: Connection) -> Mapping[str, Standing]:
    """Every number that was tested, by its E.164 text."""
    return {row.number: _standing(row) for row in connection.execute(select(number_standing))}


def takes_the_minute(connection: Transaction, now: datetime) -> bool:
    """Whether no test call began within a minute. The row is locked, so that of two workers one may begin."""
    insert_new(connection, pace, [{"name": PACE, "at": now - LONG_AGO}])
    last = connection.scalar(select(pace.c.at).where(pace.c.name == PACE).with_for_update())
    return last is None or last <= now - APART


def begin(connection: Transaction, new: NumberTest, again_at: datetime) -> bool:
    """Begin a test, where the number is due; it is due again at ``again_at`` should nothing be heard of it."""
    blank = asdict(Standing(new.number, again_at))
    if not insert_new(connection, number_standing, [blank]):
        due = (number_standing.c.number == new.number) & (number_standing.c.due_at <= new.asked_at)
        if connection.execute(update(number_standing).where(due).values(due_at=again_at)).rowcount != 1:
            return False
    connection.execute(insert(number_test).values(**asdict(new)))
    connection.execute(update(pace).where(pace.c.name == PACE).values(at=new.asked_at))
    return True


def opened(connection: Transaction, key: str) -> NumberTest | None:
    """A test, locked until the transaction ends."""
    row = connection.execute(select(number_test).where(number_test.c.id == key).with_for_update()).first()
    return NumberTest(**row._mapping) if row else None


def ends(connection: Transaction, key: str, outcome: str, now: datetime, over: Collection[str] = ("",)) -> bool:
    """What came of a test; once. ``over``: outcomes that this one replaces."""
    going = update(number_test).where(number_test.c.id == key, number_test.c.outcome.in_(over))
    return connection.execute(going.values(outcome=outcome, ended_at=now)).rowcount == 1


def standing_of(connection: Transaction, number: str) -> Standing | None:
    """How a number stands, locked until the transaction ends."""
    row = connection.execute(
        select(number_standing).where(number_standing.c.number == number).with_for_update()
    ).first()
    return _standing(row) if row else None


def stands(connection: Transaction, new: Standing) -> None:
    """A number stands so from now on."""
    row = asdict(new)
    connection.execute(update(number_standing).where(number_standing.c.number == row.pop("number")).values(**row))


def unfollowed(connection: Connection) -> tuple[Standing, ...]:
    """Numbers whose last test is over, and what follows from it not done."""
    rows = connection.execute(select(number_standing).where(number_standing.c.followed.is_(False)))
    return tuple(_standing(row) for row in rows)


def flagged(connection: Connection) -> Mapping[str, datetime]:
    """The numbers that are flagged, and since when."""
    rows = connection.execute(select(number_standing).where(number_standing.c.flagged_at.is_not(None)))
    return {row.number: row.flagged_at for row in rows}


def history(connection: Connection, numbers: Collection[str], most: int) -> tuple[NumberTest, ...]:
    """The last tests of these numbers, the newest first."""
    of_them = select(number_test).where(number_test.c.number.in_(numbers))
    newest = of_them.order_by(number_test.c.asked_at.desc(), number_test.c.id).limit(most)
    return tuple(NumberTest(**row._mapping) for row in connection.execute(newest))


def is_in_use(connection: Connection, number: str, now: datetime) -> bool:
    """Whether a number rings for us or is spoken on, as far as we know: for the desk, for a caller's ladder, or as a caller's."""
    by_desk = exists().where(party.c.number == number, party.c.state.in_(ON_THE_LINE))
    called_back = exists().where(call_back_attempt.c.dialled == number, call_back_attempt.c.state != Goes.OVER.value)
    call, leg = tables.call, tables.leg
    going = call.c.ended_at.is_(None) & (call.c.began_at > now - LONGEST_CALL)
    rung = exists().where(leg.c.call == call.c.sid, leg.c.number == number, leg.c.rank < TERMINAL, going)
    calling = exists().where(call.c.caller == number, going)
    return any(connection.scalar(select(used)) for used in (by_desk, called_back, rung, calling))


def moves_of(connection: Connection, number: str) -> tuple[Move, ...]:
    """Where a number was moved back."""
    rows = connection.execute(select(number_move).where(number_move.c.number == number))
    return tuple(Move(**row._mapping) for row in rows)


def moved(connection: Transaction, new: Move) -> None:
    """A number was moved back in its team."""
    connection.execute(insert(number_move).values(**asdict(new)))


def forget_move(connection: Transaction, old: Move) -> None:
    """It stands where it stood, or somebody has put the team in another order since."""
    same = (number_move.c.team == old.team) & (number_move.c.number == old.number)
    connection.execute(delete(number_move).where(same))


def forget_others(connection: Transaction, known: Collection[str]) -> None:
    """Numbers that no team has any more are forgotten; their history stays until it is purged."""
    for number in standings(connection).keys() - set(known):
        for table in (number_standing, number_move):
            connection.execute(delete(table).where(table.c.number == number))


def _standing(row: Row[Any]) -> Standing:
    return Standing(**row._mapping)

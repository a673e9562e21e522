"""What is counted for a report beside the calls themselves? Transfers, call-backs and tasks, by what the desk kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, not_, or_, select

from routing.days import Days
from store.callbacks import Stand
from store.tables_callbacks import call_back, call_back_attempt
from store.tables_desk import conversation, transfer
from store.tables_tasks import task
from store.tasks import TaskState

COMPLETED, FAILED = "completed", "failed"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose: the days, and the lines and authorities to which it is limited (none: to none)."""

    days: Days
    lines: Sequence[str] | None = None
    authorities: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Transfers:
    """Transfers that were asked for in the days: how many, and how many of them came to these ends."""

    asked: int
    completed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises that fell due in the days: how many, and how many of them were kept in time."""

    due: int
    kept: int


def transfers(connection: Connection, scope: Scope) -> Transfers:
    """Transfers by what became of them."""
    ended = [func.sum(case((transfer.c.state == state, 1), else_=0)) for state in (COMPLETED, FAILED)]
    found = select(func.count(), *ended).select_from(transfer)
    found = found.where(transfer.c.at >= scope.days.begins, transfer.c.at < scope.days.ends)
    if scope.lines is not None:
        of_lines = conversation.c.line.in_(scope.lines)
        found = found.join(conversation, conversation.c.call == transfer.c.call).where(of_lines)
    asked, completed, failed = connection.execute(found).one()
    return Transfers(asked, completed or 0, failed or 0)


def call_backs(connection: Connection, scope: Scope, now: datetime) -> Kept:
    """Call-backs that were promised until a moment of the days that is past: kept where the number was dialled, or it was ended
    otherwise, by then. One that the caller withdrew, that was cancelled or that joined another was promised to nobody."""
    dialled = select(func.min(call_back_attempt.c.dialled_at)).where(call_back_attempt.c.callback == call_back.c.id)
    in_time = or_(dialled.scalar_subquery() <= call_back.c.promise, _ended_in_time())
    gone = call_back.c.state.in_((Stand.MERGED.value, Stand.CANCELLED.value)) | call_back.c.withdrawn
    due = _due(call_back.c.promise, scope.days, now) & not_(gone)
    if scope.lines is not None:
        due &= call_back.c.line.in_(scope.lines)
    return _counted(connection, due, in_time)


def _ended_in_time() -> ColumnElement[bool]:
    return and_(call_back.c.state == Stand.DONE.value, call_back.c.ended_at <= call_back.c.promise)


def deadlines(connection: Connection, scope: Scope, now: datetime) -> Kept:
    """Tasks whose later deadline fell into the days and is past: met where they were done by then. A task that was withdrawn had
    nothing left to do."""
    due = _due(task.c.promise_at, scope.days, now) & (task.c.state != TaskState.WITHDRAWN.value)
    if scope.authorities is not None:
        due &= task.c.authority.in_(scope.authorities)
    return _counted(connection, due, and_(task.c.state == TaskState.DONE.value, task.c.ended_at <= task.c.promise_at))


def _due(column: ColumnElement[datetime], days: Days, now: datetime) -> ColumnElement[bool]:
    return and_(column >= days.begins, column < min(days.ends, now))


def _counted(connection: Connection, due: ColumnElement[bool], kept: ColumnElement[bool]) -> Kept:
    there, in_time = connection.execute(select(func.count(), func.sum(case((kept, 1), else_=0))).where(due)).one()
    return Kept(there, in_time or 0)

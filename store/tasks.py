"""What does the desk still have to do, by when, and who does it? One open task of a kind for a record, however often it is asked for.

Whoever writes holds the order (``Database.write_in_order``): beginning and ending a task stand in the audit trail.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select, update

from store.audit import Deed, note
from store.database import Transaction, insert_new
from store.tables_tasks import task as table

NORMAL, AMBER, RED = range(3)
"""How urgent a task is."""


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do. ``about`` is the id of its record, never a name; ``role`` is empty where any handler may do it.

    ``target_at`` is the sooner reading of its deadline, to which the desk works; ``promise_at`` the later. ``sounds_at``: when
    its alert is announced next; none, never.
    """

    id: str
    kind: str
    authority: str
    about_kind: str
    about: str
    role: str
    made_at: datetime
    target_at: datetime | None
    promise_at: datetime | None
    state: TaskState = TaskState.OPEN
    urgency: int = NORMAL
    owner: str = ""
    sounds_at: datetime | None = None
    seen_by: str = ""
    note: str = ""
    ended_at: datetime | None = None


def add(connection: Transaction, task: Task, deed: Deed, at: datetime) -> None:
    """Begin a task. Where one of its kind is open for the same record, nothing happens."""
    row = {**asdict(task), "state": task.state.value, "open_as": f"{task.kind} {task.about}"}
    if insert_new(connection, table, [row]):
        note(connection, replace(deed, what="begin", kind="task", slug=task.id, after=_told(task)), at)


def _told(task: Task) -> dict[str, Any]:
    return {"kind": task.kind, task.about_kind: task.about, "role": task.role, "authority": task.authority}


def close(connection: Transaction, kind: str, about: str, state: TaskState, deed: Deed, at: datetime) -> None:
    """End the open task of a kind for a record, if there is one."""
    task = open_one(connection, kind, about)
    if task:
        end(connection, task, state, deed, at)


def end(connection: Transaction, task: Task, state: TaskState, deed: Deed, at: datetime, sealed: str = "") -> bool:
    """End a task; ``sealed`` is what was noted with it. Whether it was still open."""
    values = {"state": state.value, "ended_at": at, "open_as": None, "sounds_at": None, "note": sealed or task.note}
    if not _changed(connection, task, values):
        return False
    note(connection, replace(deed, what=state.value, kind="task", slug=task.id, after=_told(task)), at)
    return True


def take(connection: Transaction, task: Task, owner: str, deed: Deed, at: datetime) -> bool:
    """Make an open task somebody's, whoever's it was before. Whether it was still open."""
    if not _changed(connection, task, {"owner": owner}):
        return False
    note(connection, replace(deed, what="take", kind="task", slug=task.id, after=_told(task)), at)
    return True


def acknowledge(connection: Transaction, task: Task, again: datetime | None, deed: Deed, at: datetime) -> bool:
    """Somebody has seen its alert, which sounds ``again`` at that moment, or no more. Whether it was still open."""
    if not _changed(connection, task, {"sounds_at": again, "seen_by": deed.who}):
        return False
    note(connection, replace(deed, what="acknowledge", kind="task", slug=task.id, after=_told(task)), at)
    return True


def hasten(connection: Transaction, about: str, urgency: int) -> None:
    """Give the open tasks of a record this urgency."""
    same = (table.c.about == about) & (table.c.state == TaskState.OPEN.value)
    connection.execute(update(table).where(same).values(urgency=urgency))


def _changed(connection: Connection, task: Task, values: dict[str, Any]) -> bool:
    still = (table.c.id == task.id) & (table.c.state == TaskState.OPEN.value)
    return connection.execute(update(table).where(still).values(**values)).rowcount == 1


def one(connection: Connection, key: str) -> Task | None:
    """A task by its id."""
    row = connection.execute(select(table).where(table.c.id == key)).first()
    return _made(row) if row else None


def open_one(connection: Connection, kind: str, about: str) -> Task | None:
    """The open task of a kind for a record."""
    row = connection.execute(select(table).where(table.c.open_as == f"{kind} {about}")).first()
    return _made(row) if row else None


def of_record(connection: Connection, about_kind: str, about: str) -> tuple[Task, ...]:
    """Every task of a record, the first begun first."""
    same = (table.c.about_kind == about_kind) & (table.c.about == about)
    chosen = select(table).where(same).order_by(table.c.made_at, table.c.id)
    return tuple(_made(row) for row in connection.execute(chosen))


def open_tasks(
    connection: Connection, authority: str = "", role: str = "", owner: str = "", kind: str = ""
) -> tuple[Task, ...]:
    """Open tasks, the most urgent first, then the sooner due. A text that is given must be met."""
    wanted = table.c.state == TaskState.OPEN.value
    asked = ((table.c.authority, authority), (table.c.role, role), (table.c.owner, owner), (table.c.kind, kind))
    for column, value in asked:
        wanted = wanted & (column == value) if value else wanted
    return _in_order(_made(row) for row in connection.execute(select(table).where(wanted)))


def sounding(connection: Connection, now: datetime) -> tuple[Task, ...]:
    """Open tasks whose alert has come, the most urgent first, then the sooner due."""
    come = (table.c.state == TaskState.OPEN.value) & (table.c.sounds_at <= now)
    return _in_order(_made(row) for row in connection.execute(select(table).where(come)))


def place_of(task: Task) -> str:
    """Where a task stands among others, as a text that sorts."""
    due = task.target_at.isoformat() if task.target_at else "~"
    return f"{RED - task.urgency} {due} {task.id}"


def _in_order(found: Any) -> tuple[Task, ...]:
    return tuple(sorted(found, key=place_of))


def _made(row: Row[Any]) -> Task:
    kept = {name: value for name, value in row._mapping.items() if name != "open_as"}
    return Task(**kept | {"state": TaskState(row.state)})

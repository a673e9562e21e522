"""How is a task begun? By its kind's row: whose it is, by when under both readings, and when its alert is heard first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from admin.auth import author
from admin.ports import desk
from desk.task_kinds import KINDS, TaskKind
from desk.working_time import due_within
from ivr.moment import World
from store import tasks
from store.audit import Deed
from store.database import Transaction
from store.tasks import NORMAL, Task, TaskState

BY_ITSELF = Deed("the desk", "", "task", "", None, None)
"""Who begins and ends tasks that no request asked for."""

NEAR = 4
"""The alert of a task is heard when a fourth of its time is left (assumed: no source says when to warn)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task to be begun: its kind, and the record that it is about."""

    kind: str
    authority: str
    about_kind: str
    about: str
    at: datetime
    urgency: int = NORMAL


def begin(
    connection: Transaction, kind: str, authority: str, about_kind: str, about: str, at: datetime, *, urgency: int = NORMAL
) -> Task:  # fmt: skip
    """A task of a kind from ``at`` on, begun by whoever asks; one that is open for the same record stays as it is."""
    wanted = Wanted(kind, authority, about_kind, about, at, urgency)
    return begun(connection, wanted, desk().publication.current(), _asker())


def begun(connection: Transaction, wanted: Wanted, world: World, deed: Deed) -> Task:
    """The same outside a request, where the world and who begins it (``BY_ITSELF``) are handed in."""
    row, at = KINDS[wanted.kind], wanted.at
    target, promise = readings(row, wanted.authority, at, world)
    near = target - (target - at) / NEAR if target else None
    new = Task(
        uuid4().hex[:16], wanted.kind, wanted.authority, wanted.about_kind, wanted.about, row.role, at, target, promise,
        urgency=wanted.urgency, sounds_at=near,
    )  # fmt: skip
    tasks.add(connection, new, deed, at)
    return tasks.open_one(connection, wanted.kind, wanted.about) or new


def finish(connection: Transaction, kind: str, about: str, at: datetime, state: TaskState = TaskState.DONE) -> None:
    """The open task of a kind for a record is over, if there is one; whoever asks has ended it."""
    tasks.close(connection, kind, about, state, _asker(), at)


def _asker() -> Deed:
    doer = author()
    return Deed(doer.who, "", "task", "", None, None, doer.why)


def readings(row: TaskKind, authority: str, at: datetime, world: World) -> tuple[datetime | None, datetime | None]:
    """Target and promise of a task: the sooner and the later reading of its deadline (ruling 12)."""
    if row.within is None:
        return None, None
    if not row.within and not row.working:
        return at, at
    due = due_within(at, row.within, authority, world)
    if row.working:
        working = due.readings[-1].at
        return working, working
    longer = due_within(at, row.also, authority, world).promise if row.also else due.promise
    return at + row.within, max(longer, at + row.within)

"""How are tasks and alerts written and read over the API?"""

from datetime import datetime

from pydantic import BaseModel, Field

from admin.auth import caller
from admin.body import Body, Slug, Strict
from admin.listing import Paging
from admin.shapes import moment_out
from desk.task_kinds import KINDS
from desk.texts import Long
from directory.snapshot import Snapshot
from store.tasks import Task

URGENCIES = ("normal", "amber", "red")


class TaskPath(Strict):
    """Which task."""

    id: str


class TaskQuery(Paging):
    """Which open tasks; what is left out is not asked for."""

    authority: Slug = ""
    role: Slug = Field("", description="The code of a role, such as team-manager.")
    kind: Slug = ""
    about: Slug = Field("", description="The id of a record.")
    owner: Slug = Field("", description="The id of a key or account; “me” for your own.")


class TaskTaken(Body):
    """Nothing but a reason, if there is one."""


class TaskDone(Body):
    """What came of it, if that is worth a note; it is sealed."""

    note: Long = ""


class AlertSeen(Body):
    """Whether you do it yourself. An alert that nobody takes is heard again after half an hour."""

    take: bool = False


class TaskOut(BaseModel):
    """Something to do, without what its record holds."""

    id: str
    kind: str = Field(examples=["decision"])
    words: str
    source: str = Field(description="Document and line of the procedure.", examples=["C:38"])
    authority: str
    about_kind: str = Field(examples=["contact"])
    about: str
    role: str = Field(description="Whose it is; empty: any handler's.", examples=["team-manager"])
    named_role: str | None = Field(
        description="The directory's role of that name, at GET /roles/{slug}, if it is entered."
    )
    urgency: str = Field(examples=["normal", "amber", "red"])
    state: str = Field(examples=["open", "done", "withdrawn"])
    made_at: str | None
    target_at: str | None = Field(description="The sooner reading of its deadline; none: no time is printed.")
    promise_at: str | None = Field(description="The later reading.")
    late: bool = Field(description="Whether the target has passed.")
    owner: str = Field(description="The id of whoever has taken it.")
    seen_by: str = Field(description="Who acknowledged its alert last.")
    ended_at: str | None


class NotedTask(TaskOut):
    """A task with what was noted when it was done."""

    note: str


class TaskList(BaseModel):
    """Open tasks, the most urgent first, then the sooner due."""

    items: list[TaskOut]
    next: str | None


class AlertOut(TaskOut):
    """A task that is late, or nearly."""

    sounds_at: str | None = Field(description="When it was last to be heard; a page announces each such moment once.")


class AlertList(BaseModel):
    """Alerts, the most urgent first, then the sooner due."""

    items: list[AlertOut]
    next: str | None


def task_out(task: Task, directory: Snapshot, now: datetime) -> TaskOut:
    """A task as it is shown."""
    row, slug = KINDS[task.kind], f"{task.authority}-{task.role}"
    return TaskOut(
        id=task.id, kind=task.kind, words=row.words, source=row.source, authority=task.authority,
        about_kind=task.about_kind, about=task.about, role=task.role,
        named_role=slug if slug in directory.roles else None, urgency=URGENCIES[task.urgency], state=task.state.value,
        made_at=moment_out(task.made_at), target_at=moment_out(task.target_at), promise_at=moment_out(task.promise_at),
        late=bool(task.target_at and task.target_at <= now), owner=task.owner, seen_by=task.seen_by,
        ended_at=moment_out(task.ended_at),
    )  # fmt: skip


def owner_of(query: TaskQuery) -> str:
    """Whose tasks are asked for."""
    return caller().id if query.owner == "me" else query.owner

"""What else is to be done at the desk? Call-backs that are due, and tasks that are late or whoever asks has taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from admin.auth import caller
from desk.alarm import heard_at
from desk.callback_showing import listed
from desk.page.calls import line_name
from desk.page.pages import hour
from desk.task_shapes import TaskOut, task_out
from ivr.moment import World
from store import callbacks, tasks
from store.callbacks import ACTIVE, Stand
from store.database import Transaction

MOST = 8
"""So many are shown of each; the others follow when these are done."""

STANDS = {
    Stand.OPEN.value: "",
    Stand.ESCALATED.value: "about to be late",
    Stand.DIALLING.value: "being dialled",
    Stand.WAITING.value: "waits until the body’s switchboard is entered",
}


@dataclass(frozen=True, slots=True)
class CallBacks:
    """Call-backs still to be made, the most urgent first, each as the API shows it; ``more`` are not shown."""

    shown: tuple[Mapping[str, object], ...]
    more: int
    news: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """A task, and whether its alert sounds now; ``is_mine`` where whoever asks has taken it."""

    task: TaskOut
    sounds: str
    is_mine: bool


def call_backs(connection: Transaction, world: World) -> CallBacks:
    """Those that are still to be made."""
    found = callbacks.those(connection, ACTIVE)
    rows = listed(connection, list(found[:MOST]))
    shown = tuple(
        {**row, "name": line_name(str(row["line"]), world), "stands": STANDS[str(row["state"])], "is_mine": row["owner"] == caller().id}
        for row in rows
    )  # fmt: skip
    urgent = " ".join(one.id for one in found if one.escalated_at)
    return CallBacks(shown, max(0, len(found) - MOST), urgent)


def to_do(connection: Transaction, world: World, at: datetime) -> tuple[ToDo, ...]:
    """What sounds, the most urgent first, then what whoever asks has taken."""
    sounding = {task.id: task for task in tasks.sounding(connection, at)}
    mine = {task.id: task for task in tasks.open_tasks(connection, owner=caller().id)}
    every = list({**sounding, **mine}.values())[:MOST]
    return tuple(
        ToDo(
            task_out(task, world.directory, at),
            hour(heard_at(task.sounds_at, at)) if task.id in sounding and task.sounds_at else "",
            task.owner == caller().id,
        )
        for task in every
    )

"""What else is to be done at the desk? Call-backs that are due, and tasks that are late or whoever asks has taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request

from admin.auth import caller
from desk.alarm import heard_at
from desk.bodies import BODIES
from desk.callback_calls import HEARD
from desk.callback_showing import listed
from desk.page.calls import line_name
from desk.page.pages import hour
from desk.task_shapes import TaskOut, task_out
from ivr.moment import World
from store import callbacks, tasks
from store.callbacks import ACTIVE, Sort, Stand
from store.database import Transaction

MOST = 8
"""So many are shown of each; the others follow when these are done."""

NOTE = "note-"
"""Before a call-back's id: its field for a note."""

STANDS = {
    Stand.OPEN.value: "",
    Stand.ESCALATED.value: "about to be late",
    Stand.DIALLING.value: "being dialled",
    Stand.WAITING.value: "waits for a switchboard",
}


@dataclass(frozen=True, slots=True)
class CallBacks:
    """Call-backs still to be made, the most urgent first, each as the API shows it; ``more`` are not shown."""

    shown: tuple[Mapping[str, Any], ...]
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
    shown = tuple(_shown(row, world) for row in rows)
    urgent = " ".join(one.id for one in found if one.escalated_at)
    return CallBacks(shown, max(0, len(found) - MOST), urgent)


def _shown(row: Mapping[str, Any], world: World) -> Mapping[str, Any]:
    return {
        **row,
        "name": line_name(row["line"], world),
        "stands": STANDS[row["state"]],
        "whose": BODIES[row["body"]].name if row["body"] in BODIES else "",
        "is_mine": row["owner"] == caller().id,
        "may_verify": may_be_verified(row),
        "typed": _typed(row["id"]),
    }


def may_be_verified(row: Mapping[str, Any]) -> bool:
    """Whether it is a check's call-back, still to be ended, in which their switchboard has been heard."""
    is_heard = any(attempt["outcome"] in HEARD for attempt in row["attempts"])
    return row["kind"] == Sort.CHECK and row["state"] in ACTIVE and is_heard


def _typed(key: str) -> str:
    """The note that was sent with an outcome which was refused; else the page is drawn by a request that sends none."""
    return request.form.get(f"{NOTE}{key}", "")


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

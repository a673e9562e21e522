"""What is late, or nearly? Alerts that are heard again until the task is done, or somebody says that they do it (B:49, B:68)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from admin.auth import caller
from admin.blueprints import resource_api
from admin.listing import Search, document, page
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError
from admin.shapes import moment_out
from desk.alarm import heard_again, heard_at
from desk.contact_access import deed
from desk.task_shapes import AlertList, AlertOut, AlertSeen, TaskOut, TaskPath, task_out
from desk.tasks import shown, still_open
from directory.snapshot import Snapshot
from store import tasks
from store.database import Transaction
from store.tasks import Task

QUIET = "No alert of this task is to be heard now; GET /alerts lists those that are."

api = resource_api("alerts", "Tasks that are late, or nearly.")


@api.get("/alerts", responses={200: AlertList})
def every_alert(query: Search) -> Mapping[str, object]:
    """Alerts, the most urgent first, then the sooner due."""
    at, directory = now(), newest_world().directory
    with desk().database.read() as connection:
        found = tasks.sounding(connection, at)
    wanted = [task for task in found if query.authority in ("", task.authority)]
    cut = page(wanted, tasks.place_of, query)
    return document([_alert(task, directory, at).model_dump(mode="json") for task in cut.items], cut.next)


@api.post("/alerts/<id>/acknowledge", responses={200: TaskOut})
def acknowledge_alert(path: TaskPath, body: AlertSeen) -> Mapping[str, object]:
    """You have heard it; ``take`` it, and it is quiet until its target, and after that for good."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        task, at = still_open(connection, path.id), now()
        if task.sounds_at is None or task.sounds_at > at:
            raise ProblemError(HTTPStatus.CONFLICT, QUIET)
        held = _held(connection, task, body)
        tasks.acknowledge(connection, held, heard_again(held, at, held.owner), deed(body.why), at)
        return shown(connection, task.id)


def _held(connection: Transaction, task: Task, body: AlertSeen) -> Task:
    """The task, taken where that is asked for."""
    if not body.take:
        return task
    tasks.take(connection, task, caller().id, deed(body.why), now())
    return replace(task, owner=caller().id)


def _alert(task: Task, directory: Snapshot, at: datetime) -> AlertOut:
    first = task.sounds_at or at
    return AlertOut(**task_out(task, directory, at).model_dump(), sounds_at=moment_out(heard_at(first, at)))

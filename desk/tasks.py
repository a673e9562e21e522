"""What is still to be done, by when, and who does it?"""

from collections.abc import Mapping
from http import HTTPStatus

from admin.auth import caller
from admin.blueprints import resource_api
from admin.listing import document, page
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError, missing
from desk.contact_access import admits, deed
from desk.contacts import KEY
from desk.new_tasks import begin
from desk.sealed import sealer
from desk.task_kinds import KINDS
from desk.task_shapes import NotedTask, TaskDone, TaskList, TaskOut, TaskPath, TaskQuery, TaskTaken, owner_of, task_out
from store import contacts, tasks
from store.database import Transaction
from store.tasks import Task, TaskState

OVER = "This task is {state} already."
UNREAD = "This task ends when the message is acknowledged; open the message and say that you have read it."
NOTE = "task note"

api = resource_api("tasks", "What the desk still has to do, each with its clock.")


@api.get("/tasks", responses={200: TaskList})
def every_task(query: TaskQuery) -> Mapping[str, object]:
    """Open tasks, the most urgent first, then the sooner due."""
    with desk().database.read() as connection:
        found = tasks.open_tasks(connection, query.authority, query.role, owner_of(query))
    wanted = [task for task in found if query.kind in ("", task.kind) and query.about in ("", task.about)]
    cut, directory, at = page(wanted, tasks.place_of, query), newest_world().directory, now()
    return document([task_out(task, directory, at).model_dump(mode="json") for task in cut.items], cut.next)


@api.get("/tasks/<id>", responses={200: NotedTask})
def one_task(path: TaskPath) -> Mapping[str, object]:
    """A task, open or over, with what was noted."""
    with desk().database.read() as connection:
        return _noted(connection, known_task(connection, path.id))


@api.post("/tasks/<id>/take", responses={200: TaskOut})
def take_task(path: TaskPath, body: TaskTaken) -> Mapping[str, object]:
    """Make an open task your own, whoever's it was before."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        task = still_open(connection, path.id)
        tasks.take(connection, task, caller().id, deed(body.why), now())
        return shown(connection, task.id)


@api.post("/tasks/<id>/done", responses={200: NotedTask})
def task_done(path: TaskPath, body: TaskDone) -> Mapping[str, object]:
    """It is done. One that has to be thought of again and again begins anew."""
    body.refuse(Faults())
    with desk().database.write_in_order() as connection:
        task = still_open(connection, path.id)
        if task.about_kind == "message":
            raise ProblemError(HTTPStatus.CONFLICT, UNREAD)
        tasks.end(connection, task, TaskState.DONE, deed(body.why), now(), sealer().seal(body.note, NOTE))
        if KINDS[task.kind].recurs:
            begin(
                connection, task.kind, task.authority, task.about_kind, task.about, now(), urgency=task.urgency
            )  # fmt: skip
        return _noted(connection, known_task(connection, task.id))


def known_task(connection: Transaction, key: str) -> Task:
    """A task. 404."""
    found = tasks.one(connection, key) if KEY.fullmatch(key) else None
    if found is None:
        raise missing(f"task “{key[:16]}”")
    return found


def still_open(connection: Transaction, key: str) -> Task:
    """A task that is open. 404, 409."""
    found = known_task(connection, key)
    if found.state is not TaskState.OPEN:
        raise ProblemError(HTTPStatus.CONFLICT, OVER.format(state=found.state.value))
    return found


def shown(connection: Transaction, key: str) -> Mapping[str, object]:
    """A task as it is now."""
    return task_out(known_task(connection, key), newest_world().directory, now()).model_dump(mode="json")


def _noted(connection: Transaction, task: Task) -> Mapping[str, object]:
    out = task_out(task, newest_world().directory, now())
    return NotedTask(**out.model_dump(), note=_note(connection, task)).model_dump(mode="json")


def _note(connection: Transaction, task: Task) -> str:
    """What was noted, unless the task's record is closed to whoever asks."""
    record = contacts.one(connection, task.about) if task.about_kind == "contact" else None
    if record and not admits(record, contacts.access_to(connection, record.id), caller().id):
        return ""
    return sealer().open(task.note, NOTE)

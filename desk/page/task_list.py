"""What is there to do, all of it? Every open task and every alert, narrowed as the API narrows them; taken, heard or done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import caller
from admin.console.forms import Wrong, refusal
from admin.console.pages import asked
from admin.listing import Search
from admin.ports import desk, now
from desk.alerts import acknowledge_alert, every_alert
from desk.page.messages import OPEN_CASES, SHELF_OF, chosen, whom
from desk.page.pages import blueprint, drawn
from desk.page.papers import authorities, named_deed, text, typed, wrong
from desk.task_kinds import KINDS
from desk.task_shapes import AlertSeen, TaskDone, TaskPath, TaskQuery, TaskTaken
from desk.tasks import every_task, one_task, take_task, task_done
from store import tasks

HERE = "task_list"
MOST = 25
"""Tasks on one page: each has up to five places at which the Tab key stops."""

OPEN, ALERTS, MINE = "open", "alerts", "mine"
SHOWN = {OPEN: "All that are open", ALERTS: "Late, or nearly", MINE: "Yours"}
ABOUT = {
    "contact": ("contact_record", "Its contact record"), "enquiry": ("enquiry", "Its enquiry"), "cetr": ("cetr_request", "Its request"),
    "check": ("check", "Its check"), "consultation": ("consultation", "Its consultation"), "move": ("move", "Its family"),
    "meeting": ("meeting", "Its meeting"), "call-back": ("read_call_back", "Its call back"),
}  # fmt: skip
"""The page of what a task is about, and what the link to it says."""

OF_DONE = {"note": "Note"}
DEEDS: Mapping[str, Callable[[TaskPath], object]] = {
    "take": lambda path: take_task(path=path, body=TaskTaken()),
    "take-heard": lambda path: acknowledge_alert(path=path, body=AlertSeen(take=True)),
    "heard": lambda path: acknowledge_alert(path=path, body=AlertSeen()),
    "done": lambda path: task_done(path=path, body=TaskDone.model_validate(typed(*OF_DONE))),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A task, the pages that lead on from it, and what may be done; a message's task ends when the message is acknowledged."""

    one: Mapping[str, Any]
    leads: tuple[tuple[str, str], ...]
    sounds: bool
    role: str
    owner: str
    take: str
    ends_here: bool


@blueprint.get("/tasks")
def task_list() -> str:
    """Open tasks, the most urgent first, then the sooner due."""
    show, filters = chosen("show", SHOWN) or OPEN, _filters()
    names = filters if show != ALERTS else ("authority",)
    kept = {name: chosen(name, filters[name]) for name in names}
    found, heard = _found(show, kept | {"cursor": asked("cursor"), "limit": MOST}), _sounding()
    return drawn(
        "papers/task_list", here=HERE, shown=SHOWN, show=show, kept=kept, next=found["next"], cursor=asked("cursor"),
        rows=[_shown(row, heard) for row in found["items"]], filters=filters, authorities=authorities(),
    )  # fmt: skip


def _filters() -> Mapping[str, Mapping[str, str]]:
    """What the API narrows tasks by, each with its choices; alerts only by their authority."""
    roles = sorted({row.role for row in KINDS.values()} - {""})
    return {
        "authority": authorities() | {"": "Every authority"},
        "kind": {"": "Every kind"} | {row.code: f"{row.words} ({row.source})" for row in KINDS.values()},
        "role": {"": "Anybody’s"} | {role: whom(role) for role in roles},
    }


def _found(show: str, wanted: Mapping[str, object]) -> Mapping[str, Any]:
    mine = {"owner": "me"} if show == MINE else {}
    found: Mapping[str, Any] = (
        every_alert(query=Search.model_validate(wanted))
        if show == ALERTS
        else every_task(query=TaskQuery.model_validate({**wanted, **mine}))
    )
    return found


def _sounding() -> frozenset[str]:
    """The tasks whose alert is heard now."""
    with desk().database.read() as connection:
        return frozenset(task.id for task in tasks.sounding(connection, now()))


def _shown(row: Mapping[str, Any], heard: frozenset[str]) -> Shown:
    sounds, is_mine = row["id"] in heard, row["owner"] == caller().id
    owner = "Yours" if is_mine else "A colleague has it" if row["owner"] else ""
    take = "" if is_mine else "take-heard" if sounds else "take"
    role = whom(row["role"]) if row["role"] else "Any handler"
    return Shown(row, tuple(_leads(row)), sounds, role, owner, take, row["about_kind"] != "message")


def _leads(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a task leads on: to what it is about, or to the form by which it is done."""
    leads = list[tuple[str, str]]()
    if row["kind"] in SHELF_OF:
        leads.append((url_for("desk_page.message", shelf=SHELF_OF[row["kind"]], key=row["about"]), "Read the message"))
    if row["kind"] == "open-case-message":
        where = {"shelf": OPEN_CASES.code, "authority": row["authority"], "about": row["about"]}
        leads.append((url_for("desk_page.new_message_form", **where), "Send the message"))
    if row["about_kind"] in ABOUT:
        endpoint, words = ABOUT[row["about_kind"]]
        leads.append((url_for(f"desk_page.{endpoint}", key=row["about"]), words))
    if row["about_kind"] == "team":
        leads.append((url_for("console.team", slug=row["about"]), "The team and its numbers"))
    return leads


@blueprint.get("/tasks/<key>")
def task_page(key: str) -> Response:
    """A task, open or over, with what was noted."""
    return _page(key)


@blueprint.post("/tasks/<key>")
def task_deed(key: str) -> Reply:
    """Take it, say that you have heard its alert, or that it is done; back to where that was said."""
    act = named_deed(DEEDS, text("deed"))
    why = refusal(lambda: act(TaskPath(id=key)))
    if why:
        return _page(key, why.status, wrong(why, OF_DONE))
    kept: dict[str, Any] = {name: asked(name) or None for name in ("show", "authority", "kind", "role", "cursor")}
    there = url_for("desk_page.task_list", **kept) if kept["show"] else url_for("desk_page.task_page", key=key)
    return redirect(there, HTTPStatus.SEE_OTHER)


def _page(key: str, status: HTTPStatus = HTTPStatus.OK, faults: tuple[Wrong, ...] = ()) -> Response:
    one = one_task(path=TaskPath(id=key))
    page = drawn(
        "papers/task_page", row=_shown(one, _sounding()), wrong=faults, given=typed(*OF_DONE), authorities=authorities()
    )
    return Response(page, status)

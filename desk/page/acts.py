"""What does a handler do on the page? Everything by the API's own functions: the same checks, the same refusals."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Reply

from admin.auth import caller
from admin.console.forms import Refusal, Wrong, refusal
from admin.ports import desk
from admin.problems import ProblemError, missing
from desk import transfers
from desk.alerts import acknowledge_alert
from desk.callback_deeds import dial_call_back, outcome_of_call_back, release_call_back, take_call_back
from desk.callback_shapes import CallBackCommand, CallBackPath, OutcomeBody
from desk.me import MeBody, put_me
from desk.page import record
from desk.page.front import address, refused
from desk.page.now import answered, here
from desk.page.pages import blueprint, by_script, drawn
from desk.page.papers import named_deed
from desk.page.typed import typed
from desk.page.work import NOTE
from desk.queue import Answering, WaitingPath, answer
from desk.task_shapes import AlertSeen, TaskDone, TaskPath
from desk.tasks import task_done
from desk.transfers import NOT_TALKING, Command, NewTransfer, TransferPath, new_transfer
from store.own_call import own_call

COMMANDS = {"complete": transfers.complete, "cancel": transfers.cancel, "join": transfers.join}
CALL_BACKS: Mapping[str, Callable[[CallBackPath], object]] = {
    "take": lambda path: take_call_back(path=path, body=CallBackCommand()),
    "release": lambda path: release_call_back(path=path, body=CallBackCommand()),
    "dial": lambda path: dial_call_back(path=path, body=CallBackCommand()),
    "outcome": lambda path: outcome_of_call_back(path=path, body=OutcomeBody.model_validate(_told_of(path.id))),
}
TASKS: Mapping[str, Callable[[TaskPath], object]] = {
    "take": lambda path: acknowledge_alert(path=path, body=AlertSeen(take=True)),
    "done": lambda path: task_done(path=path, body=TaskDone()),
}
POLICE = "police"
"""Whom the transfer itself knows how to add."""

LABELS = {"phone": "Your phone", "lines": "Lines that you answer", "status": "Status", "to": "Whom", "note": "Note"}


@blueprint.post("/me")
def be() -> Reply:
    """Say how you are, or on which phone and lines you are reached."""
    form = request.form
    given: dict[str, object] = {name: form[name] for name in ("status", "phone") if name in form}
    if "phone" in form:
        given["lines"] = form.getlist("lines")
    fields = {"phone": form["phone"], "lines": form.getlist("lines")} if "phone" in form else None
    return _done(lambda: put_me(body=MeBody.model_validate(given)), fields)


@blueprint.post("/queue/<call>/answer")
def answer_caller(call: str) -> Reply:
    """Ring your own phone for this caller."""
    return _done(lambda: answer(path=WaitingPath(call=call), body=Answering()))


@blueprint.post("/consult")
def consult() -> Reply:
    """Speak to somebody first, about the caller that you are talking to."""
    return _done(lambda: _passed("warm"))


@blueprint.post("/hand-over")
def hand_over() -> Reply:
    """Pass the caller on without a word before."""
    return _done(lambda: _passed("cold"))


@blueprint.post("/transfers/<key>/<command>")
def command(key: str, command: str) -> Reply:
    """Go on with a transfer."""
    act = COMMANDS.get(command)
    if act is None:
        raise missing("such command")
    return _done(lambda: act(path=TransferPath(id=key), body=Command()))


@blueprint.post("/callbacks/<key>/<deed>")
def call_back(key: str, deed: str) -> Reply:
    """Take a call-back, give it back, have it dialled, or say what came of it."""
    act = named_deed(CALL_BACKS, deed)
    return _done(lambda: act(CallBackPath(id=key)), ids={"note": f"{NOTE}{key}"})


@blueprint.post("/tasks/<key>/<deed>")
def task(key: str, deed: str) -> Reply:
    """Take a task whose alert sounds, or say that it is done."""
    act = named_deed(TASKS, deed)
    return _done(lambda: act(TaskPath(id=key)))


@blueprint.post("/calls/<call>/record")
def save_record(call: str) -> Reply:
    """Save what was typed."""
    try:
        saved = record.save(call)
    except ProblemError as fault:
        if by_script():
            return record.refused(fault)
        wrong = record.not_kept(fault)
        return refused(call, fault.status, wrong, record=record.record_of(call, over=typed(request.form)))
    return Response(record.kept(saved)) if by_script() else _back(call)


@blueprint.post("/calls/<call>/name")
def show_name(call: str) -> Reply:
    """Show who the caller is who asks not to be named, for a reason."""
    try:
        shown = record.named(call, record.reason())
    except ProblemError as fault:
        if by_script() or fault.status is not HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return refused(call, fault.status, (Wrong("why", fault.detail),))
    if by_script():
        return Response(drawn("record", record=shown, wrong=()))
    return refused(call, HTTPStatus.OK, (), record=shown)


def _passed(mode: str) -> object:
    kind, _, slug = request.form.get("to", "").partition(":")
    with desk().database.read() as connection:
        own = own_call(connection, caller().id)
    if own is None:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_TALKING)
    how = {} if kind == POLICE else {"mode": mode}
    body = NewTransfer.model_validate({"to": {kind or "team": slug}, **how})
    return new_transfer(path=transfers.CallPath(sid=own), body=body)


def _told_of(key: str) -> Mapping[str, str]:
    """What came of a call-back, and the note that belongs to it."""
    note = request.form.get(f"{NOTE}{key}", "").replace("\r\n", "\n")
    return {"outcome": request.form.get("outcome", ""), "note": note}


def _done(
    act: Callable[[], object], fields: Mapping[str, object] | None = None, ids: Mapping[str, str] | None = None
) -> Reply:
    """The page as it is afterwards, or why nothing was done; ``ids``: of the elements that are not called as their fields."""
    why = refusal(act)
    if why and by_script():
        return Response(drawn("told", wrong=_wrong(why, ids or {})), why.status)
    if why:
        return refused(_call(), why.status, _wrong(why, ids or {}), fields=fields)
    return answered(_call()) if by_script() else _back(_call())


def _wrong(why: Refusal, ids: Mapping[str, str]) -> tuple[Wrong, ...]:
    return tuple(replace(one, field=ids.get(one.field, one.field)) for one in why.beside(LABELS))


def _call() -> str:
    """The call that the page shows, which its form says."""
    return request.form.get("call", "")


def _back(call: str) -> Reply:
    return redirect(address(here(call)), HTTPStatus.SEE_OTHER)

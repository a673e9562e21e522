"""What has changed on the page since it was drawn? Every part of it, each with a mark by which the page sees that nothing did."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request
from markupsafe import Markup

from admin.auth import caller
from admin.calls import SID
from admin.ports import desk, now
from admin.versions import unless_known
from desk.occupied import RESTING
from desk.page.calls import RINGING, Caller, Shown, call_of, caller_of, named
from desk.page.pages import blueprint, drawn
from desk.page.presence import Me, me_of, seen
from desk.page.work import CallBacks, ToDo, call_backs, to_do
from desk.waiting import in_order
from store import conversations
from store.conversations import At
from store.own_call import own_call
from store.presence import Status

YOUR_PHONE = "Your phone rings: {line}{chosen}. Press 1 on it to accept."
OUTCOMES = (
    ("reached", "Reached"), ("no-answer", "No answer"), ("left-word", "Left word"), ("wrong-number", "Wrong number"),
    ("cancelled", "Not wanted"),
)  # fmt: skip
"""What can come of a call-back (``desk.callback_deeds``), in words for its buttons."""

RESTS = frozenset(status.value for status in RESTING)
LATE = "A call back is about to be late."
WAITS = "{count} waiting: {line}{chosen}."


@dataclass(frozen=True, slots=True)
class Here:
    """Everything that the page shows at one moment."""

    me: Me
    call: Shown | None
    waiting: tuple[Caller, ...]
    call_backs: CallBacks
    to_do: tuple[ToDo, ...]


def here(asked: str) -> Here:
    """The page at this moment. ``asked``: the call that it shows where the handler is in none."""
    at, world = now(), desk().publication.current()
    present = seen(at)
    with desk().database.read() as connection:
        own = own_call(connection, caller().id)
        one = named(connection, own or (asked if SID.fullmatch(asked) else None))
        waiting = in_order(conversations.those(connection, At.WAITING))
        return Here(
            me_of(connection, present, world, at),
            call_of(connection, one, world, at, own) if one else None,
            tuple(caller_of(connection, other, world, at) for other in waiting),
            call_backs(connection, world),
            to_do(connection, world, at),
        )


def parts(shown: Here) -> dict[str, Markup]:
    """The parts of the page by name."""
    can_answer, can_dial = shown.me.status == Status.AVAILABLE.value, shown.me.status in RESTS
    return {
        "you": _part("you", {}, me=shown.me),
        "call": _part("call", _told_of_call(shown.call), call=shown.call),
        "waiting": _part("waiting", _told_of_queue(shown.waiting), waiting=shown.waiting, can_answer=can_answer),
        "callbacks": _part(
            "callbacks",
            _told_of_call_backs(shown.call_backs),
            found=shown.call_backs,
            can_dial=can_dial,
            outcomes=OUTCOMES,
        ),
        "tasks": _part("tasks", _told_of_tasks(shown.to_do), to_do=shown.to_do),
    }


def asked_for() -> str:
    """The call that the address names."""
    return request.args.get("call", "")


@blueprint.get("/now")
def changed() -> Response:
    """The parts, or 304 for a page that has them."""
    return answered(asked_for())


def answered(asked: str) -> Response:
    """The parts as the script takes them, with the mark of them all."""
    body = "\n".join(parts(here(asked)).values())
    reply = Response(body, content_type="text/html; charset=utf-8")
    reply.set_etag(_mark(body))
    return unless_known(reply)


def _part(name: str, told: Mapping[str, str], **shown: object) -> Markup:
    """One part. ``told`` is what the page says of it aloud: ``say`` once for each new word of ``news``, ``title``."""
    inner = Markup(drawn(name, **shown))  # noqa: S704  # a template of ours, which escapes
    mark = _mark(inner + str(sorted(told.items())))
    return Markup(drawn("part", name=name, told=told, mark=mark, inner=inner))  # noqa: S704  # the same


def _mark(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


def _chosen(one: Caller) -> str:
    return f", {one.chosen}" if one.chosen else ""


def _told_of_call(shown: Shown | None) -> Mapping[str, str]:
    if shown is None:
        return {}
    told = {"call": shown.caller.call, "own": "yes" if shown.is_own else "", "pass": "yes" if shown.can_pass else ""}
    if shown.state == RINGING:
        words = YOUR_PHONE.format(line=shown.caller.line, chosen=_chosen(shown.caller))
        return told | {"loud": "yes", "news": f"ringing-{shown.caller.call}", "say": words, "title": "Ringing"}
    if shown.transfer:
        return told | {"news": f"{shown.transfer.id}-{shown.transfer.state}", "say": shown.transfer.words}
    return told | {"news": f"{shown.state}-{shown.caller.call}", "say": ""}


def _told_of_queue(waiting: tuple[Caller, ...]) -> Mapping[str, str]:
    if not waiting:
        return {}
    count, first = len(waiting), waiting[0]
    words = WAITS.format(count=count, line=first.line, chosen=_chosen(first))
    return {"news": " ".join(one.call for one in waiting), "say": words, "title": f"{count} waiting"}


def _told_of_call_backs(found: CallBacks) -> Mapping[str, str]:
    return {"news": found.news, "say": LATE} if found.news else {}


def _told_of_tasks(found: tuple[ToDo, ...]) -> Mapping[str, str]:
    """Each alert once for each time that it sounds."""
    sounding = [one for one in found if one.sounds]
    news = " ".join(f"{one.task.id}-{one.sounds}" for one in sounding)
    return {"news": news, "say": f"Alert: {sounding[0].task.words}"} if sounding else {}

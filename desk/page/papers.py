"""What is alike in the pages of the desk's papers? Lists, what was typed, what is wrong with it, and the call that it belongs to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import caller
from admin.console.forms import Refusal, Wrong, refusal
from admin.console.pages import asked
from admin.ports import desk, newest_world
from admin.problems import FieldProblem, missing
from desk.page.calls import line_name, named
from desk.page.pages import blueprint, drawn, hour
from desk.paper_children import MOST
from routing.reasons import clock_time
from store.own_call import own_call

Deed = TypeVar("Deed")
LIST = 50
ANOTHER = "another"
OF_A_CHILD = {"name": "full name", "born": "date of birth"}
CHILDREN = {
    f"children.{at}.{part}": f"Child {at + 1}, {said}" for at in range(MOST) for part, said in OF_A_CHILD.items()
}
NOT_CHOSEN = "choose one."
CHOOSE = {"": "Choose one"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A state as a tag of the Design System; without a colour it is the plain one."""

    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of a list: where it is read, what it is called there, its state, and what else is known of it unread."""

    href: str
    name: str
    tags: tuple[Tag, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: ``begin`` leads to the forms, ``states`` are the words by which it is narrowed, ``empty`` says that nothing is there."""

    title: str
    intro: str
    begin: tuple[tuple[str, str], ...]
    states: Mapping[str, str]
    columns: tuple[str, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Own:
    """The call that whoever asks is in, to which a paper may belong."""

    call: str
    words: str


def list_page(here: str, listing: Listing, found: Mapping[str, Any], row: Callable[[Mapping[str, Any]], Row]) -> str:
    """A list, without anything that is sealed."""
    rows = [row(one) for one in found["items"]]
    return drawn(
        "papers/list", here=here, listing=listing, rows=rows, state=state_asked(listing.states), next=found["next"]
    )


def state_asked(states: Mapping[str, str]) -> str:
    """The state by which a list is narrowed; empty: none."""
    wanted = asked("state")
    return wanted if wanted in states else ""


def own() -> Own | None:
    """The call of whoever asks, if they are in one."""
    with desk().database.read() as connection:
        one = named(connection, own_call(connection, caller().id))
    if one is None:
        return None
    return Own(one.call, f"{line_name(one.line, newest_world())}, since {hour(one.queued_at)}")


def authorities() -> dict[str, str]:
    """Every authority, to choose from."""
    every = newest_world().directory.authorities.values()
    return {**CHOOSE, **{one.slug: one.name for one in sorted(every, key=lambda one: one.name)}}


def text(name: str) -> str:
    """A field of the form."""
    return request.form.get(name, "").strip().replace("\r\n", "\n")


def typed(*names: str) -> dict[str, Any]:
    """These fields of the form, as a body of the API holds them: ``enquirer.name`` is within ``enquirer``."""
    found = dict[str, Any]()
    for name in names:
        outer, _, inner = name.partition(".")
        if inner:
            found.setdefault(outer, {})[inner] = text(name)
        else:
            found[outer] = text(name)
    return found


def children_typed() -> list[dict[str, str]]:
    """The children of the form, without its empty rows."""
    rows = ({part: text(f"children.{at}.{part}") for part in OF_A_CHILD} for at in range(MOST))
    return [row for row in rows if any(row.values())]


def asks_for_another() -> bool:
    """Whether one more child is to be written down, and nothing sent yet."""
    return request.form.get("step") == ANOTHER


def another() -> int:
    """How many empty rows are shown below those that were filled in."""
    return 1 if asks_for_another() else 0


def made(act: Callable[[], Response]) -> str | Refusal:
    """The id of what was made by the API's own function, or why it was not."""
    replies = list[Response]()
    why = refusal(lambda: replies.append(act()))
    return why or str(replies[0].get_json()["id"])


def wrong(why: Refusal, labels: Mapping[str, str], words: Mapping[str, str] | None = None) -> tuple[Wrong, ...]:
    """Each fault at its field, in the order of the fields; ``words`` by code, where the API's speak to a program."""
    ours, order = {"choice": NOT_CHOSEN, **(words or {})}, [name.replace(".", "-") for name in labels]
    said = replace(why, errors=tuple(_said(error, ours) for error in why.errors)).beside(labels)
    return tuple(sorted(said, key=lambda one: order.index(one.field) if one.field in order else len(order)))


def _said(error: FieldProblem, words: Mapping[str, str]) -> FieldProblem:
    message = words.get(error.code)
    return error.model_copy(update={"message": f"{error.field}: {message}"}) if message else error


def form_page(
    template: str, status: HTTPStatus = HTTPStatus.OK, faults: Iterable[Wrong] = (), **shown: object
) -> Response:
    """A form with what was typed, the call that it may belong to, and what is wrong."""
    around = {"own": own(), "more": another(), "authorities": authorities()}
    page = drawn(f"papers/{template}", wrong=tuple(faults), **around, **shown)
    return Response(page, status)


def named_deed(deeds: Mapping[str, Deed], name: str) -> Deed:
    """What is to be done by the name in an address. 404 where nothing is called so."""
    if name not in deeds:
        raise missing("such deed")
    return deeds[name]


def led_to(endpoint: str, key: str) -> Reply:
    """On to the paper."""
    return redirect(url_for(f"{blueprint.name}.{endpoint}", key=key), HTTPStatus.SEE_OTHER)


@blueprint.app_template_filter("day")
def day(on: str) -> str:
    """``31 May 2019``, of a date as a paper holds it."""
    return f"{date.fromisoformat(on):%-d %b %Y}" if on else ""


def moment(at: str | None) -> str:
    """``Fri 27 Nov 2026 16:00``, of a moment as the API writes it."""
    return clock_time(datetime.fromisoformat(at)) if at else ""


@blueprint.app_template_filter("who")
def name_of(who: str) -> str:
    """Whoever did something, without the id that stands behind their name in the trail."""
    return who.rpartition(" (")[0] or who

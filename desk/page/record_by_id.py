"""What does a contact record's own page show, and how is it written there? What was not changed is not sent: nobody's words are lost."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from flask import Response, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, refusal
from admin.ports import desk, newest_world
from admin.problems import ProblemError
from desk.contact_access import refuse_closed
from desk.contact_records import new_link, one_history
from desk.contact_shapes import ContactBody, ContactPath, LinkBody
from desk.contact_values import Value
from desk.contacts import known, put_contact, record_by_id
from desk.fields import BY_CODE, CAMBRIDGESHIRE, Kind, label_of
from desk.page import record
from desk.page.pages import blueprint, drawn, second
from desk.page.papers import led_to, name_of, text, typed, wrong
from desk.page.record import Record
from desk.page.untouched import WAS, changed, marks
from desk.task_shapes import TaskQuery
from desk.tasks import every_task
from routing.clock import local
from store.contacts import Contact

TITLE = "What was told"
EVERY_TASK = 200
DIGITS = 9
LINKS = {"same-family": "It is of the same family", "parent-under-18": "It is of a parent who is under 18"}
OF_LINK = {"other": "The id of the other record", "as": "How it belongs to this one"}
THEIRS = "{label}: {who} changed it after you had opened the record. What is kept now stands above; save again to put yours there."


@blueprint.get("/records/<key>")
def contact_record(key: str) -> Response:
    """A record; that it was read is noted."""
    return shown(record_by_id(key))


@blueprint.post("/records/<key>")
def save_contact_record(key: str) -> Reply:
    """Save what was changed on the page, unless a colleague has changed the same since."""
    given, path = changed(request.form), ContactPath(id=key)
    if not given:
        return led_to("contact_record", key)
    if theirs := _theirs(path, given):
        faults = tuple(
            Wrong(_element(code), THEIRS.format(label=BY_CODE[code].label, who=who)) for code, who in theirs.items()
        )
        return shown(record_by_id(key), HTTPStatus.PRECONDITION_FAILED, faults, given, tuple(theirs))
    why = refusal(lambda: put_contact(path=path, body=ContactBody.model_validate({"fields": given})))
    return shown(record_by_id(key), why.status, record.not_kept(why), given) if why else led_to("contact_record", key)


@blueprint.post("/records/<key>/name")
def show_name_of_record(key: str) -> Response:
    """Show who the caller is who asks not to be named, for a reason."""
    try:
        why = record.reason()
    except ProblemError as fault:
        return shown(record_by_id(key), fault.status, (Wrong("why", fault.detail),))
    held = record_by_id(key, why)
    if held["hidden"]:
        raise ProblemError(HTTPStatus.FORBIDDEN, record.NOT_NAMED)
    return shown(held)


@blueprint.post("/records/<key>/link")
def link_record(key: str) -> Reply:
    """Note that another record belongs to this one."""
    body = LinkBody.model_validate(typed(*OF_LINK))
    why = refusal(lambda: new_link(path=ContactPath(id=key), body=body))
    return shown(record_by_id(key), why.status, wrong(why, OF_LINK)) if why else led_to("contact_record", key)


def open_record(key: str) -> Contact:
    """A record that whoever asks may see, with its fields sealed. 404, 403."""
    with desk().database.read() as connection:
        found = known(connection, key)
        refuse_closed(connection, found)
    return found


def is_rated(authority: str) -> bool:
    """Whether the authority's procedure knows ratings."""
    return authority in CAMBRIDGESHIRE


def shown(
    held: Record,
    status: HTTPStatus = HTTPStatus.OK,
    faults: tuple[Wrong, ...] = (),
    over: Mapping[str, Value] | None = None,
    theirs: tuple[str, ...] = (),
) -> Response:
    """The page. ``over``: what was typed and not kept; ``theirs``: fields that somebody else changed meanwhile."""
    tasks: Record = every_task(query=TaskQuery(about=held["id"], limit=EVERY_TASK))
    authority = newest_world().directory.authorities.get(held["authority"])
    page = drawn(
        "papers/record", one=held, record=_form(held, over), tasks=tasks["items"], wrong=faults, links=LINKS,
        authority=authority.name if authority else "", rated=is_rated(held["authority"]),
        now=[_worded(held, code) for code in theirs], given={name: text(name) for name in OF_LINK},
    )  # fmt: skip
    return Response(page, status)


def _form(held: Record, over: Mapping[str, Value] | None) -> Record:
    key, at = held["id"], datetime.fromisoformat(held["saved_at"])
    return {
        "title": TITLE,
        "call": held["call"] or "",
        "saved": f"{second(at)}, {local(at):%a %-d %b %Y}",
        "save": url_for("desk_page.save_contact_record", key=key),
        "name": url_for("desk_page.show_name_of_record", key=key),
        "shown": {"seen": held["version"], WAS: marks(held["fields"])},
        **record.form_of(held, over),
    }


def _theirs(path: ContactPath, given: Mapping[str, Value]) -> dict[str, str]:
    """Which of the fields somebody has changed since the page was opened, and who."""
    open_record(path.id)
    seen = request.form.get("seen", "")[:DIGITS]
    if not seen.isdecimal():
        return {}
    history: Record = one_history(path=path)
    saves = [save for save in history["items"] if save["version"] > int(seen)]
    return {code: name_of(save["who"]) for save in saves for code in save["fields"] if code in given}


def _element(code: str) -> str:
    return f"f-{code}-0-name" if BY_CODE[code].kind is Kind.PEOPLE else f"f-{code}"


def _worded(held: Record, code: str) -> tuple[str, str]:
    """A field's label, and what it holds, in words."""
    field, value = BY_CODE[code], held["fields"].get(code, "")
    if isinstance(value, str):
        return field.label, label_of(field, value) or "Nothing"
    return field.label, "\n".join(", ".join(filter(None, person.values())) for person in value) or "Nobody"

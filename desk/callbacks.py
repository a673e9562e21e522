"""Who is to be called back? Those who asked for it on the line and those whom handlers have booked, in one list."""

from collections.abc import Mapping

from flask import Response

from admin.auth import caller
from admin.blueprints import resource_api
from admin.listing import document, page
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults
from admin.shapes import moment_in
from admin.versions import created_as
from desk.callback_bookings import follow
from desk.callback_shapes import BackOut, CallBackBody, CallBackList, CallBackPath, CallBackQuery, CallBackText
from desk.callback_showing import known, listed, read, shown
from desk.callback_taking import booked
from store import callbacks
from store.callbacks import ACTIVE, Stand

api = resource_api("callbacks", "Call-backs, booked by callers and by handlers.")


@api.get("/callbacks", responses={200: CallBackList})
def every_call_back(query: CallBackQuery) -> Mapping[str, object]:
    """Call-backs, those rated red first, then the sooner due. Without a state: those that are still to be made."""
    faults = Faults()
    before = moment_in("due_before", query.due_before, faults)
    if query.state and query.state not in tuple(Stand):
        faults.say("state", "choice", f"use {', '.join(Stand)}.")
    CallBackBody().refuse(faults)
    follow(desk().database, desk().publication.current(), now())
    owner = caller().id if query.owner == "me" else query.owner
    with desk().database.read() as connection:
        found = callbacks.those(connection, (Stand(query.state),) if query.state else ACTIVE)
        wanted = [
            one
            for one in found
            if owner in ("", one.owner)
            and query.authority in ("", one.authority)
            and (before is None or one.target < before)
        ]
        cut = page(wanted, callbacks.place_of, query)
        return document(listed(connection, cut.items), cut.next)


@api.post("/callbacks", responses={201: BackOut})
def new_call_back(body: CallBackBody) -> Response:
    """Book a call-back. Where one to the same number is still to be made it joins that one, and that one is answered."""
    world = newest_world()
    with desk().database.write_in_order() as connection:
        made = booked(connection, world, body)
        answer = shown(connection, made.id)
    return created_as(answer, f"{API}/callbacks/{made.id}")


@api.get("/callbacks/<id>", responses={200: CallBackText})
def one_call_back(path: CallBackPath) -> Mapping[str, object]:
    """A call-back with what was written down; that you read it is noted."""
    follow(desk().database, desk().publication.current(), now())
    with desk().database.write_in_order() as connection:
        return read(connection, known(connection, path.id))

"""On which switchboard is each body reached that checks are answered for? An admin enters it; it stands in no source (C:85)."""

from collections.abc import Mapping

from admin.auth import author
from admin.blueprints import resource_api
from admin.listing import document
from admin.ports import desk, newest_world, now
from admin.problems import Faults, missing
from admin.shapes import moment_out, number_out
from desk.bodies import BODIES, Body
from desk.callback_shapes import BodyList, BodyOut, BodyPath, SwitchboardBody
from desk.targets import EMERGENCY
from directory.numbers import Number, NumberRefusal, number_from
from directory.problems import Fault
from directory.rows import number_for
from store import callbacks, switchboards
from store.audit import Deed
from store.switchboards import Switchboard

NO_REASON = "say where this switchboard was found, so that others can trust it."

api = resource_api("bodies", "The bodies that checks are answered for, and their switchboards.")


@api.get("/bodies", responses={200: BodyList})
def every_body() -> Mapping[str, object]:
    """The eleven bodies of the list, as they are printed."""
    with desk().database.read() as connection:
        known = switchboards.every(connection)
    return document([_shown(body, known.get(body.code)) for body in BODIES.values()], None)


@api.put("/bodies/<code>/switchboard", responses={200: BodyOut})
def put_switchboard(path: BodyPath, body: SwitchboardBody) -> Mapping[str, object]:
    """Enter the switchboard of a body; checks that waited for it can be made from now on."""
    if path.code not in BODIES:
        raise missing(f"body “{path.code[:40]}”")
    number, doer = _number(body), author(body.why)
    new = Switchboard(path.code, number.e164, now(), doer.who)
    with desk().database.write_in_order() as connection:
        switchboards.enter(connection, new, Deed(doer.who, "", "", "", None, None, doer.why))
        callbacks.opens_checks(connection, path.code)
    return _shown(BODIES[path.code], new)


def _number(body: SwitchboardBody) -> Number:
    """The number, and a reason with it. 422 with every fault."""
    faults = Faults()
    found = number_for(body.number, newest_world().directory, "")
    if not body.number:
        faults.note("number", Fault.MISSING)
    elif number_from(body.number) is NumberRefusal.SHORT_CODE:
        faults.say("number", "emergency", EMERGENCY)
    elif not isinstance(found, Number):
        faults.note("number", found, body.number)
    if not author(body.why).why:
        faults.say("why", "missing", NO_REASON)
    body.refuse(faults)
    if not isinstance(found, Number):
        raise TypeError(body.number)
    return found


def _shown(body: Body, known: Switchboard | None) -> Mapping[str, object]:
    return BodyOut(
        code=body.code, name=body.name, source=body.source,
        switchboard=number_out(Number(known.number), None) if known else None,
        entered_at=moment_out(known.entered_at) if known else None, entered_by=known.entered_by if known else "",
    ).model_dump(mode="json")  # fmt: skip

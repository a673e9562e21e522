"""Is a child open to one of the case systems, and who works with them? (D:12-D:16, B:16)"""

from collections.abc import Mapping
from dataclasses import replace

from admin.auth import author
from admin.blueprints import resource_api
from admin.ports import desk, newest_world, now
from admin.problems import Faults
from admin.shapes import moment_out, office_number
from desk.case_answers import OpenTo, Reached, answer_not_open, answer_open
from desk.case_shapes import CaseAnswer, CaseBody, CaseOut, CaseWorkerOut
from desk.case_systems import SYSTEMS, HandKept, Standing, merged
from desk.contact_access import deed
from desk.contact_records import CHILD_NEEDED
from desk.contact_shapes import ChildBody
from desk.contact_values import NOT_BORN, is_date, match_of
from desk.sealed import sealer
from directory.model import Person
from directory.problems import Fault
from directory.search import MOBILE
from directory.snapshot import Snapshot
from store import audit, cases
from store.cases import CaseEntry
from store.database import Transaction

NOT_A_SYSTEM = f"use one of {', '.join(SYSTEMS)}."
NOT_A_STATE = f"use one of {', '.join(Standing)}."
NO_WORKER = "a child who is open has an allocated worker; name them, or a team."
ASK_BY_HAND = "Look in {systems} and enter what it says by PUT /cases, then ask again; nothing is entered yet."

api = resource_api("cases", "Who works with a child, by the two case systems.")


@api.post("/case-look-up", responses={200: CaseAnswer})
def look_up(body: ChildBody) -> Mapping[str, object]:
    """Ask both systems for a child, by full name and date of birth. That it was asked is noted, not for whom."""
    faults = Faults()
    _named(body, faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        note = replace(deed(body.why), what="look up", kind="reading", slug="case")
        audit.note(connection, note, now())
        return _answer(HandKept(connection, sealer()).of_child(body.name, body.born))


@api.put("/cases", responses={200: CaseAnswer})
def put_case(body: CaseBody) -> Mapping[str, object]:
    """Enter what a case system says of a child, or correct it."""
    faults, directory = Faults(), newest_world().directory
    _named(body, faults)
    _sound(body, directory, faults)
    body.refuse(faults)
    with desk().database.write_in_order() as connection:
        _put(connection, body, directory)
        return _answer(HandKept(connection, sealer()).of_child(body.name, body.born))


def _named(body: ChildBody, faults: Faults) -> None:
    if not (body.name and body.born):
        faults.say("name", "missing", CHILD_NEEDED)
    elif not is_date(body.born):
        faults.say("born", "date", NOT_BORN.format(given=body.born[:40]))


def _sound(body: CaseBody, directory: Snapshot, faults: Faults) -> None:
    if body.system not in SYSTEMS:
        faults.say("system", "choice", NOT_A_SYSTEM)
    if body.state not in list(Standing):
        faults.say("state", "choice", NOT_A_STATE)
    if body.state == Standing.OPEN and not (body.worker or body.team):
        faults.say("worker", "missing", NO_WORKER)
    for field, slug in (("worker", body.worker), ("manager", body.manager)):
        if slug and slug not in directory.people:
            faults.note(field, Fault.UNKNOWN, slug)
    if body.team and body.team not in directory.teams:
        faults.note("team", Fault.UNKNOWN, body.team)


def _put(connection: Transaction, body: CaseBody, directory: Snapshot) -> None:
    match, note = match_of(body.name, body.born, sealer()), deed(body.why)
    if body.state == Standing.UNKNOWN:
        cases.take_out(connection, match, body.system, note, now())
        return
    worker = directory.people.get(body.worker) if body.state == Standing.OPEN else None
    known = body.state == Standing.OPEN
    manager = body.manager or (worker.manager if worker else "") or ""
    team = body.team or (worker.team if worker else "")
    who = (body.worker, manager, team) if known else ("", "", "")
    cases.put(connection, CaseEntry(match, body.system, body.state, *who, now(), author(body.why).who), note)


def _answer(found: Mapping[str, CaseEntry]) -> Mapping[str, object]:
    directory, state = newest_world().directory, merged(found)
    missing = [name for system, name in SYSTEMS.items() if system not in found]
    replies = {
        Standing.OPEN: answer_open([_open_to(one, directory) for one in found.values() if one.state == Standing.OPEN]),
        Standing.NOT_OPEN: answer_not_open(list(SYSTEMS.values())),
        Standing.UNKNOWN: "",
    }
    return CaseAnswer(
        state=state.value, systems=[_case(system, found.get(system), directory) for system in SYSTEMS], reply=replies[state],
        remedy=ASK_BY_HAND.format(systems=" and ".join(missing)) if missing else "",
    ).model_dump(mode="json")  # fmt: skip


def _case(system: str, entry: CaseEntry | None, directory: Snapshot) -> CaseOut:
    if entry is None:
        return CaseOut(
            system=system, name=SYSTEMS[system], state=Standing.UNKNOWN.value, worker=None, manager=None, team="",
            entered_at=None, entered_by="",
        )  # fmt: skip
    worker, manager = directory.people.get(entry.worker), directory.people.get(entry.manager)
    return CaseOut(
        system=system, name=SYSTEMS[system], state=entry.state, worker=_out(worker, directory),
        manager=_out(manager, directory), team=_team(entry, directory), entered_at=moment_out(entry.entered_at),
        entered_by=entry.entered_by,
    )  # fmt: skip


def _out(person: Person | None, directory: Snapshot) -> CaseWorkerOut | None:
    if person is None:
        return None
    team = directory.teams.get(person.team)
    authority = directory.authorities.get(team.authority) if team else None
    shown = (office_number(number, authority) for number in person.numbers)
    return CaseWorkerOut(slug=person.slug, name=person.name, numbers=[number for number in shown if number])


def _open_to(entry: CaseEntry, directory: Snapshot) -> OpenTo:
    people = (directory.people.get(slug) for slug in (entry.worker, entry.manager))
    worker, manager = (_reached(person) for person in people)
    return OpenTo(SYSTEMS[entry.system], worker, manager, _team(entry, directory))


def _reached(person: Person | None) -> Reached:
    if person is None:
        return Reached("")
    mobiles = [one.national for one in person.numbers if one.e164.startswith(MOBILE)]
    offices = [one.national for one in person.numbers if not one.e164.startswith(MOBILE)]
    return Reached(person.name, ", ".join(offices), ", ".join(mobiles))


def _team(entry: CaseEntry, directory: Snapshot) -> str:
    team = directory.teams.get(entry.team)
    return team.name if team else ""

"""Tasks over the API: in order, taken, done, noted under seal; on both databases."""

from app import Application
from store import tables, tables_tasks
from store.audit import Deed
from store.keys import Role
from store.tasks import AMBER, RED, Task, TaskState, add, close, of_record
from tests.admin.desk_client import Holder, holder
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of

DEED = Deed("a test", "", "task", "", None, None)


def test_the_most_urgent_comes_first_then_the_sooner_due(office: Application, ida: Holder, wall: WallClock) -> None:
    at = wall.now()
    with office.database.write_in_order() as connection:
        for key, urgency, hour in (("a" * 16, 0, 1), ("b" * 16, AMBER, 3), ("c" * 16, AMBER, 2), ("d" * 16, RED, 4)):
            due = at.replace(hour=at.hour + hour)
            task = Task(key, "minutes", "derby", "contact", key, "", at, due, due, urgency=urgency)
            add(connection, task, DEED, at)
        add(connection, Task("e" * 16, "dash", "derby", "contact", "x", "", at, None, None), DEED, at)
    order = [task["id"][0] for task in given(ida, "/tasks")["items"]]
    assert order == ["d", "c", "b", "a", "e"]
    first = given(ida, "/tasks?limit=2")
    rest = given(ida, f"/tasks?cursor={first['next']}")
    assert [task["id"][0] for task in first["items"] + rest["items"]] == order


def test_a_second_task_of_a_kind_is_not_opened_while_the_first_is_open(office: Application, wall: WallClock) -> None:
    at = wall.now()
    with office.database.write_in_order() as connection:
        add(connection, Task("a" * 16, "dash", "", "contact", "r", "", at, None, None), DEED, at)
        add(connection, Task("b" * 16, "dash", "", "contact", "r", "", at, None, None), DEED, at)
        close(connection, "dash", "r", TaskState.DONE, DEED, at)
        close(connection, "dash", "r", TaskState.DONE, DEED, at)
        add(connection, Task("c" * 16, "dash", "", "contact", "r", "", at, None, None), DEED, at)
        found = [(task.id[0], task.state.value) for task in of_record(connection, "contact", "r")]
        trail = tables.audit
        deeds = connection.execute(trail.select().where(trail.c.kind == "task").order_by(trail.c.sequence)).all()
    assert found == [("a", "done"), ("c", "open")]
    assert [(row.what, row.slug[0]) for row in deeds] == [("begin", "a"), ("done", "a"), ("begin", "c")]


def test_a_task_is_taken_and_passes_to_whoever_takes_it_next(ida: Holder, tom: Holder) -> None:
    record = contact(ida)
    key = tasks_of(ida, record)["decision"]["id"]
    sent(ida, "POST", f"/tasks/{key}/take", {})
    assert [task["id"] for task in given(ida, "/tasks?owner=me")["items"]] == [key]
    sent(tom, "POST", f"/tasks/{key}/take", {})
    assert given(ida, "/tasks?owner=me")["items"] == []
    assert [task["id"] for task in given(tom, "/tasks?owner=me")["items"]] == [key]


def test_what_is_noted_is_sealed_and_read_again(office: Application, ida: Holder, tom: Holder) -> None:
    record = contact(ida)
    key = tasks_of(ida, record)["decision"]["id"]
    done = sent(tom, "POST", f"/tasks/{key}/done", {"note": "Ann Example is safe.\nSeen today."})
    assert (done["state"], done["note"]) == ("done", "Ann Example is safe.\nSeen today.")
    assert given(ida, f"/tasks/{key}")["note"] == "Ann Example is safe.\nSeen today."
    assert tom.sends("POST", f"/tasks/{key}/done", {}).status_code == 409
    assert tom.sends("POST", f"/tasks/{key}/take", {}).status_code == 409
    with office.database.read() as connection:
        row = connection.execute(tables_tasks.task.select().where(tables_tasks.task.c.id == key)).one()
        trail = connection.execute(tables.audit.select()).all()
    assert "Example" not in row.note + str([tuple(one) for one in trail])


def test_the_note_of_a_closed_record_is_kept_from_those_to_whom_it_is_closed(ida: Holder, tom: Holder) -> None:
    record = contact(ida, staff_family="yes")
    key = tasks_of(tom, record)["head-of-service"]["id"]
    sent(ida, "POST", f"/tasks/{key}/done", {"note": "Huntingdon acts."})
    assert given(ida, f"/tasks/{key}")["note"] == "Huntingdon acts."
    assert given(tom, f"/tasks/{key}")["note"] == ""


def test_tasks_are_asked_for_by_authority_role_and_kind(ida: Holder) -> None:
    here, there = contact(ida), contact(ida, "derbyshire")
    of = {task["about"] for task in given(ida, "/tasks?authority=derbyshire")["items"]}
    assert of == {there}
    assert [task["about"] for task in given(ida, "/tasks?role=team-manager&kind=decision")["items"]] == [here]
    assert given(ida, "/tasks?role=nobody")["items"] == []


def test_whose_a_task_is_stands_in_the_directory_where_it_is_entered(ida: Holder) -> None:
    record = contact(ida, staff_family="yes", caller="school", consent="refused")
    found = tasks_of(ida, record)
    assert found["decision"]["named_role"] == "cambridgeshire-team-manager"
    other = contact(ida, "derby", staff_family="yes")
    assert tasks_of(ida, other)["head-of-service"]["named_role"] is None


def test_auditors_see_what_is_open_and_not_what_was_noted(office: Application, ida: Holder) -> None:
    record = contact(ida)
    auditor = holder(office, Role.AUDITOR)
    key = tasks_of(auditor, record)["decision"]["id"]
    assert auditor.asks(f"/tasks/{key}").status_code == 403


def test_a_task_that_is_not_there_is_404(ida: Holder) -> None:
    for method, path in (("GET", ""), ("POST", "/take"), ("POST", "/done")):
        for key in ("0123456789abcdef", "none"):
            assert ida.sends(method, f"/tasks/{key}{path}", None if method == "GET" else {}).status_code == 404

"""Messages on open cases: three roles, each reads theirs, by name; on both databases."""

from app import Application
from store import tables, tables_papers
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.wall_clock import contact, given, sent, tasks_of

TEXT = "Ann Example's father is back."


def body(about: str, **more: object) -> dict[str, object]:
    return {"authority": "cambridgeshire", "about": about, "text": TEXT, **more}


def test_three_roles_are_told_and_the_task_to_tell_them_ends(ida: Holder) -> None:
    record = contact(ida, open_case="yes")
    assert "open-case-message" in tasks_of(ida, record)
    made = sent(ida, "POST", "/messages", body(record), 201)["items"]
    roles = {message["role"]: message["id"] for message in made}
    assert set(roles) == {"social-worker", "consultant-social-worker", "unit-coordinator"}
    assert "open-case-message" not in tasks_of(ida, record)
    for role, key in roles.items():
        assert [task["role"] for task in tasks_of(ida, key).values()] == [role]


def test_one_role_alone_leaves_the_others_to_be_told(ida: Holder) -> None:
    record = contact(ida, open_case="yes")
    made = sent(ida, "POST", "/messages", body(record, to=["social-worker", "social-worker"]), 201)["items"]
    assert [message["role"] for message in made] == ["social-worker"]
    assert "open-case-message" in tasks_of(ida, record)


def test_reading_is_noted_and_only_acknowledging_ends_the_task(office: Application, ida: Holder, tom: Holder) -> None:
    record = contact(ida, open_case="yes")
    key = sent(ida, "POST", "/messages", body(record, to=["social-worker"]), 201)["items"][0]["id"]
    assert given(tom, f"/messages/{key}")["parts"] == {"text": TEXT}
    (task,) = tasks_of(tom, key).values()
    assert tom.sends("POST", f"/tasks/{task['id']}/done", {}).status_code == 409
    assert tasks_of(tom, key) != {}
    read = sent(tom, "POST", f"/messages/{key}/acknowledge", {})
    assert (read["state"], read["read_by"].split(" (")[0]) == ("read", "Tom Manager")
    assert tasks_of(tom, key) == {}
    assert tom.sends("POST", f"/messages/{key}/acknowledge", {}).status_code == 409
    with office.database.read() as connection:
        trail = connection.execute(tables.audit.select()).all()
        kept = connection.execute(tables_papers.message.select()).all()
    assert [row.who.split(" (")[0] for row in trail if (row.kind, row.slug) == ("reading", key)] == ["Tom Manager"] * 2
    assert "Example" not in str([tuple(row) for row in (*kept, *trail)])


def test_the_list_says_who_wrote_when_and_not_what(ida: Holder) -> None:
    record = contact(ida)
    sent(ida, "POST", "/messages", body(record), 201)
    found = given(ida, f"/messages?state=unread&about={record}")["items"]
    assert len(found) == 3
    assert "Example" not in str(found)
    assert given(ida, "/messages?state=read")["items"] == []
    assert given(ida, "/messages?authority=derby")["items"] == []


def test_every_fault_is_told_at_once(ida: Holder) -> None:
    reply = ida.sends(
        "POST", "/messages", {"authority": "atlantis", "about": "nobody", "to": ["a friend"], "call": "a.b"}
    )
    assert codes(reply) == {
        "authority": "unknown", "about": "unknown", "to.0": "unknown", "text": "missing", "call": "sid",
    }  # fmt: skip
    assert given(ida, "/messages")["items"] == []


def test_a_closed_record_is_neither_written_about_nor_read_of(ida: Holder, tom: Holder) -> None:
    record = contact(ida, staff_family="yes")
    assert tom.sends("POST", "/messages", body(record)).status_code == 403
    key = sent(ida, "POST", "/messages", body(record), 201)["items"][0]["id"]
    assert tom.asks(f"/messages/{key}").status_code == 403
    assert tom.sends("POST", f"/messages/{key}/acknowledge", {}).status_code == 403
    assert given(ida, f"/messages/{key}")["state"] == "unread"


def test_messages_are_handlers_alone(office: Application, ida: Holder) -> None:
    for role in (Role.AUDITOR, Role.VIEWER, Role.EDITOR):
        assert holder(office, role).asks("/messages").status_code == 403
    assert ida.asks("/messages/0123456789abcdef").status_code == 404

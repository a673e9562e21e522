"""Who works with a child, by two case systems that are kept by hand; on both databases."""

from typing import Any

from app import Application
from desk.case_answers import OpenTo, Reached, answer_not_open, answer_open
from store import tables, tables_papers
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.wall_clock import sent

ANN = {"name": "Ann Example", "born": "2019-05-31"}
WORKER, MANAGER = "w-5b90a8", "w-37d4c1"


def enters(by: Holder, system: str, state: str, **more: Any) -> dict[str, Any]:
    return sent(by, "PUT", "/cases", {**ANN, "system": system, "state": state, **more})


def asks(by: Holder, **child: str) -> dict[str, Any]:
    return sent(by, "POST", "/case-look-up", {**ANN, **child})


def test_a_child_who_is_open_to_one_system_is_open_with_worker_manager_and_team(ida: Holder) -> None:
    enters(ida, "eclipse", "open", worker=WORKER)
    found = asks(ida, name="ann EXAMPLE")
    first = found["systems"][0]
    assert (found["state"], first["worker"]["slug"], first["manager"]["slug"]) == ("open", WORKER, MANAGER)
    assert first["worker"]["numbers"][0]["national"] == "020 7946 0271"
    for part in ("Fenella Sampling", "Harriet Mockingham", "Team: ", "office number: 020 7946 0271", "not held by us"):
        assert part in found["reply"]


def test_not_open_is_said_only_once_both_systems_were_asked(ida: Holder) -> None:
    assert (asks(ida)["state"], asks(ida)["reply"]) == ("unknown", "")
    enters(ida, "eclipse", "not-open")
    half = asks(ida)
    assert (half["state"], half["reply"]) == ("unknown", "")
    assert "Right for Children" in half["remedy"]
    enters(ida, "right-for-children", "not-open")
    whole = asks(ida)
    assert (whole["state"], whole["remedy"]) == ("not-open", "")
    assert "MASH" in whole["reply"]


def test_an_entry_is_corrected_and_taken_out(ida: Holder) -> None:
    enters(ida, "eclipse", "open", worker=WORKER)
    enters(ida, "eclipse", "not-open", worker=WORKER)
    assert asks(ida)["systems"][0]["worker"] is None
    enters(ida, "eclipse", "unknown")
    assert [one["state"] for one in asks(ida)["systems"]] == ["unknown", "unknown"]


def test_a_worker_who_has_left_the_directory_is_not_known_any_more(ida: Holder, office: Application) -> None:
    enters(ida, "eclipse", "open", worker=WORKER, manager=MANAGER)
    editor = holder(office, Role.EDITOR)
    assert editor.changes("DELETE", f"/people/{WORKER}").status_code == 204
    found = asks(ida)
    assert found["systems"][0]["worker"] is None
    assert "Allocated worker: not held by us" in found["reply"]


def test_every_fault_is_told_at_once(ida: Holder) -> None:
    wrong = {
        "name": "Ann",
        "system": "a drawer",
        "state": "ajar",
        "worker": "nobody",
        "manager": "nobody",
        "team": "none",
    }
    assert codes(ida.sends("PUT", "/cases", wrong)) == {
        "name": "missing", "system": "choice", "state": "choice", "worker": "unknown", "manager": "unknown",
        "team": "unknown",
    }  # fmt: skip
    assert codes(ida.sends("PUT", "/cases", {**ANN, "system": "eclipse", "state": "open"})) == {"worker": "missing"}
    assert codes(ida.sends("POST", "/case-look-up", {"name": "Ann"})) == {"name": "missing"}


def test_no_name_is_kept_and_that_somebody_asked_is_noted(office: Application, ida: Holder) -> None:
    enters(ida, "eclipse", "open", worker=WORKER)
    asks(ida)
    with office.database.read() as connection:
        kept = connection.execute(tables_papers.case_entry.select()).all()
        trail = connection.execute(tables.audit.select()).all()
    assert "Example" not in str([tuple(row) for row in (*kept, *trail)])
    assert [row.what for row in trail if row.kind == "reading"] == ["look up"]
    assert kept[0].match not in str([tuple(row) for row in trail])


def test_the_templates_say_what_is_missing() -> None:
    text = answer_open([OpenTo("Eclipse", Reached("W", mobile="07700 900001"), Reached(""), "")])
    assert "Allocated worker: W\n    office number: not held by us\n    mobile: 07700 900001" in text
    assert "Manager: not held by us" in text
    assert "Team: not held by us" in text
    assert answer_not_open(["Eclipse"]).count("not open") == 1


def test_a_date_of_birth_that_is_none_is_refused(ida: Holder) -> None:
    reply = ida.sends("POST", "/case-look-up", {**ANN, "born": "last spring"})
    assert (reply.status_code, codes(reply)) == (422, {"born": "date"})

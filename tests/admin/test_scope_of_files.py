"""Is an editor who is limited kept to their own by imports, rotas, undo and approvals, too, and told what lies outside?"""

from io import BytesIO

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, codes
from tests.admin.sending import DRY, exported, sends_file, sent_twice
from tests.admin.test_scope import limited
from tests.admin.visitor import signed_in

HEAD = "authority,team,slug,number\n"
NORTH, DERBY = "devon,Initial Response North,devon-ir-north,4050\n", "derby,Night Desk,,020 7946 0300\n"
TEAM = "/teams/devon-ir-north"
EXCEPTION = {"exceptions": [{"number": "0844 496 0000", "reason": "the printed line"}], "why": "by letter"}
PEOPLE = "team,slug,name\n"


@pytest.fixture
def devon(application: Application) -> Holder:
    return limited(application, authorities=("devon",))


@pytest.fixture
def derby(application: Application) -> Holder:
    return limited(application, authorities=("derby",))


def test_a_file_with_one_row_outside_is_refused_as_a_whole_and_the_row_is_named(devon: Holder) -> None:
    reply = sends_file(devon, HEAD + NORTH + DERBY)
    assert (reply.status_code, codes(reply)) == (403, {"row 3": "outside"})
    assert "the authority devon" in reply.get_json()["detail"]
    assert devon.asks(TEAM).get_json()["version"] == 1
    assert devon.asks("/teams/derby-night-desk").status_code == 404
    assert sends_file(devon, HEAD + NORTH).status_code == 200


def test_the_preview_names_the_rows_outside_before_anybody_tries(devon: Holder) -> None:
    seen = sends_file(devon, HEAD + NORTH + DERBY, DRY).get_json()
    assert [(one["field"], one["code"]) for one in seen["problems"]] == [("row 3", "outside")]
    assert sends_file(devon, HEAD + NORTH, DRY).get_json()["problems"] == []


def test_what_is_wrong_beside_it_is_told_at_the_same_time(devon: Holder) -> None:
    reply = sends_file(devon, HEAD + NORTH.replace("4050", "999") + DERBY)
    assert (reply.status_code, codes(reply)) == (403, {"row 2, number": "number-short-code", "row 3": "outside"})


def test_the_pages_refuse_it_in_the_same_words(application: Application) -> None:
    browser = signed_in(application, Role.EDITOR, authorities=("devon",))
    file = {"file": (BytesIO((HEAD + DERBY).encode()), "t.csv"), "csrf_token": browser.token()}
    page = browser.client.post("/admin/imports", data=file, content_type="multipart/form-data")
    assert "row 2: this is not yours to change" in page.get_data(as_text=True)


def test_an_editor_of_a_team_imports_its_people_only(application: Application) -> None:
    own = limited(application, teams=("devon-ir-north",))
    assert sends_file(own, PEOPLE + "devon-ir-north,,Nora Inventling\n").status_code == 200
    reply = sends_file(own, PEOPLE + "devon-ir-north,,Otto Inventling\nderby-assessment-1,,Olga Inventling\n")
    assert (reply.status_code, codes(reply)) == (403, {"row 3": "outside"})


def test_nobody_is_moved_into_ones_own_by_a_file(derby: Holder, devon: Holder) -> None:
    moved = PEOPLE + "devon-ir-north,w-ed6205,Somebody\n"
    assert codes(sends_file(devon, moved)) == {"row 2": "outside"}
    assert codes(sends_file(derby, moved)) == {"row 2": "outside"}


def test_what_a_file_lacks_is_not_removed_where_it_lies_outside(devon: Holder) -> None:
    lines = exported(devon, "people.csv").decode().splitlines()
    rest = "\n".join(line for line in lines if "w-ed6205" not in line)
    reply = sends_file(devon, rest, "?replace=true")
    assert (reply.status_code, codes(reply)) == (403, {"person w-ed6205": "outside"})
    assert devon.asks("/people/w-ed6205").status_code == 200


def test_a_limited_editor_takes_everything_out_and_sends_it_back_unchanged(devon: Holder, admin: Holder) -> None:
    content = exported(devon, "teams.csv")
    assert content == exported(admin, "teams.csv")
    assert sends_file(devon, content, "?replace=true").status_code == 200


def test_a_rota_outside_is_looked_at_and_not_changed(derby: Holder, devon: Holder) -> None:
    turn = [{"from": "2026-11-27T17:00", "until": "2026-12-04T17:00", "number": "020 7946 0301"}]
    reply = derby.changes("PUT", f"{TEAM}/rota", turn, seen_at=TEAM)
    assert (reply.status_code, codes(reply)) == (403, {"team devon-ir-north": "outside"})
    assert derby.asks(f"{TEAM}/rota").get_json()["shifts"] == []
    assert devon.changes("PUT", f"{TEAM}/rota", turn, seen_at=TEAM).status_code == 200


def test_an_import_outside_is_not_undone(admin: Holder, devon: Holder) -> None:
    sent = sends_file(admin, HEAD + NORTH + DERBY).get_json()
    entry = admin.asks(f"/audit?q={sent['group']}&limit=1").get_json()["items"][0]["sequence"]
    reply = devon.sends("POST", f"/audit/{entry}/undo", {})
    assert (reply.status_code, codes(reply)) == (403, {"team derby-night-desk": "outside"})
    assert admin.asks("/teams/derby-night-desk").status_code == 200
    assert admin.sends("POST", f"/audit/{entry}/undo", {}).status_code == 200


def test_an_exception_outside_is_neither_asked_for_nor_approved_nor_rejected(
    application: Application, admin: Holder
) -> None:
    derby, devon = (limited(application, Role.ADMIN, authorities=(one,)) for one in ("derby", "devon"))
    path = "/authorities/devon"
    assert derby.changes("PATCH", path, EXCEPTION).status_code == 403
    asked = admin.changes("PATCH", path, EXCEPTION).get_json()["id"]
    assert derby.sends("POST", f"/approvals/{asked}/approve", {}).status_code == 403
    assert derby.sends("POST", f"/approvals/{asked}/reject", {"why": "no"}).status_code == 403
    assert derby.asks(f"/approvals/{asked}").get_json()["state"] == "waiting"
    assert devon.sends("POST", f"/approvals/{asked}/approve", {}).status_code == 200


def test_a_confirmation_opens_nothing_that_lies_outside(devon: Holder, admin: Holder) -> None:
    emptied = HEAD + "derby,Derby City assessment,derby-assessment-1,\n"
    assert sends_file(devon, emptied).status_code == 403
    assert sends_file(devon, emptied, "?confirm=guessed").status_code == 403
    assert sent_twice(admin, HEAD + NORTH.replace("4050", "")).status_code == 200


@pytest.mark.parametrize("kind", ["rotas", "closures", "lines", "bank-holidays"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_other_files_go_out_to_editors_and_come_in_without_a_change(editor: Holder, kind: str, ending: str) -> None:
    content = exported(editor, f"{kind}.{ending}")
    assert sends_file(editor, content).status_code == 200


def test_authorities_lines_and_bank_holidays_are_for_admins(admin: Holder, editor: Holder) -> None:
    numbers = "line,answers\ndevon,020 7946 0180\n"
    reply = sends_file(editor, numbers)
    assert (reply.status_code, codes(reply)) == (403, {"row 2": "outside"})
    assert "Only an administrator" in reply.get_json()["detail"]
    assert editor.asks("/exports/authorities.csv").status_code == 403
    assert sent_twice(admin, numbers).status_code == 200
    assert admin.asks("/lines/devon").get_json()["numbers"][0]["national"] == "020 7946 0180"
    assert sends_file(admin, exported(admin, "authorities.csv")).status_code == 200


def test_a_file_brings_in_no_exception_from_the_policy(admin: Holder) -> None:
    text = "authority,exceptions\ndevon,0844 496 0000=the printed line\n"
    reply = sends_file(admin, text)
    assert (reply.status_code, codes(reply)) == (422, {"row 2": "approval"})
    assert admin.asks("/authorities/devon").get_json()["exceptions"] == []


def test_a_rota_comes_in_by_file_and_rings_on_the_next_call(editor: Holder, derby: Holder) -> None:
    text = "team,from,until,who,note\ndevon-ir-north,2026-11-20T17:00,2026-11-27T17:00,020 7946 0301,winter\n"
    assert codes(sends_file(derby, text)) == {"row 2": "outside"}
    assert sends_file(editor, text).status_code == 200
    rings = editor.asks("/route?team=devon-ir-north").get_json()["rings"]
    assert rings[0]["number"]["national"] == "020 7946 0301"
    assert exported(editor, "rotas.csv").decode().splitlines()[1].endswith("020 7946 0301,winter")
    assert sent_twice(editor, "team,who\ndevon-ir-north,\n").status_code == 200
    assert editor.asks(f"{TEAM}/rota").get_json()["shifts"] == []


def test_every_fault_of_the_other_files_is_told_by_row(admin: Holder) -> None:
    turns = "team,from,until,who\nnowhere,2026-11-20,2026-11-19,Nobody\ndevon-ir-north,,2026-11-27,999\n"
    assert codes(sends_file(admin, turns)) == {
        "row 2, team": "unknown", "row 2, until": "order", "row 2, who": "unknown", "row 3, from": "missing",
        "row 3, who": "number-short-code",
    }  # fmt: skip
    closures = "effect,from,until,reason,line,rrule\nshut,2026-12-02,2026-12-01,,nowhere,FREQ=DAILY\n"
    assert codes(sends_file(admin, closures)) == {
        "row 2, effect": "choice", "row 2, until": "order", "row 2, reason": "missing", "row 2, line": "unknown",
        "row 2, rrule": "rule",
    }  # fmt: skip
    numbers = "line,answers\ndevon,020 7946 0102|01392 388481|x\nnowhere,\n"
    assert codes(sends_file(admin, numbers)) == {
        "row 2, answers": "number-characters", "row 3, line": "unknown",
    }  # fmt: skip
    days = "division,date,name\nengland-and-wales,2026-12-25,Christmas Day\nscotland,2026-12-25,\n"
    assert set(codes(sends_file(admin, days)).values()) == {"incomplete", "unknown", "missing", "twice"}
    authorities = "authority,name,digits,prefix,exceptions\nNew One,,9,,999=x|0844 496 0000\n"
    assert set(codes(sends_file(admin, authorities))) == {
        "row 2, authority", "row 2, name", "row 2, digits", "row 2, exceptions",
    }  # fmt: skip

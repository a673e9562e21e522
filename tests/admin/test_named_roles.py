"""Named roles: who holds them, who deputises, who is reached now; entered, changed, taken back, and never shown to the wrong eyes."""

from app import Application
from tests.admin.desk_client import Holder, codes
from tests.admin.sending import exported, sends_file

ROLE = "/roles/cambridgeshire-team-manager"
HOLDER, DEPUTY = "w-37d4c1", "w-0cf593"
HELD = {"holder": HOLDER, "deputies": [DEPUTY], "numbers": ["020 7946 0299"]}


def test_the_roles_that_the_procedures_name_are_there_vacant_and_with_their_lines(editor: Holder) -> None:
    found = {one["slug"]: one for one in editor.asks("/roles").get_json()["items"]}
    lines = {slug: one["source"]["line"] for slug, one in found.items()}
    assert lines["cambridgeshire-team-manager"] == 38
    assert lines["sheffield-list-custodian"] == 45
    assert lines["derbyshire-named-nurse"] == 57
    assert len(lines) == 21
    assert [slug for slug, one in found.items() if not one["vacant"] or one["reached_now"]] == []


def test_a_role_is_given_to_somebody_and_says_who_is_reached(editor: Holder) -> None:
    reply = editor.changes("PATCH", ROLE, HELD)
    assert reply.status_code == 200
    body = reply.get_json()
    assert (body["vacant"], body["holder"], body["deputies"], body["version"]) == (False, HOLDER, [DEPUTY], 2)
    assert (body["reached_now"]["step"], body["reached_now"]["name"]) == ("holder", "Harriet Mockingham")
    assert [one["step"] for one in body["then"]] == ["deputy", "role"]
    assert body["source"]["line"] == 38


def test_while_the_holder_is_away_the_deputy_is_reached(editor: Holder) -> None:
    editor.changes("PATCH", ROLE, HELD)
    away = {"away": [{"from": "2026-11-25T09:00", "until": "2026-11-26T09:00"}]}
    editor.changes("PATCH", f"/people/{HOLDER}", away)
    body = editor.asks(ROLE).get_json()
    assert (body["reached_now"]["step"], body["reached_now"]["person"]) == ("deputy", DEPUTY)
    assert [reason["code"] for reason in body["rejected"]] == ["away"]


def test_every_fault_of_a_role_is_named_at_once(editor: Holder) -> None:
    body = {"name": "", "authority": "nowhere", "team": "devon-ir-north", "holder": "nobody", "deputies": [DEPUTY, DEPUTY],
            "numbers": ["999"]}  # fmt: skip
    assert codes(editor.sends("POST", "/roles", body)) == {
        "name": "missing", "authority": "unknown", "team": "elsewhere", "holder": "unknown", "deputies.1": "twice",
        "numbers.0": "number-short-code",
    }  # fmt: skip
    assert codes(editor.changes("PATCH", ROLE, {"name": "", "team": "nowhere", "holder": DEPUTY, "deputies": [DEPUTY]})) == {
        "name": "missing", "team": "unknown", "deputies.0": "twice",
    }  # fmt: skip


def test_a_new_role_gets_its_slug_from_authority_and_name_and_no_other_may_have_it(editor: Holder) -> None:
    made = editor.sends("POST", "/roles", {"authority": "derby", "name": "Team Manager", "numbers": ["020 7946 0298"]})
    assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/roles/derby-team-manager")
    assert made.get_json()["reached_now"]["number"]["national"] == "020 7946 0298"
    again = editor.sends("POST", "/roles", {"authority": "derby", "name": "Team Manager"})
    assert codes(again) == {"slug": "taken"}


def test_a_stale_writer_changes_no_role(editor: Holder) -> None:
    assert editor.sends("PATCH", ROLE, HELD, If_Match='"v5"').status_code == 412
    assert editor.sends("DELETE", ROLE).status_code == 428
    assert editor.changes("DELETE", ROLE).status_code == 204
    assert editor.asks(ROLE).status_code == 404


def test_whoever_holds_or_deputises_for_a_role_does_not_leave_before_it_is_changed(editor: Holder) -> None:
    editor.changes("PATCH", ROLE, {"holder": DEPUTY})
    reply = editor.changes("DELETE", f"/people/{DEPUTY}")
    assert (reply.status_code, codes(reply)) == (409, {"person": "referred"})
    assert "role cambridgeshire-team-manager" in reply.get_data(as_text=True)
    editor.changes("PATCH", ROLE, {"holder": None})
    assert editor.changes("DELETE", f"/people/{DEPUTY}").status_code == 204


def test_a_team_that_a_role_belongs_to_stays(editor: Holder) -> None:
    made = editor.sends("POST", "/teams", {"authority": "derby", "name": "Legal"})
    editor.sends("POST", "/roles", {"authority": "derby", "name": "Solicitor", "team": made.get_json()["slug"]})
    reply = editor.changes("DELETE", "/teams/derby-legal")
    assert reply.status_code == 409
    assert "role derby-solicitor" in reply.get_data(as_text=True)


def test_a_change_of_a_role_is_taken_back_and_not_onto_somebody_who_is_gone(admin: Holder) -> None:
    admin.changes("PATCH", ROLE, {"holder": DEPUTY})
    given = admin.asks("/audit?limit=1").get_json()["items"][0]
    assert (given["kind"], given["after"]["holder"]) == ("role", DEPUTY)
    assert admin.sends("POST", f"/audit/{given['sequence']}/undo", {}).status_code == 200
    assert admin.asks(ROLE).get_json()["vacant"]
    undo = admin.asks("/audit?limit=1").get_json()["items"][0]["sequence"]
    admin.changes("DELETE", f"/people/{DEPUTY}")
    reply = admin.sends("POST", f"/audit/{undo}/undo", {})
    assert (reply.status_code, codes(reply)) == (409, {"role cambridgeshire-team-manager": "unknown"})


def test_a_viewer_learns_that_a_role_is_held_and_not_by_whom(editor: Holder, viewer: Holder) -> None:
    editor.changes("PATCH", ROLE, {**HELD, "numbers": ["07790 770713"]})
    text = viewer.asks(ROLE).get_data(as_text=True)
    body = viewer.asks(ROLE).get_json()
    assert (body["vacant"], body["holder"], body["deputies"], body["numbers"]) == (False, None, [], [])
    assert (body["reached_now"]["step"], body["reached_now"]["number"]) == ("holder", None)
    assert [word for word in (HOLDER, DEPUTY, "Mockingham", "7946", "770713") if word in text] == []
    assert viewer.asks("/roles?q=mockingham").get_json()["items"] == []


def test_roles_are_found_by_name_authority_team_and_holder(editor: Holder) -> None:
    editor.changes("PATCH", ROLE, HELD)
    for words in ("team manager front door", "harriet"):
        assert [one["slug"] for one in editor.asks(f"/roles?q={words}").get_json()["items"]] == [ROLE[7:]], words
    assert len(editor.asks("/roles?authority=derbyshire").get_json()["items"]) == 7
    first = editor.asks("/roles?limit=11").get_json()
    rest = editor.asks(f"/roles?limit=11&cursor={first['next']}").get_json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (11, 10, None)


def test_roles_go_out_as_a_file_and_come_back(application: Application, admin: Holder) -> None:
    admin.changes("PATCH", ROLE, HELD)
    file = exported(admin, "roles.csv")
    same = sends_file(admin, file, "?dry_run=true").get_json()
    assert same["counts"] == {"adds": 0, "changes": 0, "removals": 0, "same": 21, "problems": 0}
    row = f"authority,team,role,holder\nderby,derby-reception,Team Manager,{HOLDER}\n"
    assert sends_file(admin, row).get_json()["counts"]["adds"] == 1
    assert application.publication.current().directory.roles["derby-team-manager"].holder == HOLDER

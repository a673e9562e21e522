"""Taking back: one change, a whole import, an undo; never over what somebody has done since."""

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.admin.sending import exported, sends_file, sent_twice

TEAM = "/teams/devon-ir-north"


def last(caller: Holder, words: str = "") -> int:
    sequence: int = caller.asks(f"/audit?limit=1&q={words}").get_json()["items"][0]["sequence"]
    return sequence


def test_a_change_is_taken_back_and_the_undo_as_well(admin: Holder, editor: Holder) -> None:
    before = editor.asks(TEAM).get_json()
    editor.changes("PATCH", TEAM, {"area": "Up North"})
    reply = editor.sends("POST", f"/audit/{last(admin)}/undo", {"why": "a slip"})
    assert reply.status_code == 200
    assert reply.get_json()["things"] == [{"kind": "team", "slug": "devon-ir-north"}]
    assert editor.asks(TEAM).get_json() == {**before, "version": 3}
    deed = admin.asks("/audit?limit=1").get_json()["items"][0]
    assert deed["what"].startswith("change in undo-")
    assert deed["why"].endswith(": a slip")
    assert editor.sends("POST", f"/audit/{last(admin)}/undo", {}).status_code == 200
    assert editor.asks(TEAM).get_json()["area"] == "Up North"


def test_what_was_made_goes_and_what_was_removed_returns(admin: Holder) -> None:
    admin.sends("POST", "/teams", {"authority": "devon", "name": "Night Desk"})
    assert admin.sends("POST", f"/audit/{last(admin)}/undo", {}).status_code == 200
    assert admin.asks("/teams/devon-night-desk").status_code == 404
    gone = admin.asks("/people/w-ed6205").get_json()
    admin.changes("DELETE", "/people/w-ed6205")
    assert admin.sends("POST", f"/audit/{last(admin)}/undo", {}).status_code == 200
    assert admin.asks("/people/w-ed6205").get_json() == gone


def test_a_whole_import_is_taken_back_by_any_of_its_entries(admin: Holder) -> None:
    before = exported(admin, "people.csv")
    text = before.decode().replace(",key,", ",connect,")
    group = sent_twice(admin, text).get_json()["group"]
    many = admin.asks(f"/audit?q={group}&limit=200").get_json()["items"]
    assert len(many) > 20
    reply = admin.sends("POST", f"/audit/{many[3]['sequence']}/undo", {})
    assert reply.get_json()["undone"] == len(many)
    assert exported(admin, "people.csv") == before


def test_what_somebody_changed_since_is_not_undone_and_they_are_named(admin: Holder, editor: Holder) -> None:
    sends_file(admin, "authority,team,slug,area\ndevon,Initial Response North,devon-ir-north,Up\n"
                      "devon,Initial Response South,devon-ir-south,Down\n")  # fmt: skip
    imported = last(admin)
    editor.changes("PATCH", TEAM, {"area": "Elsewhere"})
    reply = admin.sends("POST", f"/audit/{imported}/undo", {})
    assert (reply.status_code, codes(reply)) == (409, {"team devon-ir-north": "changed-since"})
    assert "Edith Editor" in reply.get_data(as_text=True)
    assert f"(entry {last(admin)})" in reply.get_data(as_text=True)
    assert admin.asks("/teams/devon-ir-south").get_json()["area"] == "Down"


def test_the_later_change_is_undone_first(admin: Holder) -> None:
    admin.changes("PATCH", TEAM, {"area": "One"})
    first = last(admin)
    admin.changes("PATCH", TEAM, {"area": "Two"})
    assert admin.sends("POST", f"/audit/{first}/undo", {}).status_code == 409
    assert admin.sends("POST", f"/audit/{last(admin)}/undo", {}).status_code == 200
    assert admin.sends("POST", f"/audit/{first}/undo", {}).status_code == 200
    assert admin.asks(TEAM).get_json()["area"] == "North"


def test_nobody_is_left_without_the_team_that_an_undo_would_take(admin: Holder) -> None:
    admin.sends("POST", "/teams", {"authority": "devon", "name": "Night Desk"})
    made = last(admin)
    admin.sends("POST", "/people", {"name": "Nora Inventling", "team": "devon-night-desk"})
    reply = admin.sends("POST", f"/audit/{made}/undo", {})
    assert (reply.status_code, codes(reply)) == (409, {"team devon-night-desk": "referred"})


def test_an_extension_that_went_to_somebody_else_is_not_taken_away(admin: Holder) -> None:
    admin.changes("DELETE", "/people/w-ed6205")
    removed = last(admin)
    admin.sends("POST", "/people", {"name": "Nora Inventling", "team": "derby-assessment-1", "extension": "5311"})
    reply = admin.sends("POST", f"/audit/{removed}/undo", {})
    assert (reply.status_code, codes(reply)) == (409, {"person w-ed6205": "taken"})


@pytest.mark.parametrize(("sequence", "status"), [("1", 409), ("999999", 404), ("0", 422), ("9" * 30, 422), ("x", 422)])
def test_what_is_no_change_of_the_directory_is_not_undone(admin: Holder, sequence: str, status: int) -> None:
    assert admin.sends("POST", f"/audit/{sequence}/undo", {}).status_code == status


def test_a_lines_numbers_are_put_back_by_admins_only(application: Application, admin: Holder, editor: Holder) -> None:
    admin.changes("PUT", "/lines/devon/numbers", {"numbers": ["020 7946 0181"]}, seen_at="/lines/devon")
    sequence = last(admin)
    assert editor.sends("POST", f"/audit/{sequence}/undo", {}).status_code == 403
    assert holder(application, Role.VIEWER).sends("POST", f"/audit/{sequence}/undo", {}).status_code == 403
    assert admin.sends("POST", f"/audit/{sequence}/undo", {}).status_code == 200
    assert admin.asks("/lines/devon").get_json()["numbers"][0]["national"] == "020 7946 0101"

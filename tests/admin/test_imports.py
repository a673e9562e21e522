"""Files of the directory, in and out: looked at, asked about, written whole or not at all."""

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, codes, dials, holder
from tests.admin.sending import DRY, XLSX, exported, sends_file, sends_form, sent_twice

TEAM = "/teams/devon-ir-north"
HEAD = "authority,team,slug,number\n"
NORTH = "devon,Initial Response North,devon-ir-north,{}\n"
FILE = HEAD + NORTH.format("4050") + "devon,Night Desk,,020 7946 0300\n"


def names(reply: list[dict[str, str]]) -> list[str]:
    return [entry["slug"] for entry in reply]


def test_a_preview_lists_adds_and_changes_by_row_and_writes_nothing(editor: Holder) -> None:
    seen = sends_file(editor, FILE, DRY).get_json()
    assert (names(seen["adds"]), names(seen["changes"]), seen["removals"]) == (
        ["devon-night-desk"], ["devon-ir-north"], [],
    )  # fmt: skip
    assert [seen["adds"][0]["row"], seen["changes"][0]["row"]] == [3, 2]
    [field] = seen["changes"][0]["fields"]
    assert field["field"] == "duty_numbers"
    assert ("01392 388481" in field["before"], "01392 384050" in field["after"]) == (True, True)
    assert editor.asks(TEAM).get_json()["version"] == 1
    assert editor.asks("/teams/devon-night-desk").status_code == 404


def test_a_file_is_written_whole_and_rings_on_the_next_call(application: Application, editor: Holder) -> None:
    reply = sends_file(editor, FILE, X_Reason="the new list")
    assert (reply.status_code, reply.get_json()["written"]) == (200, True)
    dials(application, "+442079460101").presses("2").presses("1").presses("1").rings("01392 384050")
    trail = holder(application, Role.AUDITOR).asks(f"/audit?q={reply.get_json()['group']}").get_json()["items"]
    assert {deed["slug"]: deed["why"] for deed in trail} == dict.fromkeys(
        ("devon-ir-north", "devon-night-desk"), "the new list"
    )


def test_every_problem_is_told_by_row_and_nothing_is_written(editor: Holder) -> None:
    text = FILE + NORTH.format("999") + "narnia,Team,,0909 879 0000\n"
    wrong = {
        "row 4, number": "number-short-code",
        "row 5, authority": "unknown",
        "row 5, number": "destination-premium",
    }
    seen = sends_file(editor, text, DRY).get_json()
    assert {problem["field"]: problem["code"] for problem in seen["problems"]} == wrong
    assert names(seen["adds"]) == ["devon-night-desk"]
    reply = sends_file(editor, text)
    assert (reply.status_code, codes(reply)) == (422, wrong)
    assert editor.asks("/teams/devon-night-desk").status_code == 404


def test_a_browsers_form_and_a_workbook_are_read_as_well(editor: Holder) -> None:
    assert sends_form(editor, FILE.encode(), DRY).get_json()["counts"]["adds"] == 1
    assert sends_form(editor, FILE.encode(), why="the new list").status_code == 200
    seen = sends_file(editor, exported(editor, "teams.xlsx"), DRY, XLSX).get_json()
    assert (seen["adds"], seen["changes"], seen["problems"]) == ([], [], [])
    assert seen["counts"]["same"] > 50


@pytest.mark.parametrize("kind", ["teams", "people"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_in_without_a_change(editor: Holder, kind: str, ending: str) -> None:
    content = exported(editor, f"{kind}.{ending}")
    seen = sends_file(editor, content, "?dry_run=true&replace=true").get_json()
    assert {name: count for name, count in seen["counts"].items() if count} == {"same": seen["counts"]["same"]}
    reply = sends_file(editor, content, "?replace=true")
    assert (reply.status_code, reply.get_json()["version"]) == (200, seen["version"])


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_people_who_were_all_removed_come_back_from_either_file(admin: Holder, ending: str) -> None:
    before = admin.asks("/people?limit=200").get_json()["items"]
    content = exported(admin, f"people.{ending}")
    emptied = exported(admin, "people.csv").decode().partition("\n")[0]
    assert sent_twice(admin, emptied, "?replace=true").get_json()["counts"]["removals"] == len(before)
    assert admin.asks("/people").get_json()["items"] == []
    assert sends_file(admin, content).status_code == 200
    assert admin.asks("/people?limit=200").get_json()["items"] == before


def test_what_a_file_does_not_hold_stays_unless_it_is_to_be_replaced(admin: Holder) -> None:
    lines = exported(admin, "people.csv").decode().splitlines()
    rest = "\n".join(line for line in lines if "w-ed6205" not in line)
    assert sends_file(admin, rest, DRY).get_json()["counts"]["removals"] == 0
    assert names(sends_file(admin, rest, "?dry_run=true&replace=true").get_json()["removals"]) == ["w-ed6205"]
    assert sends_file(admin, rest, "?replace=true").status_code == 200
    assert admin.asks("/people/w-ed6205").status_code == 404


def test_what_somebody_still_needs_is_not_replaced_away(admin: Holder) -> None:
    lines = exported(admin, "people.csv").decode().splitlines()
    rest = "\n".join(line for line in lines if ",w-1c38f6,Adaeze" not in line)
    reply = sends_file(admin, rest, "?replace=true")
    assert (reply.status_code, set(codes(reply).values())) == (422, {"referred"})
    assert "person w-70b4ea" in reply.get_data(as_text=True)


def test_more_than_a_tenth_is_asked_about_twice(admin: Holder) -> None:
    text = exported(admin, "people.csv").decode().replace(",key,", ",connect,")
    doubt = sends_file(admin, text)
    assert (doubt.status_code, doubt.content_type) == (409, "application/problem+json")
    assert codes(doubt) == {"confirm": "needs-confirmation"}
    assert "more than a tenth" in doubt.get_data(as_text=True)
    assert sends_file(admin, text, "?confirm=guessed").status_code == 409
    assert sends_file(admin, text, f"?confirm={doubt.get_json()['confirmation']}").status_code == 200


def test_the_preview_carries_the_confirmation_too(admin: Holder) -> None:
    text = exported(admin, "people.csv").decode().replace(",key,", ",connect,")
    seen = sends_file(admin, text, DRY).get_json()
    assert seen["cautions"]
    assert sends_file(admin, text, f"?confirm={seen['confirmation']}").status_code == 200


def test_a_field_that_would_be_emptied_is_asked_about_twice(admin: Holder) -> None:
    text = HEAD + NORTH.format("")
    doubt = sends_file(admin, text)
    assert doubt.status_code == 409
    assert "nothing left as duty_numbers" in doubt.get_data(as_text=True)
    assert admin.asks(TEAM).get_json()["duty_numbers"]
    assert sent_twice(admin, text).status_code == 200
    assert admin.asks(TEAM).get_json()["duty_numbers"] == []


def test_a_confirmation_is_for_this_file_this_caller_and_this_version(admin: Holder, editor: Holder) -> None:
    text = HEAD + NORTH.format("")
    token = sends_file(admin, text).get_json()["confirmation"]
    assert sends_file(admin, text + "\n", f"?confirm={token}").status_code == 409
    assert sends_file(editor, text, f"?confirm={token}").status_code == 409
    editor.sends("POST", "/teams", {"authority": "devon", "name": "In between"})
    assert sends_file(admin, text, f"?confirm={token}").status_code == 409


def test_two_files_that_say_the_same_write_once(editor: Holder) -> None:
    first = sends_file(editor, FILE).get_json()["version"]
    assert sends_file(editor, FILE).get_json()["version"] == first


def test_what_is_no_file_is_refused_in_words(editor: Holder) -> None:
    assert editor.sends("POST", "/imports", {}).status_code == 415
    assert codes(sends_file(editor, b"\xff\xfe\xff")) == {"file": "encoding"}
    assert codes(sends_file(editor, b"PK\x03\x04 broken", "", XLSX)) == {"file": "file"}
    assert codes(sends_file(editor, "")) == {"heading": "missing"}
    headers = {"Authorization": f"Bearer {editor.key}"}
    form = {"why": "no file"}
    nothing = editor.client.post("/api/v1/imports", data=form, content_type="multipart/form-data", headers=headers)
    assert codes(nothing) == {"file": "missing"}
    assert sends_file(editor, b"x" * (21 << 20)).status_code == 413


def test_a_viewer_neither_takes_the_directory_out_nor_brings_one_in(viewer: Holder) -> None:
    assert viewer.asks("/exports/people.csv").status_code == 403
    assert sends_file(viewer, FILE, DRY).status_code == 403


def test_an_unknown_file_is_refused(editor: Holder) -> None:
    assert codes(editor.asks("/exports/secrets.csv")) == {"kind": "choice"}
    assert codes(editor.asks("/exports/teams.pdf")) == {"ending": "choice"}

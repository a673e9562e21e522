"""Teams: found, made, changed and removed."""

from tests.admin.desk_client import Holder, codes

TEAM = "/teams/devon-ir-north"


def test_a_team_shows_its_duty_numbers_in_every_spelling(viewer: Holder) -> None:
    team = viewer.asks(TEAM).get_json()
    assert team["duty_numbers"][0]["number"] == {
        "e164": "+441392388481", "national": "01392 388481", "spoken": "0 1 3 9 2, 3 8 8 4 8 1", "extension": "8481",
    }  # fmt: skip


def test_teams_are_found_by_words_in_any_order_accents_or_not(editor: Holder) -> None:
    made = editor.sends("POST", "/teams", {"authority": "devon", "name": "Équipe Rêve"})
    assert made.status_code == 201
    for words in ("reve equ", "01392388481", "8481", "+44 1392 388481", "ir north"):
        found = [team["slug"] for team in editor.asks(f"/teams?q={words.replace('+', '%2B')}").get_json()["items"]]
        assert ("devon-quipe-r-ve" if words == "reve equ" else "devon-ir-north") in found, words


def test_a_list_is_read_page_by_page_without_gap_or_double(viewer: Holder) -> None:
    found, cursor = [], ""
    while cursor is not None:
        page = viewer.asks(f"/teams?authority=devon&limit=7&cursor={cursor}").get_json()
        found += [team["slug"] for team in page["items"]]
        cursor = page["next"]
    whole = [team["slug"] for team in viewer.asks("/teams?authority=devon&limit=200").get_json()["items"]]
    assert found == whole == sorted(set(whole))


def test_a_new_team_has_an_address_and_a_version(editor: Holder) -> None:
    reply = editor.sends("POST", "/teams", {"authority": "devon", "name": "Placement Team"})
    assert (reply.status_code, reply.headers["ETag"]) == (201, '"v1"')
    assert reply.headers["Location"] == "/api/v1/teams/devon-placement-team"
    assert editor.sends("POST", "/teams", {"authority": "devon", "name": "Placement Team"}).status_code == 422


def test_a_patch_changes_what_it_names_and_leaves_the_rest(editor: Holder) -> None:
    before = editor.asks(TEAM).get_json()
    after = editor.changes("PATCH", TEAM, {"area": "North Devon"}).get_json()
    assert after == {**before, "area": "North Devon", "version": 2}


def test_who_has_the_version_is_answered_304(viewer: Holder) -> None:
    tag = viewer.asks(TEAM).headers["ETag"]
    assert viewer.asks(TEAM, If_None_Match=tag).status_code == 304
    assert viewer.asks(TEAM, If_None_Match='"v0"').status_code == 200


def test_a_stale_writer_is_refused_and_changes_nothing(editor: Holder) -> None:
    seen = editor.asks(TEAM).headers["ETag"]
    assert editor.sends("PATCH", TEAM, {"name": "First"}, If_Match=seen).status_code == 200
    assert editor.sends("PATCH", TEAM, {"name": "Second"}, If_Match=seen).status_code == 412
    assert editor.sends("PATCH", TEAM, {"name": "Third"}).status_code == 428
    team = editor.asks(TEAM).get_json()
    assert (team["name"], team["version"]) == ("First", 2)


def test_a_team_that_a_plan_or_a_person_names_is_not_removed(editor: Holder) -> None:
    reply = editor.changes("DELETE", "/teams/devon-cf-north-1")
    assert reply.status_code == 409
    words = reply.get_data(as_text=True)
    assert "plan devon" in words
    assert "person w-3f9a2c" in words


def test_a_team_that_nobody_names_is_removed(editor: Holder) -> None:
    editor.sends("POST", "/teams", {"authority": "devon", "name": "Placement Team"})
    assert editor.changes("DELETE", "/teams/devon-placement-team").status_code == 204
    assert editor.asks("/teams/devon-placement-team").status_code == 404


def test_a_name_that_is_emptied_is_missing(editor: Holder) -> None:
    assert codes(editor.changes("PATCH", TEAM, {"name": " "})) == {"name": "missing"}


def test_a_viewer_sees_no_mobile_number_and_finds_none(viewer: Holder, editor: Holder) -> None:
    team = "/teams/devon-pt-north"
    assert viewer.asks(team).get_json()["duty_numbers"][0]["number"] is None
    assert editor.asks(team).get_json()["duty_numbers"][0]["number"]["e164"] == "+447790770713"
    assert viewer.asks("/teams?q=07790770713").get_json()["items"] == []


def test_a_slug_that_is_too_long_for_a_position_is_refused(editor: Holder) -> None:
    body = {"authority": "devon", "name": "Placement Team", "slug": "p" * 41}
    reply = editor.sends("POST", "/teams", body)
    assert (reply.status_code, codes(reply)) == (422, {"slug": "too-long"})

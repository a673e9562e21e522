"""The trail of changes."""

from tests.admin.desk_client import Holder

TEAM = "/teams/devon-ir-north"


def test_a_change_says_who_what_before_after_and_why(admin: Holder, editor: Holder) -> None:
    tag = editor.asks(TEAM).headers["ETag"]
    editor.sends("PATCH", TEAM, {"area": "Up North"}, If_Match=tag, X_Reason="the map changed")
    deed = admin.asks("/audit?limit=1").get_json()["items"][0]
    assert deed["who"].startswith("Edith Editor (")
    assert (deed["what"], deed["kind"], deed["slug"]) == ("change", "team", "devon-ir-north")
    assert (deed["before"]["area"], deed["after"]["area"], deed["why"]) == ("North", "Up North", "the map changed")


def test_the_trail_is_read_backwards_page_by_page(admin: Holder) -> None:
    for name in ("one", "two", "three"):
        admin.sends("POST", "/teams", {"authority": "devon", "name": name})
    first = admin.asks("/audit?limit=2").get_json()
    second = admin.asks(f"/audit?limit=2&cursor={first['next']}").get_json()
    sequences = [deed["sequence"] for deed in first["items"] + second["items"]]
    assert sequences == sorted(sequences, reverse=True)
    assert len(set(sequences)) == 4


def test_the_trail_is_searched(admin: Holder) -> None:
    admin.sends("POST", "/teams", {"authority": "devon", "name": "Search Me", "why": "100% sure"})
    assert [deed["slug"] for deed in admin.asks("/audit?q=create search").get_json()["items"]] == ["devon-search-me"]
    assert admin.asks("/audit?q=nothing-like-it").get_json()["items"] == []


def test_the_trail_of_one_authority_has_its_teams_people_lines_and_itself(admin: Holder) -> None:
    made = admin.sends("POST", "/people", {"name": "A", "team": "devon-ir-north"}).get_json()["slug"]
    admin.sends("POST", "/teams", {"authority": "derby", "name": "Elsewhere"})
    admin.changes(
        "PUT", "/lines/devon/numbers", {"numbers": ["020 7946 0101", "020 7946 0199"]}, seen_at="/lines/devon"
    )
    of_devon = [deed["slug"] for deed in admin.asks("/audit?authority=devon").get_json()["items"]]
    assert of_devon == ["devon", made]
    assert [deed["slug"] for deed in admin.asks("/audit?authority=derby").get_json()["items"]] == ["derby-elsewhere"]

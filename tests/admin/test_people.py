"""People: what callers key for them, what rings, and who must not go yet."""

import re

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, codes, dials
from tests.admin.visitor import signed_in

NEW = {"name": "Ottoline Sampleford", "team": "devon-ir-north", "extension": "2399", "numbers": ["020 7946 0299"]}


def test_a_new_person_gets_an_opaque_slug_and_rings_at_once(application: Application, editor: Holder) -> None:
    reply = editor.sends("POST", "/people", NEW)
    assert reply.status_code == 201
    assert re.fullmatch(r"/api/v1/people/p-[0-9a-f]{8}", reply.headers["Location"])
    dials(application, "+442079460101").presses("1").presses("2399").rings("020 7946 0299")


def test_an_extension_belongs_to_one_person_of_an_authority(editor: Holder) -> None:
    assert codes(editor.sends("POST", "/people", {**NEW, "extension": "2301"})) == {"extension": "taken"}
    elsewhere = {**NEW, "extension": "2301", "team": "derby-initial-response"}
    assert editor.sends("POST", "/people", elsewhere).status_code == 201


def test_every_fault_of_a_person_is_named_at_once(editor: Holder) -> None:
    body = {"name": "", "team": "nowhere", "extension": "1", "numbers": ["999"], "manager": "nobody",
            "away": [{"from": "2026-12-02", "until": "2026-12-01", "cover": "nobody"}]}  # fmt: skip
    assert codes(editor.sends("POST", "/people", body)) == {
        "name": "missing", "team": "unknown", "extension": "extension", "numbers.0": "number-short-code",
        "manager": "unknown", "away.0.until": "order", "away.0.cover": "unknown",
    }  # fmt: skip


def test_nobody_manages_their_own_manager(editor: Holder) -> None:
    reply = editor.changes("PATCH", "/people/w-b81d07", {"manager": "w-3f9a2c"})
    assert codes(reply) == {"manager": "manager-loop"}
    assert codes(editor.changes("PATCH", "/people/w-b81d07", {"manager": "w-b81d07"})) == {"manager": "manager-loop"}


def test_somebody_who_is_away_is_covered(editor: Holder) -> None:
    away = {"away": [{"from": "2026-11-25T09:00", "until": "2026-11-26T09:00", "cover": "w-7c40e9"}]}
    assert editor.changes("PATCH", "/people/w-3f9a2c", away).status_code == 200
    answer = editor.asks("/route?person=w-3f9a2c").get_json()
    assert answer["rings"][0]["number"]["national"] == "020 7946 0202"
    assert answer["rejected"][0]["code"] == "away"


def test_a_manager_does_not_leave_before_those_who_name_them(editor: Holder) -> None:
    reply = editor.changes("DELETE", "/people/w-b81d07")
    assert reply.status_code == 409
    assert "person w-3f9a2c" in reply.get_data(as_text=True)
    assert editor.changes("DELETE", "/people/w-3f9a2c").status_code == 204


def test_a_stale_writer_changes_nobody(editor: Holder) -> None:
    assert editor.sends("PATCH", "/people/w-3f9a2c", {"name": "X"}, If_Match='"v5"').status_code == 412
    assert editor.sends("DELETE", "/people/w-3f9a2c").status_code == 428
    assert editor.asks("/people/w-3f9a2c").get_json()["name"] == "Rowan Sampleton"


def test_a_viewer_sees_nothing_personal_and_cannot_guess_it(viewer: Holder) -> None:
    person = viewer.asks("/people/w-3f9a2c").get_json()
    assert (person["name"], person["extension"], person["numbers"], person["away"]) == (None, None, [], [])
    assert viewer.asks("/people?q=rowan").get_json()["items"] == []


def test_people_are_found_by_name_extension_and_number(editor: Holder) -> None:
    for words in ("sampleton rowan", "2301", "020 7946 0201"):
        assert [one["slug"] for one in editor.asks(f"/people?q={words}").get_json()["items"]] == ["w-3f9a2c"], words


def test_whoever_does_not_want_it_is_not_found_by_name_from_the_next_call_on(
    application: Application, editor: Holder
) -> None:
    assert editor.asks("/people/w-3f9a2c").get_json()["listed"] is True
    dials(application, "+442079460101").presses("1").presses("9#").presses("726#").hears("For Rowan,")
    assert editor.changes("PATCH", "/people/w-3f9a2c", {"listed": False}).get_json()["listed"] is False
    dials(application, "+442079460101").presses("1").presses("9#").presses("726#").hears("Nobody is listed")
    dials(application, "+442079460101").presses("1").presses("2301").rings("020 7946 0201")
    assert editor.changes("PATCH", "/people/w-3f9a2c", {"extension": "2309"}).get_json()["listed"] is False
    assert editor.changes("PATCH", "/people/w-3f9a2c", {"listed": True}).get_json()["listed"] is True


def test_somebody_new_is_listed_unless_it_is_said(editor: Holder) -> None:
    assert editor.sends("POST", "/people", NEW).get_json()["listed"] is True
    unlisted = {**NEW, "extension": "2398", "listed": False}
    assert editor.sends("POST", "/people", unlisted).get_json()["listed"] is False
    assert set(codes(editor.sends("POST", "/people", {**NEW, "extension": "2397", "listed": "no"}))) == {"listed"}


def test_people_who_fit_on_one_page_stand_by_name(application: Application, editor: Holder) -> None:
    for name in ("Zita Nearby", "Ada Nearby", "mo Nearby"):
        assert editor.sends("POST", "/people", {"name": name, "team": "devon-ir-north"}).status_code == 201
    page = signed_in(application, Role.EDITOR).opens("/admin/people?q=nearby").get_data(as_text=True)
    assert re.findall(r"(\w+) Nearby</a>", page) == ["Ada", "mo", "Zita"]

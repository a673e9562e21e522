"""A team's rota on pages: the month, a turn added and removed, a calendar file taken in, each looked at before it is written."""

import html
import io
import re

from werkzeug.test import TestResponse

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, dials
from tests.admin.test_rota import DEVON, FILE, NEXT, NOW, ROTA, ROWAN, TEAM
from tests.admin.visitor import Visitor, path_of, signed_in

PAGE = "/admin/teams/devon-ir-north/rota"
TURN = {"who": "020 7946 0301", "from": "2026-11-25T09:00", "until": "2026-11-25T17:00"}


def text_of(visitor: Visitor, path: str) -> str:
    return visitor.opens(path).get_data(as_text=True)


def seen(visitor: Visitor, path: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', text_of(visitor, path))
    assert found
    return found[1]


def day(page: str, date: str) -> str:
    """What stands in the calendar on one day."""
    cell = page.partition(f'datetime="{date}"')[2].partition("</td>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", cell.partition(">")[2]).split())


def uploads(visitor: Visitor, content: str, handover: str = "") -> TestResponse:
    """The form with a calendar file."""
    fields = {"csrf_token": visitor.token(), "seen": seen(visitor, f"{PAGE}/upload"), "handover": handover}
    file = {"file": (io.BytesIO(content.encode()), "rota.ics"), **fields}
    return visitor.client.post(f"{PAGE}/upload", data=file, content_type="multipart/form-data")


def hidden(page: str) -> dict[str, str]:
    """The fields that a page carries on."""
    found = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def with_rota(editor: Holder) -> None:
    given = [{**NOW, "person": ROWAN, "note": "swap"}, {**NEXT, "number": "07790 770713"}]
    assert editor.changes("PUT", ROTA, given, seen_at=TEAM).status_code == 200


def test_the_month_shows_who_holds_duty_hand_overs_and_gaps(application: Application, editor: Holder) -> None:
    with_rota(editor)
    page = text_of(signed_in(application, Role.HANDLER), PAGE)
    assert "November 2026" in page
    assert day(page, "2026-11-19").endswith("Standing number")
    assert day(page, "2026-11-20").endswith("until 17:00 Standing number from 17:00 Rowan Sampleton")
    assert day(page, "2026-11-25").endswith("Today Rowan Sampleton")
    assert day(page, "2026-11-27").endswith("until 17:00 Rowan Sampleton from 17:00 07790 770713")
    december = text_of(signed_in(application, Role.HANDLER, "two@example.org"), f"{PAGE}?month=2026-12")
    assert day(december, "2026-12-04").endswith("until 17:00 07790 770713 from 17:00 Standing number")


def test_the_night_of_a_clock_change_keeps_its_hours(application: Application, editor: Holder) -> None:
    shifts = [{"from": "2026-10-25T01:00", "until": "2026-10-25T17:00", "person": ROWAN}]
    editor.changes("PUT", ROTA, shifts, seen_at=TEAM)
    page = text_of(signed_in(application, Role.HANDLER), f"{PAGE}?month=2026-10")
    told = "until 01:00 Standing number from 01:00 until 17:00 Rowan Sampleton from 17:00 Standing number"
    assert day(page, "2026-10-25").endswith(told)


def test_an_absence_on_the_rota_is_shown_with_whoever_covers(application: Application, editor: Holder) -> None:
    with_rota(editor)
    away = [{"from": "2026-11-24T09:00", "until": "2026-11-25T09:00", "cover": "w-7c40e9"}]
    assert editor.changes("PATCH", f"/people/{ROWAN}", {"away": away}).status_code == 200
    page = text_of(signed_in(application, Role.HANDLER), PAGE)
    assert "from 09:00 Rowan Sampleton (away, Tamsin Mockford covers)" in day(page, "2026-11-24")


def test_a_turn_is_looked_at_written_rung_and_undone(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    fields = {**TURN, "seen": seen(editor, f"{PAGE}/add")}
    check = editor.sends(f"{PAGE}/add", fields).get_data(as_text=True)
    assert "Added: 1 turn" in check
    assert "020 7946 0301" in check.partition('aria-label="A call now, after"')[2]
    assert "Nobody is on the rota" in text_of(editor, PAGE), "nothing is written by looking"
    done = path_of(editor.sends(f"{PAGE}/add", {**hidden(check), "why": "a swap"}))
    assert "020 7946 0301 from Wed 25 Nov 2026 09:00" in text_of(editor, done)
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("020 7946 0301")
    editor.sends(done.replace("done", "audit") + "/undo")
    assert "Nobody is on the rota" in text_of(editor, PAGE)


def test_a_person_is_put_on_the_rota_by_name_or_by_extension(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    for who, added in (("rowan sampleton", "Rowan Sampleton"), ("2302", "Tamsin Mockford")):
        check = editor.sends(f"{PAGE}/add", {**TURN, "who": who, "seen": seen(editor, f"{PAGE}/add")})
        assert editor.sends(f"{PAGE}/add", hidden(check.get_data(as_text=True))).status_code == 303
        assert added in day(text_of(editor, PAGE), "2026-11-25")


def test_every_fault_of_a_turn_is_told_at_once(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    wrong = {"who": "Nobody Known", "from": "2026-11-26T09:00", "until": "2026-11-25T09:00"}
    reply = editor.sends(f"{PAGE}/add", {**wrong, "seen": seen(editor, f"{PAGE}/add")})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert [name for name in ("who", "until") if f'href="#{name}"' not in page] == []
    empty = editor.sends(f"{PAGE}/add", {"seen": seen(editor, f"{PAGE}/add")}).get_data(as_text=True)
    assert [name for name in ("who", "from", "until") if f'href="#{name}"' not in empty] == []


def test_one_turn_is_removed_and_the_others_stay(application: Application, editor: Holder) -> None:
    with_rota(editor)
    visitor = signed_in(application, Role.EDITOR)
    check = text_of(visitor, f"{PAGE}/0/remove")
    assert "Removed: 1 turn" in check
    assert visitor.sends(f"{PAGE}/0/remove", hidden(check)).status_code == 303
    assert [shift["person"] for shift in editor.asks(ROTA).get_json()["shifts"]] == [None]
    assert visitor.opens(f"{PAGE}/1/remove").status_code == 404


def test_a_calendar_file_is_looked_at_and_takes_the_place_of_the_rota(application: Application, editor: Holder) -> None:
    with_rota(editor)
    visitor = signed_in(application, Role.EDITOR)
    check = uploads(visitor, FILE).get_data(as_text=True)
    assert "Added: 2 turns" in check
    assert "Removed: 2 turns" in check
    assert "Fri 4 Dec 2026 17:00 until" in check.partition("Nobody on the rota")[2]
    assert len(editor.asks(ROTA).get_json()["shifts"]) == 2
    assert visitor.sends(f"{PAGE}/upload", hidden(check)).status_code == 303
    assert [shift["note"] for shift in editor.asks(ROTA).get_json()["shifts"]] == ["", ""]


def test_every_problem_of_a_calendar_file_is_told_and_nothing_is_written(
    application: Application, editor: Holder
) -> None:
    visitor = signed_in(application, Role.EDITOR)
    reply = uploads(visitor, FILE.replace("Rowan Sampleton", "Nobody Known").replace("020 7946 0301", "999"))
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "event 1 (line 6), SUMMARY" in page
    assert "event 2 (line 11), SUMMARY" in page
    assert "is not a time of the day" in uploads(visitor, FILE, "teatime").get_data(as_text=True)
    assert uploads(visitor, "").status_code == 422
    assert visitor.sends(f"{PAGE}/upload", {"carried": "rubbish", "seen": "v1"}).status_code == 422
    assert editor.asks(TEAM).get_json()["version"] == 1


def test_what_is_downloaded_is_taken_in_unchanged(application: Application, editor: Holder) -> None:
    with_rota(editor)
    visitor = signed_in(application, Role.EDITOR)
    file = visitor.opens(f"{PAGE}.ics")
    assert file.content_type.startswith("text/calendar")
    assert "Nothing would change" in uploads(visitor, file.get_data(as_text=True)).get_data(as_text=True)


def test_viewers_see_the_month_without_names_mobiles_and_notes(application: Application, editor: Holder) -> None:
    with_rota(editor)
    viewer = signed_in(application, Role.VIEWER)
    pages = "".join(text_of(viewer, path) for path in (PAGE, f"{PAGE}.ics"))
    assert [secret for secret in ("Rowan", "swap", "770713", "0201") if secret in pages] == []
    assert "A worker" in pages
    assert "A mobile" in pages
    assert "Remove" not in pages
    assert viewer.opens(f"{PAGE}/add").status_code == 403


def test_a_turn_is_kept_for_whoever_was_slower(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    version = seen(slower, f"{PAGE}/add")
    with_rota(editor)
    reply = slower.sends(f"{PAGE}/add", {**TURN, "seen": version, "step": "save"})
    stale = reply.get_data(as_text=True)
    assert reply.status_code == 412
    check = slower.sends(f"{PAGE}/add", hidden(stale)).get_data(as_text=True)
    assert "Added: 1 turn" in check
    assert slower.sends(f"{PAGE}/add", hidden(check)).status_code == 303
    assert len(editor.asks(ROTA).get_json()["shifts"]) == 3

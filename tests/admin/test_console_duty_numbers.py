"""Changing a duty number on pages: a form, the next call before and after, a confirmation, and who was quicker."""

import re

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, dials
from tests.admin.visitor import Visitor, path_of, signed_in

TEAM = "/admin/teams/devon-ir-north"
CHANGE = f"{TEAM}/duty-numbers/0/change"
DEVON = "+442079460101"


def seen(visitor: Visitor, path: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', visitor.opens(path).get_data(as_text=True))
    assert found
    return found[1]


def saved(visitor: Visitor, path: str, fields: dict[str, str]) -> str:
    """The confirmation after the form and the check of a change."""
    version = seen(visitor, path)
    assert visitor.sends(path, {**fields, "seen": version}).status_code == 200
    reply = visitor.sends(path, {**fields, "seen": version, "step": "save"})
    assert reply.status_code == 303
    return visitor.opens(path_of(reply)).get_data(as_text=True)


def test_a_number_changed_on_the_pages_rings_on_the_very_next_call(application: Application) -> None:
    told = saved(signed_in(application, Role.EDITOR), CHANGE, {"number": "4050", "why": "a new phone"})
    assert "01392 388481" in told
    assert "01392 384050" in told
    assert "a new phone" in told
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("01392 384050")


def test_the_check_shows_the_next_call_before_and_after(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    page = editor.sends(CHANGE, {"number": "4050", "seen": seen(editor, CHANGE)}).get_data(as_text=True)
    before, _, after = page.partition('aria-label="A call now, after"')
    assert "01392 388481" in before
    assert "01392 384050" in after
    assert "01392 388481" in editor.opens(TEAM).get_data(as_text=True), "nothing is written by looking"


def test_a_change_from_a_date_leaves_the_old_number_until_then(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    saved(editor, CHANGE, {"number": "4050", "from": "2026-11-27T09:00", "until": "2026-11-30T09:00"})
    page = editor.opens(TEAM).get_data(as_text=True)
    assert "01392 388481 until Fri 27 Nov 2026 09:00" in page
    assert "01392 384050 from Fri 27 Nov 2026 09:00 until Mon 30 Nov 2026 09:00" in page
    assert "01392 388481 from Mon 30 Nov 2026 09:00" in page


def test_every_fault_stands_in_the_summary_and_at_its_field(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    reply = editor.sends(CHANGE, {"number": "999", "seen": seen(editor, CHANGE)})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "<title>Error: " in page
    assert '<a href="#number">Number: “999” is a short code' in page
    assert 'id="number-error"' in page


def test_a_colleague_who_was_quicker_is_shown_beside_what_was_typed(application: Application, editor: Holder) -> None:
    slower = signed_in(application, Role.EDITOR)
    version = seen(slower, CHANGE)
    editor.changes("PUT", "/teams/devon-ir-north/duty-numbers", [{"number": "4051"}], seen_at="/teams/devon-ir-north")
    reply = slower.sends(CHANGE, {"number": "4050", "seen": version, "step": "save"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 412
    assert "01392 384051" in page
    assert "4050" in page.partition("What you wanted")[2]


def test_a_night_number_asks_why(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    path = "/admin/teams/devon-edt/duty-numbers/0/change"
    fields = {"number": "4050", "seen": seen(editor, path), "step": "save"}
    reply = editor.sends(path, fields)
    assert reply.status_code == 422
    assert '<a href="#why">' in reply.get_data(as_text=True)
    assert editor.sends(path, {**fields, "why": "the switchboard moved"}).status_code == 303


def test_numbers_are_added_moved_and_removed(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    saved(editor, f"{TEAM}/duty-numbers/add", {"number": "4050"})
    saved(editor, f"{TEAM}/duty-numbers/1/earlier", {})
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("01392 384050")
    saved(editor, f"{TEAM}/duty-numbers/0/remove", {})
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("01392 388481")


def test_a_viewer_sees_the_team_and_no_way_to_change_it(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    assert "duty-numbers" not in viewer.opens(TEAM).get_data(as_text=True)
    assert viewer.opens(CHANGE).status_code == 403

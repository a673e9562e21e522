"""Who rings, and what changes, on the pages: does nobody's name stand in an address, and does everybody see what is theirs?"""

from urllib.parse import unquote

from app import Application
from store.keys import Role
from tests.admin.desk_client import holder
from tests.admin.visitor import signed_in

MOBILE = "07790 770713"
"""A duty mobile that Devon prints (D:39)."""


def test_a_name_becomes_an_id_before_it_stands_in_an_address(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    person = holder(application, Role.ADMIN).asks("/people/w-3f9a2c").get_json()
    reply = editor.sends("/admin/route", {"person": person["name"], "at": "Wed 10:00"})
    assert reply.status_code == 303
    assert "person=w-3f9a2c" in reply.location
    assert person["name"].split()[-1] not in unquote(reply.location)
    page = editor.opens(reply.location).get_data(as_text=True)
    assert "Ring the worker you asked for" in page
    assert "Who rings first in the seven days from then on" in page


def test_a_viewer_asks_for_teams_and_sees_no_workers_number(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    assert 'name="person"' not in viewer.opens("/admin/route").get_data(as_text=True)
    page = viewer.opens("/admin/route?line=devon&person=w-3f9a2c&at=Wed+10:00").get_data(as_text=True)
    assert "whoever chooses nothing" in page
    assert "020 7946 0201" not in page


def test_several_teams_are_offered_to_choose_from(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    reply = viewer.sends("/admin/route", {"team": "North"})
    assert reply.status_code == 422
    assert 'value="devon-ir-north"' in reply.get_data(as_text=True)
    chosen = viewer.sends("/admin/route", {"team": "North", "team-which": "devon-ir-north"})
    assert "team=devon-ir-north" in chosen.location


def test_everything_that_is_wrong_is_said_beside_its_field(application: Application) -> None:
    reply = signed_in(application, Role.EDITOR).sends("/admin/route", {"team": "Nowhere at all", "at": "teatime"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "Team: nothing is found by “Nowhere at all”" in page
    assert "Moment: “teatime” is not a date and time" in page


def test_what_changes_is_told_by_day_and_hides_mobiles_from_viewers(application: Application) -> None:
    numbers = {"duty_numbers": [{"number": MOBILE, "from": "2026-12-07T09:00"}, {"number": "01392 388481"}]}
    north = "/teams/devon-ir-north"
    holder(application, Role.ADMIN).changes("PUT", f"{north}/duty-numbers", numbers, seen_at=north)
    editor, viewer = signed_in(application, Role.EDITOR), signed_in(application, Role.VIEWER, "v@example.org")
    path = "/admin/changes?authority=devon&days=30"
    assert "Monday 7 December 2026" in editor.opens(path).get_data(as_text=True)
    assert MOBILE in editor.opens(path).get_data(as_text=True)
    assert MOBILE not in viewer.opens(path).get_data(as_text=True)
    assert MOBILE not in viewer.opens("/admin/changes.ics?authority=devon").get_data(as_text=True).replace("\r\n ", "")


def test_where_nothing_changes_it_is_said(application: Application) -> None:
    page = signed_in(application, Role.VIEWER).opens("/admin/changes?authority=sheffield&days=7").get_data(as_text=True)
    assert "Nothing changes but the ordinary opening and closing." in page
    assert "Sheffield CPET is open Monday to Friday 09:00–17:00" in page

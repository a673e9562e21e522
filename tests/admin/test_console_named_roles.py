"""The console's pages of named roles: given to somebody, refused with words at the field, taken back, removed."""

import re

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, path_of, signed_in

PAGE = "/admin/roles/cambridgeshire-team-manager"
FORM = {
    "name": "Team Manager",
    "team": "cambridgeshire-ifd",
    "holder": "w-37d4c1",
    "deputies-0": "",
    "deputies-1": "w-0cf593",
}


def text_of(visitor: Visitor, path: str) -> str:
    return visitor.opens(path).get_data(as_text=True)


def seen(visitor: Visitor, path: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', text_of(visitor, path))
    assert found
    return found[1]


def saved(visitor: Visitor, **fields: str) -> str:
    """The confirmation's path once the role is given away."""
    reply = visitor.sends(f"{PAGE}/edit", {**FORM, **fields, "seen": seen(visitor, f"{PAGE}/edit")})
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return path_of(reply)


def test_a_role_is_given_to_somebody_shown_and_taken_back(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    assert "Vacant" in text_of(editor, PAGE)
    done = saved(editor)
    assert "Team Manager: changed" in text_of(editor, done)
    page = text_of(editor, PAGE)
    assert page.index("Harriet Mockingham") < page.index("Barnaby Specimen-Lee")
    assert "Harriet Mockingham" in text_of(editor, "/admin/roles?q=cambridgeshire+team")
    editor.sends(done.replace("done", "audit") + "/undo")
    assert "Vacant" in text_of(editor, PAGE)


def test_a_role_is_given_by_a_name_that_is_typed(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    saved(editor, holder="Harriet Mockingham", team="Early Help Hub")
    found = application.publication.current().directory.roles[PAGE.rpartition("/")[2]]
    assert (found.holder, found.team, found.deputies) == ("w-37d4c1", "cambridgeshire-early-help-hub", ("w-0cf593",))


def test_the_form_comes_back_as_it_was_saved(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    saved(editor, numbers="020 7946 0299")
    page = text_of(editor, f"{PAGE}/edit")
    values = dict(re.findall(r'id="([a-z0-9-]+)" name="[a-z0-9-]+"[^>]*? value="([^"]+)"', page))
    again = {name: value for name, value in values.items() if name in (*FORM, "numbers")}
    assert again["numbers"] == "020 7946 0299"
    assert editor.sends(f"{PAGE}/edit", {**again, "seen": seen(editor, f"{PAGE}/edit")}).status_code == 303
    found = application.publication.current().directory.roles[PAGE.rpartition("/")[2]]
    assert (found.holder, found.deputies) == ("w-37d4c1", ("w-0cf593",))


def test_a_role_with_more_deputies_than_the_form_shows_keeps_them(application: Application, editor: Holder) -> None:
    five = ["w-0cf593", "w-5b90a8", "w-a2e76f", "w-3f9a2c", "w-7c40e9"]
    editor.changes("PATCH", PAGE.replace("/admin", ""), {"deputies": five})
    visitor = signed_in(application, Role.EDITOR)
    saved(visitor, **{"deputies-1": "w-5b90a8"})
    found = application.publication.current().directory.roles[PAGE.rpartition("/")[2]]
    assert found.deputies == ("w-5b90a8", "w-3f9a2c", "w-7c40e9")


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    form = {**FORM, "name": "", "deputies-1": "w-37d4c1", "numbers": "999", "seen": "v1"}
    reply = editor.sends(f"{PAGE}/edit", form)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert [field for field in ("name", "deputies-0", "numbers") if f'href="#{field}"' not in page] == []
    assert 'value="999"' in page
    typed = editor.sends(f"{PAGE}/edit", {**FORM, "holder": "Nobody Atall", "seen": "v1"}).get_data(as_text=True)
    assert 'href="#holder"' in typed


def test_a_slower_writer_sees_both(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    saved(editor)
    reply = editor.sends(f"{PAGE}/edit", {**FORM, "numbers": "020 7946 0299", "seen": "v1"})
    assert reply.status_code == 412
    assert "020 7946 0299" in reply.get_data(as_text=True)


def test_a_role_is_added_and_removed(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    reply = editor.sends(
        "/admin/roles/new", {"name": "Duty Solicitor", "authority": "derby", "numbers": "020 7946 0299"}
    )
    assert reply.status_code == 303
    page = text_of(editor, "/admin/roles/derby-duty-solicitor")
    assert "020 7946 0299" in page
    assert editor.sends("/admin/roles/new", {"name": "", "authority": ""}).status_code == 422
    remove = "/admin/roles/derby-duty-solicitor/remove"
    assert editor.sends(remove, {"seen": seen(editor, remove)}).status_code == 303
    assert editor.opens("/admin/roles/derby-duty-solicitor").status_code == 404


def test_a_viewer_reads_who_is_reached_by_no_name(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    saved(editor, numbers="07790 770713")
    viewer = signed_in(application, Role.VIEWER)
    pages = text_of(viewer, "/admin/roles") + text_of(viewer, PAGE) + text_of(viewer, "/admin/gaps")
    assert "Somebody" in pages
    assert [word for word in ("Mockingham", "Specimen", "770713", "w-37d4c1", "7946 02") if word in pages] == []
    assert viewer.opens(f"{PAGE}/edit").status_code == 403


def test_an_editor_of_another_authority_changes_no_role_of_this_one(application: Application) -> None:
    limited = signed_in(application, Role.EDITOR, "limited@example.org", authorities=("derby",))
    reply = limited.sends(f"{PAGE}/edit", {**FORM, "seen": "v1"})
    assert reply.status_code == 403
    team = signed_in(application, Role.EDITOR, "team@example.org", teams=("cambridgeshire-ifd",))
    assert team.sends(f"{PAGE}/edit", {**FORM, "seen": "v1"}).status_code == 303


def test_an_empty_list_says_what_to_do(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    assert "No role has all of these words" in text_of(editor, "/admin/roles?q=nothing+of+the+sort")

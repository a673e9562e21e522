"""The console's other pages: closures in two clicks, people and cover, findings, keys, users, approvals, imports, undo."""

import io
import re

import pytest

from admin.findings import COMPUTING
from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, dials, holder
from tests.admin.visitor import Visitor, path_of, signed_in

DEVON = "+442079460101"
EVERYWHERE = ("", "/teams", "/people", "/closures", "/findings", "/imports", "/approvals", "/keys", "/users", "/audit",
              "/search?q=north", "/on-duty", "/teams/new", "/people/new", "/closures/new", "/closures/early",
              "/roles", "/roles/cambridgeshire-team-manager", "/roles/new", "/gaps")  # fmt: skip


def text_of(visitor: Visitor, path: str) -> str:
    return visitor.opens(path).get_data(as_text=True)


def seen(visitor: Visitor, path: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', text_of(visitor, path))
    assert found
    return found[1]


def test_every_page_opens_for_an_admin(application: Application) -> None:
    admin = signed_in(application, Role.ADMIN)
    assert {path: admin.opens(f"/admin{path}").status_code for path in EVERYWHERE} == dict.fromkeys(EVERYWHERE, 200)


def test_the_page_of_findings_waits_for_nobody_who_counts_them(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    with COMPUTING:
        page = text_of(viewer, "/admin/findings?q=north")
    assert "are being counted" in page
    assert 'href="/admin/findings?q=north">Look again' in page
    holder(application, Role.ADMIN).asks("/findings")
    assert "devon-pt-north" in text_of(viewer, "/admin/findings?q=north")


def test_closing_early_today_takes_two_clicks(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    assert 'value="15:00"' in text_of(editor, "/admin/closures/early")
    reply = editor.sends("/admin/closures/early", {"scope": "line:devon", "time": "09:30", "reason": "training"})
    assert reply.status_code == 303
    assert "training" in text_of(editor, path_of(reply))
    dials(application, DEVON).hears("closed")


def test_a_closure_that_repeats_says_how_often(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    form = {"effect": "closed", "scope": "all", "from": "2026-12-01T12:00", "until": "2026-12-01T13:00", "reason": "lunch",
            "repeat": "weekly"}  # fmt: skip
    refused = editor.sends("/admin/closures/new", form)
    assert refused.status_code == 422
    assert 'href="#repeat"' in refused.get_data(as_text=True)
    assert editor.sends("/admin/closures/new", {**form, "times": "6"}).status_code == 303
    assert "FREQ=WEEKLY;COUNT=6" in text_of(editor, "/admin/closures")


def test_a_person_is_entered_away_with_cover_and_taken_back(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    form = {"name": "Nadia Newcomer", "team": "devon-ir-north", "extension": "4052"}
    made = path_of(editor.sends("/admin/people/new", form))
    found = re.search(r'href="(/admin/people/p-[0-9a-f]+)"', text_of(editor, made))
    assert found
    away = {"from": "2026-11-25T09:00", "until": "2026-11-26T17:00", "seen": seen(editor, f"{found[1]}/away")}
    confirmed = path_of(editor.sends(f"{found[1]}/away", away))
    assert "Away until Thu 26 Nov 2026 17:00" in text_of(editor, found[1])
    editor.sends(confirmed.replace("done", "audit") + "/undo")
    assert "Away until" not in text_of(editor, found[1])


def test_a_person_is_taken_off_the_list_and_a_form_without_the_field_leaves_it(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    page = "/admin/people/w-3f9a2c/edit"
    form = {"name": "Rowan Sampleton", "team": "devon-cf-north-1", "extension": "2301", "numbers": "020 7946 0201",
            "manager": "w-b81d07"}  # fmt: skip
    assert "Callers may find this person by keying the name" in text_of(editor, "/admin/people/w-3f9a2c")
    done = path_of(editor.sends(page, {**form, "listed": "no", "seen": seen(editor, page)}))
    assert "Dial by name" in text_of(editor, done)
    assert "Nobody finds this person by name" in text_of(editor, "/admin/people/w-3f9a2c")
    editor.sends(page, {**form, "extension": "2309", "seen": seen(editor, page)})
    assert "Nobody finds this person by name" in text_of(editor, "/admin/people/w-3f9a2c")


def test_an_import_is_looked_at_before_it_is_written(application: Application) -> None:
    editor = signed_in(application, Role.EDITOR)
    row = b"authority,team,slug,number\ndevon,A new team,devon-new,4053\n"
    file = {"file": (io.BytesIO(row), "teams.csv"), "csrf_token": editor.token()}
    looked = editor.client.post("/admin/imports", data=file, content_type="multipart/form-data").get_data(as_text=True)
    assert "A new team" in looked
    assert editor.opens("/admin/teams/devon-new").status_code == 404
    carried = re.search(r'name="carried" value="([^"]+)"', looked)
    assert carried
    editor.sends("/admin/imports/write", {"carried": carried[1]})
    assert "01392 384053" in text_of(editor, "/admin/teams/devon-new")


def test_a_key_is_shown_once_and_revoked(application: Application) -> None:
    admin = signed_in(application, Role.ADMIN)
    shown = admin.sends("/admin/keys", {"name": "rota tool", "role": "editor"}).get_data(as_text=True)
    secret = re.search(r"dl_[\w-]+", shown)
    assert secret
    assert secret[0] not in text_of(admin, "/admin/keys")
    revoke = re.search(r'action="(/admin/keys/[0-9a-f]+/revoke)"', text_of(admin, "/admin/keys"))
    assert revoke
    admin.sends(revoke[1])
    assert Holder(application.flask.test_client(), secret[0]).asks("/teams").status_code == 401


def test_an_account_is_made_disabled_and_never_ones_own(application: Application) -> None:
    admin = signed_in(application, Role.ADMIN)
    fields = {"email": "new@example.org", "name": "New Colleague", "role": "handler"}
    assert "good for one sign-in" in admin.sends("/admin/users", fields).get_data(as_text=True)
    assert admin.sends("/admin/users", fields).status_code == 422
    disable = re.findall(r"/admin/users/[0-9a-f]+/disable", text_of(admin, "/admin/users"))
    assert len(disable) == 1
    admin.sends(disable[0])
    assert "Disabled" in text_of(admin, "/admin/users")


def test_an_exception_is_asked_for_by_one_and_approved_by_another(application: Application) -> None:
    asks = signed_in(application, Role.ADMIN, "one@example.org")
    path = "/admin/authorities/devon/exceptions"
    fields = {"number": "0844 496 0000", "reason": "the only number of the office", "why": "until it moves"}
    assert asks.sends(path, {**fields, "seen": seen(asks, path)}).status_code == 303
    assert "/approve" not in text_of(asks, "/admin/approvals")
    other = signed_in(application, Role.ADMIN, "two@example.org")
    approve = re.search(r"/admin/approvals/[0-9a-f]+/approve", text_of(other, "/admin/approvals"))
    assert approve
    assert other.sends(approve[0]).status_code == 303
    assert "0844 496 0000" in text_of(other, path)


def test_a_viewer_reads_no_name_and_no_mobile(application: Application) -> None:
    viewer = signed_in(application, Role.VIEWER)
    pages = "".join(
        text_of(viewer, f"/admin{path}") for path in ("/people", "/search?q=devon", "/teams?q=derby", "/findings")
    )
    mobiles = [duty.number.national for team in application.publication.current().directory.teams.values()
               for duty in team.duty_numbers if duty.number.e164.startswith("+447")]  # fmt: skip
    names = [person.name for person in application.publication.current().directory.people.values()]
    assert mobiles
    assert names
    assert [text for text in (*mobiles, *names) if text in pages] == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7000*7 }}", "' onfocus='x", "\u202eabc"])
def test_hostile_words_stay_words(application: Application, text: str) -> None:
    editor = signed_in(application, Role.EDITOR)
    page = editor.sends("/admin/teams/new", {"name": text, "authority": "devon", "area": text, "aliases": text})
    shown = page.get_data(as_text=True) + text_of(editor, f"/admin/teams?q={text[:10]}") + text_of(editor, "/admin")
    assert "<script>alert" not in shown
    assert "49000" not in shown
    assert "' onfocus='" not in shown

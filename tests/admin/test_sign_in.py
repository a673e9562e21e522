"""Signing in with a password, and out again."""

from dataclasses import replace

import pytest

from app import Application
from store.accounts import ONCE, by_email, create, disable, new_account
from store.directory import Author
from store.keys import Role
from tests.admin.desk_client import CLOCK, holder
from tests.admin.visitor import HASH, PASSWORD, Visitor, path_of, person, signed_in, visitor

TESTS = Author("tests")


def test_somebody_signs_in_and_comes_back_to_the_page_that_they_wanted(application: Application) -> None:
    ada, browser = person(application, Role.ADMIN), visitor(application)
    sent = browser.opens("/admin/account?tab=1")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/admin/sign-in?next=/admin/account?tab%3D1")
    reply = browser.signs_in(ada.email.upper(), onward="/admin/account?tab=1")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/admin/account?tab=1")
    assert ada.email in browser.opens("/admin/account").get_data(as_text=True)


def test_the_cookie_holds_account_epoch_and_moments_only_and_no_script_or_other_site_reads_it(
    application: Application,
) -> None:
    ada, browser = person(application, Role.ADMIN), visitor(application)
    cookie = next(
        one for one in browser.signs_in(ada.email).headers.getlist("Set-Cookie") if one.startswith("dutyline=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    with browser.client.session_transaction() as kept:
        held = {name: kept[name] for name in kept if name != "_permanent"}
        now = int(CLOCK.now().timestamp())
        assert held == {"account": ada.id, "epoch": 0, "began": now, "seen": now}


@pytest.mark.parametrize("tried", ["nobody@example.org", "admin@example.org", "x" * 300, "a\x00b@example.org"])
def test_unknown_and_wrong_are_told_in_the_same_words(application: Application, tried: str) -> None:
    person(application, Role.ADMIN)
    reply = visitor(application).signs_in(tried, "not the password")
    assert reply.status_code == 422
    assert "The e-mail address or the password is wrong" in reply.get_data(as_text=True)


def test_what_is_left_empty_is_told_all_at_once(application: Application) -> None:
    page = visitor(application).signs_in("", "").get_data(as_text=True)
    assert 'href="#email">Enter your e-mail address.' in page
    assert 'href="#password">Enter your password.' in page


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/admin/\\x", "/other",
                                       "/administer", "/admin\n/x"])  # fmt: skip
def test_signing_in_leads_to_no_other_site(application: Application, elsewhere: str) -> None:
    ada = person(application, Role.ADMIN)
    assert visitor(application).signs_in(ada.email, onward=elsewhere).headers["Location"] == "/admin"


def test_signing_out_ends_this_browser_only(application: Application) -> None:
    here = signed_in(application, Role.EDITOR)
    there = visitor(application)
    there.signs_in("editor@example.org")
    assert path_of(here.sends("/admin/sign-out")) == "/admin/sign-in"
    assert here.opens("/admin/account").status_code == 303
    assert there.opens("/admin/account").status_code == 200


def test_signing_out_everywhere_ends_every_browser(application: Application) -> None:
    here = signed_in(application, Role.EDITOR)
    there = visitor(application)
    there.signs_in("editor@example.org")
    here.sends("/admin/sign-out-everywhere")
    assert [one.opens("/admin/account").status_code for one in (here, there)] == [303, 303]


def test_a_disabled_account_is_out_at_once_and_stays_out(application: Application) -> None:
    browser = signed_in(application, Role.EDITOR)
    with application.database.write_in_order() as connection:
        account = by_email(connection, "editor@example.org")
        assert account
        assert disable(connection, account, TESTS, CLOCK.now())
    assert browser.opens("/admin/account").status_code == 303
    assert visitor(application).signs_in("editor@example.org").status_code == 422


def test_a_given_password_is_changed_before_anything_else(application: Application) -> None:
    fresh = new_account("new@example.org", "Nova Starter", Role.ADMIN, CLOCK.now())
    with application.database.write_in_order() as connection:
        create(connection, replace(fresh, password=f"{ONCE}{HASH}"), TESTS, CLOCK.now())
    browser = visitor(application)
    browser.signs_in("new@example.org")
    assert "good for one sign-in" in browser.opens("/admin/account").get_data(as_text=True)
    reply = browser.sends(
        "/admin/account/password", {"current": PASSWORD, "new": "a wholly other one", "again": "a wholly other one"}
    )
    assert (reply.status_code, path_of(reply)) == (303, "/admin")
    assert "good for one sign-in" not in browser.opens("/admin/account").get_data(as_text=True)


def test_a_new_password_is_refused_with_every_fault(application: Application) -> None:
    browser = signed_in(application, Role.EDITOR)
    page = browser.sends("/admin/account/password", {"current": "wrong", "new": "editor", "again": "other"})
    told = page.get_data(as_text=True)
    assert page.status_code == 422
    assert all(
        words in told for words in ("that you signed in with", "at least 12", "does not hold your name", "alike")
    )


def test_another_password_signs_out_the_other_browsers(application: Application) -> None:
    here, there = signed_in(application, Role.EDITOR), visitor(application)
    there.signs_in("editor@example.org")
    new = "correct horse battery"
    assert here.sends("/admin/account/password", {"current": PASSWORD, "new": new, "again": new}).status_code == 303
    assert [one.opens("/admin/account").status_code for one in (here, there)] == [200, 303]
    assert visitor(application).signs_in("editor@example.org", new).status_code == 303


def test_a_form_from_another_site_changes_nothing(application: Application) -> None:
    browser = signed_in(application, Role.EDITOR)
    assert browser.sends_bare("/admin/sign-out-everywhere", {}).status_code == 400
    assert browser.opens("/admin/account").status_code == 200


def test_a_session_is_no_key_and_a_key_is_no_session(application: Application) -> None:
    browser: Visitor = signed_in(application, Role.ADMIN)
    assert browser.opens("/api/v1/teams").status_code == 401
    key = holder(application, Role.ADMIN).key
    assert visitor(application).opens("/admin/account", Authorization=f"Bearer {key}").status_code == 303


def test_signing_in_stands_in_the_audit_trail(application: Application) -> None:
    signed_in(application, Role.EDITOR)
    deed = holder(application, Role.AUDITOR).asks("/audit?q=sign&limit=1").get_json()["items"][0]
    assert (deed["what"], deed["after"]) == ("sign in", {"by": "password"})


def test_no_page_of_the_console_is_kept_by_a_browser(application: Application) -> None:
    assert visitor(application).opens("/admin/sign-in").headers["Cache-Control"] == "no-store"

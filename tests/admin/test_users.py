"""Accounts by the API: made with a password for one sign-in, changed, closed, and never without an administrator left."""

from dataclasses import replace

import pytest

from app import Application
from store.accounts import Account, by_id, create, new_account
from store.directory import Author
from store.keys import Role, Terms
from store.keys import create as create_key
from tests.admin.desk_client import CLOCK, Holder, codes, holder
from tests.admin.visitor import PASSWORD, path_of, person, signed_in, visitor

ADA = {"email": "Ada@Example.org", "name": "Ada Admin", "role": "admin"}


def kept(application: Application, account: str) -> Account | None:
    with application.database.read() as connection:
        return by_id(connection, account)


def last(admin: Holder) -> dict[str, object]:
    found: dict[str, object] = admin.asks("/audit?limit=1").get_json()["items"][0]
    return found


def test_an_account_is_made_with_a_password_for_one_sign_in_that_is_shown_once(
    application: Application, admin: Holder
) -> None:
    reply = admin.sends("POST", "/users", {**ADA, "why": "the new lead"})
    made = reply.get_json()
    assert (reply.status_code, reply.headers["Location"]) == (201, f"/api/v1/users/{made['id']}")
    assert (made["email"], made["role"], made["signs_in_by"]) == ("ada@example.org", "admin", "password")
    assert "password" not in admin.asks(f"/users/{made['id']}").get_json()
    browser = visitor(application)
    assert browser.signs_in("ada@example.org", made["password"]).status_code == 303
    assert path_of(browser.opens("/admin")) == "/admin/account"
    deed = admin.asks("/audit?q=create&limit=1").get_json()["items"][0]
    assert (deed["kind"], deed["slug"], deed["why"]) == ("account", made["id"], "the new lead")
    assert made["password"] not in str(deed)


def test_the_same_request_under_one_key_makes_one_account_and_shows_the_same_password(admin: Holder) -> None:
    first, again = (admin.sends("POST", "/users", ADA, Idempotency_Key="one") for _ in range(2))
    assert (first.status_code, again.status_code, again.data == first.data) == (201, 201, True)
    assert len(admin.asks("/users").get_json()["items"]) == 1


def test_every_fault_of_an_account_is_told_at_once(application: Application, admin: Holder) -> None:
    assert codes(admin.sends("POST", "/users", {})) == {"email": "missing", "name": "missing", "role": "missing"}
    wrong = {"email": "no address", "name": "x" * 101, "role": "king", "authorities": ["narnia"], "teams": ["nobody"]}
    assert codes(admin.sends("POST", "/users", wrong)) == {
        "email": "address", "name": "too-long", "role": "choice", "authorities.0": "unknown", "teams.0": "unknown",
    }  # fmt: skip
    person(application, Role.EDITOR, "ada@example.org")
    assert codes(admin.sends("POST", "/users", ADA)) == {"email": "taken"}


def test_accounts_are_listed_searched_and_cut_into_pages(application: Application, admin: Holder) -> None:
    person(application, Role.EDITOR, "b@example.org", authorities=("devon",))
    person(application, Role.VIEWER, "a@example.org")
    assert [one["email"] for one in admin.asks("/users").get_json()["items"]] == ["a@example.org", "b@example.org"]
    assert [one["email"] for one in admin.asks("/users?authority=devon").get_json()["items"]] == ["b@example.org"]
    assert [one["email"] for one in admin.asks("/users?q=test view").get_json()["items"]] == ["a@example.org"]
    first = admin.asks("/users?limit=1").get_json()
    assert [one["email"] for one in admin.asks(f"/users?limit=1&cursor={first['next']}").get_json()["items"]] == [
        "b@example.org"
    ]


def test_the_fields_that_are_given_are_changed_and_the_others_stay(application: Application, admin: Holder) -> None:
    account = person(application, Role.EDITOR, authorities=("devon",))
    reply = admin.sends("PATCH", f"/users/{account.id}", {"role": "viewer", "teams": ["devon-ir-north"]})
    assert reply.status_code == 200
    assert kept(application, account.id) == replace(account, role=Role.VIEWER, teams=("devon-ir-north",))
    assert (last(admin)["what"], last(admin)["kind"]) == ("change", "account")
    assert visitor(application).signs_in(account.email).status_code == 303


def test_a_changed_role_and_limit_hold_at_the_next_request(application: Application, admin: Holder) -> None:
    browser = signed_in(application, Role.ADMIN)
    made = admin.asks("/users").get_json()["items"][0]
    person(application, Role.ADMIN, "second@example.org")
    assert browser.opens("/admin/users").status_code == 200
    assert admin.sends("PATCH", f"/users/{made['id']}", {"role": "editor"}).status_code == 200
    assert browser.opens("/admin/users").status_code == 403


def test_an_account_is_disabled_and_enabled_again(application: Application, admin: Holder) -> None:
    browser = signed_in(application, Role.EDITOR)
    path = f"/users/{admin.asks('/users').get_json()['items'][0]['id']}"
    assert admin.sends("PATCH", path, {"disabled": True}).get_json()["disabled"] is True
    assert last(admin)["what"] == "disable"
    assert browser.opens("/admin/account").status_code == 303
    assert browser.signs_in("editor@example.org").status_code == 422
    assert admin.sends("PATCH", path, {"disabled": False}).get_json()["disabled"] is False
    assert last(admin)["what"] == "enable"
    assert browser.signs_in("editor@example.org").status_code == 303


def test_a_new_password_is_good_for_one_sign_in_and_the_old_one_for_none(
    application: Application, admin: Holder
) -> None:
    account = person(application, Role.EDITOR)
    reply = admin.sends("POST", f"/users/{account.id}/password", {"why": "forgotten"})
    assert reply.status_code == 200
    assert visitor(application).signs_in(account.email, PASSWORD).status_code == 422
    browser = visitor(application)
    assert browser.signs_in(account.email, reply.get_json()["password"]).status_code == 303
    assert path_of(browser.opens("/admin/teams")) == "/admin/account"


def test_an_organisations_account_gets_no_password(application: Application, admin: Holder) -> None:
    fresh = replace(new_account("sam@example.org", "Sam", Role.VIEWER, CLOCK.now()), subject="a" * 64)
    with application.database.write_in_order() as connection:
        create(connection, fresh, Author("tests"), CLOCK.now())
    assert admin.sends("POST", f"/users/{fresh.id}/password", {}).status_code == 409
    assert admin.asks(f"/users/{fresh.id}").get_json()["signs_in_by"] == "organisation"


def test_a_removed_account_is_gone_and_its_deeds_stay(application: Application, admin: Holder) -> None:
    browser = signed_in(application, Role.EDITOR)
    account = admin.asks("/users").get_json()["items"][0]["id"]
    assert admin.sends("DELETE", f"/users/{account}").status_code == 204
    assert kept(application, account) is None
    assert browser.opens("/admin/account").status_code == 303
    assert admin.sends("DELETE", f"/users/{account}").status_code == 404
    deeds = admin.asks(f"/audit?q={account}").get_json()["items"]
    assert [deed["what"] for deed in deeds] == ["delete", "sign in", "create"]


@pytest.mark.parametrize("change", [{"disabled": True}, {"role": "editor"}, {"authorities": ["devon"]},
                                    {"teams": ["devon-ir-north"]}, None])  # fmt: skip
def test_the_last_administrator_stays_one(
    application: Application, admin: Holder, change: dict[str, object] | None
) -> None:
    only = person(application, Role.ADMIN)
    person(application, Role.ADMIN, "limited@example.org", authorities=("devon",))
    person(application, Role.EDITOR)

    def tried() -> int:
        return admin.sends("PATCH" if change else "DELETE", f"/users/{only.id}", change).status_code

    assert tried() == 409
    assert kept(application, only.id) == only
    person(application, Role.ADMIN, "second@example.org")
    assert tried() in (200, 204)


def test_the_last_administrator_may_be_renamed(application: Application, admin: Holder) -> None:
    only = person(application, Role.ADMIN)
    assert admin.sends("PATCH", f"/users/{only.id}", {"name": "Ada Again"}).get_json()["name"] == "Ada Again"


def test_nobody_takes_their_own_rights_away_on_the_pages(application: Application, admin: Holder) -> None:
    browser = signed_in(application, Role.ADMIN)
    person(application, Role.ADMIN, "second@example.org")
    own = admin.asks("/users?q=admin@example").get_json()["items"][0]["id"]
    fields = {"email": "admin@example.org", "name": "Test Admin", "role": "viewer"}
    assert "Nobody disables" in browser.sends(f"/admin/users/{own}", fields).get_data(as_text=True)
    assert browser.sends(f"/admin/users/{own}/disable").status_code == 409
    kept_role = kept(application, own)
    assert kept_role is not None
    assert kept_role.administers


def test_a_limited_administrator_makes_neither_keys_nor_accounts(application: Application) -> None:
    with application.database.write_in_order() as connection:
        _, secret = create_key(
            connection, "limited", Role.ADMIN, "tests", CLOCK.now(), terms=Terms(authorities=("devon",))
        )
    limited, other = Holder(application.flask.test_client(), secret), person(application, Role.EDITOR)
    path = f"/users/{other.id}"
    tried: tuple[tuple[str, str, object], ...] = (("POST", "/users", ADA), ("PATCH", path, {"role": "admin"}), ("DELETE", path, None),
             ("POST", f"{path}/password", {}), ("POST", f"{path}/sign-out", {}),
             ("POST", "/keys", {"name": "x", "role": "admin"}), ("DELETE", "/keys/abc", None))  # fmt: skip
    assert [limited.sends(*one).status_code for one in tried] == [403] * len(tried)
    browser = signed_in(application, Role.ADMIN, "limited@example.org", authorities=("devon",))
    assert browser.sends("/admin/users", {**ADA, "role": "admin"}).status_code == 403
    assert browser.sends("/admin/keys", {"name": "x", "role": "admin"}).status_code == 403
    assert limited.asks("/users").status_code == 200


@pytest.mark.parametrize("account", ["nobody", "x" * 80, "%00", "a b"])
def test_an_account_that_is_not_there_is_not_found(admin: Holder, account: str) -> None:
    assert admin.asks(f"/users/{account}").status_code == 404
    assert admin.sends("PATCH", f"/users/{account}", {"name": "x"}).status_code == 404


def test_an_account_is_changed_on_its_page(application: Application) -> None:
    browser, other = signed_in(application, Role.ADMIN), person(application, Role.EDITOR)
    page = browser.opens(f"/admin/users/{other.id}").get_data(as_text=True)
    assert 'value="editor@example.org"' in page
    fields = {"email": other.email, "name": "", "role": "viewer", "authorities": "devon, narnia"}
    refused = browser.sends(f"/admin/users/{other.id}", fields)
    assert refused.status_code == 422
    assert 'href="#name"' in refused.get_data(as_text=True)
    assert 'href="#authorities"' in refused.get_data(as_text=True)
    good = {**fields, "name": "Edith", "authorities": "devon"}
    assert browser.sends(f"/admin/users/{other.id}", good).status_code == 303
    changed = kept(application, other.id)
    assert changed is not None
    assert (changed.name, changed.role, changed.authorities) == ("Edith", Role.VIEWER, ("devon",))
    shown = browser.sends(f"/admin/users/{other.id}/password").get_data(as_text=True)
    assert "good for one sign-in" in shown
    assert visitor(application).signs_in(other.email).status_code == 422


def test_others_neither_see_nor_change_accounts(application: Application) -> None:
    assert [holder(application, role).asks("/users").status_code for role in (Role.EDITOR, Role.AUDITOR)] == [403, 403]

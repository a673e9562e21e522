"""How long is somebody signed in, and what ends a session on every worker at once?"""

from collections.abc import Iterator

import pytest

from app import Application, Config, build, prepare
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import Hand, Visitor, person, signed_in, visitor
from tests.telling import at

HOUR = 60.0
OWN = "/admin/account"


@pytest.fixture
def hand() -> Hand:
    return Hand(at("Wed 10:00"))


@pytest.fixture
def application(config: Config, hand: Hand) -> Iterator[Application]:
    prepare(config, hand)
    built = build(config, hand)
    yield built
    built.close()


@pytest.fixture
def other(application: Application, config: Config, hand: Hand) -> Iterator[Application]:
    """Another worker of the same deployment."""
    built = build(config, hand)
    assert built.database is not application.database
    yield built
    built.close()


def elsewhere(worker: Application, browser: Visitor) -> Visitor:
    """The same browser, answered by another worker."""
    moved = visitor(worker)
    for name in ("dutyline", "dutyline_known"):
        cookie = browser.client.get_cookie(name, path="/admin" if name == "dutyline_known" else "/")
        assert cookie is not None
        moved.client.set_cookie(name, cookie.value, path=cookie.path)
    return moved


def is_in(browser: Visitor) -> bool:
    return browser.opens(OWN).status_code == 200


def test_a_session_ends_ten_hours_after_the_last_request(application: Application, hand: Hand) -> None:
    browser = signed_in(application, Role.EDITOR)
    hand.passes(10 * HOUR - 1)
    assert is_in(browser)
    hand.passes(10 * HOUR - 1)
    assert is_in(browser)
    hand.passes(10 * HOUR)
    assert not is_in(browser)


def test_a_session_ends_a_day_after_it_began_however_busy(application: Application, hand: Hand) -> None:
    browser = signed_in(application, Role.EDITOR)
    for _ in range(5):
        hand.passes(4 * HOUR)
        assert is_in(browser)
    hand.passes(4 * HOUR - 1)
    assert is_in(browser)
    hand.passes(1)
    assert not is_in(browser)
    assert browser.signs_in("editor@example.org").status_code == 303
    assert is_in(browser)


def test_a_form_that_was_left_open_too_long_changes_nothing(application: Application, hand: Hand) -> None:
    browser = signed_in(application, Role.EDITOR)
    token = browser.token()
    hand.passes(10 * HOUR)
    form = {"authority": "devon", "name": "Too Late", "csrf_token": token}
    assert browser.sends_bare("/admin/teams/new", form).headers["Location"].startswith("/admin/sign-in")
    assert "devon-too-late" not in application.publication.current().directory.teams


def test_a_cookie_of_before_the_moments_were_kept_is_no_session(application: Application) -> None:
    account, browser = person(application, Role.EDITOR), visitor(application)
    with browser.client.session_transaction() as kept:
        kept.update(account=account.id, epoch=account.epoch)
    assert not is_in(browser)


def test_a_session_is_good_on_every_worker(application: Application, other: Application) -> None:
    assert is_in(elsewhere(other, signed_in(application, Role.EDITOR)))


def test_signing_out_everywhere_on_one_worker_ends_sessions_on_the_other_at_once(
    application: Application, other: Application
) -> None:
    here = signed_in(application, Role.EDITOR)
    there = elsewhere(other, here)
    second = visitor(other)
    second.signs_in("editor@example.org")
    assert [is_in(there), is_in(second)] == [True, True]
    here.sends("/admin/sign-out-everywhere")
    assert [is_in(here), is_in(there), is_in(second)] == [False, False, False]


@pytest.mark.parametrize("deed", ["disable", "password", "sign-out", "remove"])
def test_what_an_administrator_does_to_an_account_ends_its_sessions_on_the_other_worker_at_once(
    application: Application, other: Application, deed: str
) -> None:
    account = person(application, Role.EDITOR)
    browser = visitor(other)
    browser.signs_in(account.email)
    admin: Holder = holder(application, Role.ADMIN)
    path = f"/users/{account.id}"
    acts = {
        "disable": lambda: admin.sends("PATCH", path, {"disabled": True}),
        "password": lambda: admin.sends("POST", f"{path}/password", {}),
        "sign-out": lambda: admin.sends("POST", f"{path}/sign-out", {}),
        "remove": lambda: admin.sends("DELETE", path),
    }
    assert acts[deed]().status_code in (200, 204)
    assert not is_in(browser)

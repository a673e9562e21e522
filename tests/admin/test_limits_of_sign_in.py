"""Who is kept out after failures, for how long, and who is not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from admin.lockout import ACCOUNT, ADDRESS
from app import Application, Config, build, prepare
from store.keys import Role
from store.tables import attempt
from tests.admin.visitor import Hand, Visitor, person, visitor
from tests.telling import at

OFFICE = "203.0.113.7"
WRONG = "not the password"


@pytest.fixture
def hand() -> Hand:
    return Hand(at("Wed 10:00"))


@pytest.fixture
def application(config: Config, hand: Hand) -> Iterator[Application]:
    prepare(config, hand)
    built = build(config, hand)
    yield built
    built.close()


def fails(browser: Visitor, email: str, times: int) -> list[int]:
    return [browser.signs_in(email, WRONG).status_code for _ in range(times)]


def test_after_five_failures_even_the_right_password_has_to_wait(application: Application, hand: Hand) -> None:
    ada, browser = person(application, Role.ADMIN), visitor(application, OFFICE)
    assert fails(browser, ada.email, 6) == [422, 422, 422, 422, 422, 429]
    reply = browser.signs_in(ada.email)
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "30")
    assert "Too many attempts" in reply.get_data(as_text=True)
    hand.passes(0.5)
    assert browser.signs_in(ada.email).status_code == 303


def test_each_further_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(application: Application, hand: Hand) -> None:
    browser, waits = visitor(application, OFFICE), []
    fails(browser, "nobody@example.org", 5)
    for _ in range(7):
        waits.append(int(browser.signs_in("nobody@example.org", WRONG).headers["Retry-After"]))
        hand.passes(waits[-1] / 60)
        fails(browser, "nobody@example.org", 1)
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_an_account_that_does_not_exist_waits_as_one_that_does(application: Application) -> None:
    ada = person(application, Role.ADMIN)
    there, nowhere = (fails(visitor(application), email, 6) for email in (ada.email, "nobody@example.org"))
    assert there == nowhere


def test_success_forgets_the_failures_before_it(application: Application) -> None:
    ada, browser = person(application, Role.ADMIN), visitor(application, OFFICE)
    fails(browser, ada.email, 4)
    assert browser.signs_in(ada.email).status_code == 303
    assert fails(visitor(application, OFFICE), ada.email, 5) == [422] * 5


def test_failures_of_an_hour_ago_are_forgotten(application: Application, hand: Hand) -> None:
    browser = visitor(application, OFFICE)
    fails(browser, "nobody@example.org", 4)
    hand.passes(61)
    assert fails(browser, "nobody@example.org", 5) == [422] * 5


def test_a_locked_account_keeps_out_no_colleague_of_the_same_office(application: Application) -> None:
    ada, edith = person(application, Role.ADMIN), person(application, Role.EDITOR)
    fails(visitor(application, OFFICE), ada.email, 6)
    assert visitor(application, OFFICE).signs_in(edith.email).status_code == 303


def test_guessing_at_many_accounts_is_stopped_by_the_address(application: Application) -> None:
    browser = visitor(application, OFFICE)
    statuses = [browser.signs_in(f"a{n}@example.org", WRONG).status_code for n in range(ADDRESS.free + 1)]
    assert statuses == [422] * ADDRESS.free + [429]
    assert ADDRESS.free >= 20 * ACCOUNT.free
    assert visitor(application, "203.0.113.8").signs_in("a1@example.org", WRONG).status_code == 422


def test_an_office_in_which_everybody_mistypes_and_then_signs_in_never_waits(application: Application) -> None:
    staff = [person(application, Role.EDITOR, f"e{n}@example.org").email for n in range(30)]
    for email in staff:
        browser = visitor(application, OFFICE)
        assert fails(browser, email, 4) == [422] * 4
        assert browser.signs_in(email).status_code == 303, email
    assert len(staff) * 4 > ADDRESS.free


def test_whoever_signs_in_takes_back_none_of_the_failures_of_others(application: Application) -> None:
    own, guesser = person(application, Role.EDITOR), visitor(application, OFFICE)
    for n in range(ADDRESS.free - 1):
        guesser.signs_in(f"a{n}@example.org", WRONG)
    assert visitor(application, OFFICE).signs_in(own.email).status_code == 303
    statuses = [guesser.signs_in(f"b{n}@example.org", WRONG).status_code for n in range(2)]
    assert statuses == [422, 429]


def test_a_guesser_in_an_office_makes_its_address_wait_ever_longer_but_five_minutes_at_most(
    application: Application, hand: Hand
) -> None:
    browser, waits = visitor(application, OFFICE), []
    for n in range(ADDRESS.free):
        browser.signs_in(f"a{n}@example.org", WRONG)
    for n in range(6):
        waits.append(int(browser.signs_in(f"b{n}@example.org", WRONG).headers["Retry-After"]))
        hand.passes(waits[-1] / 60)
        assert fails(browser, f"c{n}@example.org", 1) == [422]
    assert waits == [30, 60, 120, 240, 300, 300]


def test_a_locked_address_keeps_out_nobody_who_signed_in_before_or_is_signed_in(application: Application) -> None:
    ada, edith = person(application, Role.ADMIN), person(application, Role.EDITOR)
    known, signed = visitor(application, OFFICE), visitor(application, OFFICE)
    known.signs_in(edith.email)
    known.sends("/admin/sign-out")
    signed.signs_in(ada.email)
    stranger = visitor(application, OFFICE)
    for n in range(ADDRESS.free + 1):
        stranger.signs_in(f"a{n}@example.org", WRONG)
    assert stranger.signs_in(edith.email).status_code == 429
    assert signed.opens("/admin/account").status_code == 200
    assert known.signs_in(edith.email).status_code == 303


def test_strangers_who_guess_at_an_account_do_not_keep_its_owner_out(application: Application) -> None:
    ada, own = person(application, Role.ADMIN), visitor(application, OFFICE)
    own.signs_in(ada.email)
    own.sends("/admin/sign-out")
    fails(visitor(application, "198.51.100.9"), ada.email, 6)
    assert own.signs_in(ada.email).status_code == 303


def test_a_known_browser_is_known_for_its_own_account_only_and_guesses_no_more_than_others(
    application: Application,
) -> None:
    ada, edith, browser = person(application, Role.ADMIN), person(application, Role.EDITOR), visitor(application)
    browser.signs_in(ada.email)
    browser.sends("/admin/sign-out")
    fails(visitor(application), edith.email, 6)
    assert browser.signs_in(edith.email).status_code == 429
    assert fails(browser, ada.email, 6)[-1] == 429


def test_nobody_is_named_in_the_table_of_attempts(application: Application) -> None:
    fails(visitor(application, OFFICE), "nobody@example.org", 1)
    with application.database.read() as connection:
        kept = " ".join(row.subject for row in connection.execute(attempt.select()))
    assert "nobody" not in kept
    assert OFFICE not in kept


def test_a_proxys_own_address_locks_nobody(application: Application) -> None:
    browser = visitor(application, "127.0.0.1")
    assert {browser.signs_in(f"a{n}@example.org", WRONG).status_code for n in range(ADDRESS.free + 5)} == {422}


def test_people_behind_a_proxy_that_is_told_of_are_counted_by_their_own_address(config: Config, hand: Hand) -> None:
    prepare(config, hand)
    built = build(replace(config, proxies=1), hand)
    browser = visitor(built)
    token = browser.token()
    fields = {"email": "nobody@example.org", "password": WRONG, "csrf_token": token}
    browser.client.post("/admin/sign-in", data=fields, headers={"X-Forwarded-For": f"198.51.100.1, {OFFICE}"})
    with built.database.read() as connection:
        kept = {row.subject for row in connection.execute(attempt.select())}
    assert config.keyed(f"sign-in address {OFFICE}") in kept
    built.close()

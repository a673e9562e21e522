"""What is found out about the account at Twilio, its tokens and where it may ring?"""

from datetime import timedelta

import pytest

from cli.doctor import account, clock
from tests.cli.doctor.conftest import Patients, codes
from tests.cli.doctor.servers import TOKEN, Account, Server, country, serving

OLD = "fedcba9876543210" * 2
GB = country("GB", "United Kingdom", ordinary=True)


def at(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def looked(patients: Patients, stands: Account, *tokens: str) -> list[str]:
    with serving(stands) as server:
        return codes(account.look(patients(at(server), tokens=tokens or (TOKEN,))))


def test_an_account_in_good_standing_is_silent(patients: Patients) -> None:
    assert looked(patients, Account([])) == []


@pytest.mark.parametrize(
    ("tokens", "taken", "expected"),
    [
        ((TOKEN, OLD), [TOKEN], ["token-left-behind"]),
        ((OLD, TOKEN), [TOKEN], ["token-left-behind"]),
        ((OLD, TOKEN), [OLD, TOKEN], ["tokens-two"]),
        ((OLD,), [TOKEN], ["token-refused", "cannot look"]),
    ],
)
def test_each_token_is_tried_on_its_own(
    patients: Patients, tokens: tuple[str, ...], taken: list[str], expected: list[str]
) -> None:
    assert looked(patients, Account([], tokens=taken), *tokens) == expected


def test_a_primary_token_that_is_none_of_ours_is_found_where_twilio_shows_it(patients: Patients) -> None:
    usual = Account([]).account
    assert looked(patients, Account([], account={**usual, "auth_token": OLD})) == ["token-not-primary"]
    assert looked(patients, Account([], account={**usual, "auth_token": TOKEN})) == []
    assert looked(patients, Account([], account={**usual, "auth_token": "f****"})) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"status": "suspended"}, ["account-inactive"]),
        ({"status": "closed"}, ["account-inactive"]),
        ({"type": "Trial"}, ["account-trial"]),
        ({"owner_account_sid": "AC" + "9" * 32}, ["balance-of-parent"]),
    ],
)
def test_what_is_wrong_with_the_account_is_told(patients: Patients, more: dict[str, str], expected: list[str]) -> None:
    stands = Account([])
    stands.account |= more
    assert looked(patients, stands) == expected


@pytest.mark.parametrize(
    ("left", "expected"), [("20.00", []), ("19.99", ["balance-low"]), ("0.00", ["balance-none"]), ("-3.1", ["balance-none"]),
                           ("much", ["cannot look"])]
)  # fmt: skip
def test_a_balance_is_low_before_it_is_nothing(patients: Patients, left: str, expected: list[str]) -> None:
    assert looked(patients, Account([], balance={"balance": left, "currency": "GBP"})) == expected


def permissions(patients: Patients, *countries: dict[str, object]) -> list[str]:
    with serving(Account([], countries=list(countries))) as server:
        return codes(account.look_at_permissions(patients(at(server))))


def test_the_united_kingdom_alone_may_be_rung_and_nothing_of_risk(patients: Patients) -> None:
    assert permissions(patients, country("FR", "France"), GB, country("US", "United States")) == []
    assert permissions(patients, country("GB", "United Kingdom"), country("FR", "France")) == ["geo-home-off"]
    assert permissions(patients, GB, country("JE", "Jersey", ordinary=True)) == ["geo-others-on"]
    assert permissions(patients, GB, country("LV", "Latvia", fraud=True)) == ["geo-high-risk-on"]
    assert permissions(patients, country("GB", "UK", ordinary=True, special=True)) == ["geo-high-risk-on"]


def test_every_page_of_the_permissions_is_read(patients: Patients) -> None:
    others = [country(f"X{count}", f"Country {count}", ordinary=True) for count in range(8)]
    with serving(Account([], countries=[*others, GB])) as server:
        (found,) = account.look_at_permissions(patients(at(server)))
    assert "8 other countries (Country 0, Country 1, Country 2, Country 3 and 4 more)" in found.sentence


def test_where_twilio_does_not_answer_nothing_is_made_up(patients: Patients) -> None:
    assert looked(patients, Account([], away={"Balance"})) == ["cannot look"]
    with serving(Account([], away={"Countries"})) as server:
        assert codes(account.look_at_permissions(patients(at(server)))) == ["cannot look"]
    assert codes(account.look(patients("http://127.0.0.1:9"))) == ["cannot look"]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, []),
        (1, []),
        (-1, []),
        (8, ["clock-off"]),
        (-8, ["clock-off"]),
        (90, ["clock-wrong"]),
        (-90, ["clock-wrong"]),
    ],
)
def test_this_machines_clock_is_held_against_twilios(patients: Patients, seconds: int, expected: list[str]) -> None:
    with serving(Account([], ahead=timedelta(seconds=seconds))) as server:
        assert codes(clock.look(patients(at(server)))) == expected

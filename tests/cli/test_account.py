"""Accounts are made, listed and closed from a shell."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from admin.passwords import Passwords
from cli.main import dutyline
from store.accounts import Account, by_email
from store.database import Database
from store.keys import Role

KEPT = Passwords()
ADA = ("account", "create", "--role", "admin", "--email", "Ada@Example.org", "--name", "Ada Admin")
PASSWORD = "three words remembered"


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str | None]:
    secret = {"DUTYLINE_SECRET_KEY": "a secret of the tests only, long enough", "TWILIO_ACCOUNT_SID": None}
    return {"DUTYLINE_DATABASE_URL": database_url, "DUTYLINE_STATE_DIR": str(tmp_path / "state"), **secret}


def run(environment: dict[str, str | None], *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(dutyline, words, env=environment, input=typed)


def account(environment: dict[str, str | None], email: str) -> Account | None:
    database = Database(environment["DUTYLINE_DATABASE_URL"] or "")
    with database.read() as connection:
        found = by_email(connection, email)
    database.close()
    return found


def test_an_account_is_made_with_a_password_for_one_sign_in(environment: dict[str, str | None]) -> None:
    shown = run(environment, *ADA, "--authority", "devon").output.strip()
    made = account(environment, "ada@example.org")
    assert made is not None
    assert (made.role, made.once, made.authorities) == (Role.ADMIN, True, ("devon",))
    assert KEPT.right(made.password_hash, shown.rpartition(" ")[2])


def test_a_lasting_password_is_asked_for_and_must_be_good(environment: dict[str, str | None]) -> None:
    short = run(environment, *ADA, "--ask-password", typed="admin\nadmin\n")
    assert short.exit_code == 1
    assert "at least 12 characters" in short.output
    assert "does not hold your name" in short.output
    assert run(environment, *ADA, "--ask-password", typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    made = account(environment, "ada@example.org")
    assert made is not None
    assert (made.once, KEPT.right(made.password_hash, PASSWORD)) == (False, True)


def test_an_address_has_one_account(environment: dict[str, str | None]) -> None:
    run(environment, *ADA)
    again = run(environment, *ADA)
    assert (again.exit_code, "already" in again.output) == (1, True)


def test_what_is_no_address_makes_no_account(environment: dict[str, str | None]) -> None:
    refused = run(environment, "account", "create", "--role", "viewer", "--email", "ada", "--name", "Ada")
    assert (refused.exit_code, "not an e-mail address" in refused.output) == (1, True)


def test_an_account_is_listed_disabled_and_enabled(environment: dict[str, str | None]) -> None:
    run(environment, *ADA)
    last = run(environment, "account", "disable", "ada@example.org")
    assert (last.exit_code, "last administrator" in last.output) == (1, True)
    run(environment, *ADA[:4], "--email", "second@example.org", "--name", "Second Admin")
    assert "is disabled" in run(environment, "account", "disable", "ada@example.org").output
    assert "(disabled)" in run(environment, "account", "list").output
    assert "disabled already" in run(environment, "account", "disable", "ada@example.org").output
    assert "may sign in again" in run(environment, "account", "enable", "ada@example.org").output
    assert "disabled" not in run(environment, "account", "list").output
    assert run(environment, "account", "disable", "nobody@example.org").exit_code == 1


def test_a_forgotten_password_is_replaced_and_sessions_end(environment: dict[str, str | None]) -> None:
    first = run(environment, *ADA).output.strip().rpartition(" ")[2]
    second = run(environment, "account", "reset-password", "ada@example.org").output.strip().rpartition(" ")[2]
    made = account(environment, "ada@example.org")
    assert made is not None
    assert (made.epoch, made.once) == (1, True)
    assert [KEPT.right(made.password_hash, one) for one in (first, second)] == [False, True]

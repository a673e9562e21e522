"""How does a test visit the pages? As somebody with a browser, who may be signed in."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from admin.passwords import Passwords
from app import Application
from store.accounts import Account, create, new_account
from store.directory import Author
from store.keys import Role
from tests.admin.desk_client import CLOCK
from tests.conftest import CHEAP

PASSWORD = "three words remembered"
HASH = Passwords(CHEAP).hash_of(PASSWORD)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Hand:
    """A clock whose hand the test moves."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def passes(self, minutes: float) -> None:
        self.moment += timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a browser."""

    client: FlaskClient
    address: str = "127.0.0.1"

    def opens(self, path: str, **headers: str) -> TestResponse:
        """A page."""
        return self.client.get(path, headers=headers, environ_base={"REMOTE_ADDR": self.address})

    def sends(self, path: str, fields: dict[str, str] | None = None, method: str = "POST") -> TestResponse:
        """A form, with its token."""
        return self.sends_bare(path, {**(fields or {}), "csrf_token": self.token()}, method)

    def sends_bare(self, path: str, fields: dict[str, str], method: str = "POST") -> TestResponse:
        """A form as another site would send it."""
        return self.client.open(path, method=method, data=fields, environ_base={"REMOTE_ADDR": self.address})

    def token(self) -> str:
        """The token of a form in this browser."""
        found = TOKEN.search(self.opens("/admin/sign-in").get_data(as_text=True))
        return found[1] if found else ""

    def signs_in(self, email: str, password: str = PASSWORD, onward: str = "") -> TestResponse:
        """The form for signing in."""
        return self.sends("/admin/sign-in", {"email": email, "password": password, "next": onward})


def enters(browser: Visitor, account: Account) -> None:
    """Signs somebody in without the form."""
    seconds = int(CLOCK.now().timestamp())
    with browser.client.session_transaction() as session:
        session.update(account=account.id, epoch=account.epoch, began=seconds, seen=seconds)


def visitor(application: Application, address: str = "127.0.0.1") -> Visitor:
    """A browser in which nobody is signed in."""
    return Visitor(application.flask.test_client(), address)


def person(
    application: Application,
    role: Role,
    email: str = "",
    *,
    authorities: tuple[str, ...] = (),
    teams: tuple[str, ...] = (),
) -> Account:
    """Somebody with an account and ``PASSWORD``."""
    fresh = new_account(email or f"{role}@example.org", f"Test {role.value.title()}", role, CLOCK.now())
    account = replace(fresh, password=HASH, authorities=authorities, teams=teams)
    with application.database.write_in_order() as connection:
        return create(connection, account, Author("tests"), CLOCK.now())


def signed_in(application: Application, role: Role, email: str = "", **limits: tuple[str, ...]) -> Visitor:
    """A browser in which somebody of a role is signed in."""
    account, browser = person(application, role, email, **limits), visitor(application)
    assert browser.signs_in(account.email).status_code == 303
    return browser


def path_of(reply: TestResponse) -> str:
    """Where a reply leads, without its query."""
    return urlsplit(reply.headers["Location"]).path

"""How does a test speak to the API? As the holder of a key, in one line per request."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import Application
from routing.clock import FixedClock
from store.keys import Role, create
from telephone import Account, Call, Telephone, WsgiTransport
from tests.conftest import TOKEN
from tests.telling import at

CLOCK = FixedClock(at("Wed 10:00"))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a key."""

    client: FlaskClient
    key: str

    def asks(self, path: str, **headers: str) -> TestResponse:
        return self.sends("GET", path, None, **headers)

    def sends(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with_key = {"Authorization": f"Bearer {self.key}", **named}
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=with_key)

    def changes(self, method: str, path: str, body: Any = None, *, seen_at: str = "") -> TestResponse:
        """A change on what stands there now: the ETag of ``seen_at`` (by default the path) goes along."""
        seen = self.asks(seen_at or path)
        return self.sends(method, path, body, If_Match=seen.headers.get("ETag", '"v0"'))


def holder(application: Application, role: Role, name: str = "a tester") -> Holder:
    """A new key of a role, and whoever holds it."""
    with application.database.write_in_order() as connection:
        _, secret = create(connection, name, role, "tests", CLOCK.now())
    return Holder(application.flask.test_client(), secret)


def dials(application: Application, number: str) -> Call:
    """Rings one of the application's own numbers, signed as Twilio signs."""
    base = "http://127.0.0.1:8000/webhooks"
    phone = Telephone(
        WsgiTransport(application.flask), Account("AC" + "0" * 32, TOKEN), f"{base}/voice", status_url=f"{base}/status"
    )
    return phone.dial(number)


def codes(reply: TestResponse) -> dict[str, str]:
    """Field to code of a problem document."""
    return {error["field"]: error["code"] for error in reply.get_json()["errors"]}

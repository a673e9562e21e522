"""When is a sign-in not even looked at? After failures at one account, or from one address; never for a whole office.

A browser in which somebody signed in before is known by a cookie, and is counted by itself: neither strangers who guess at an
account nor those who guess from the same address keep its owner out (OWASP's device cookies).
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from flask import Response, request

from admin.ports import desk, now
from store.accounts import folded
from store.attempts import Allowance, counted, forget, take_back

ACCOUNT = Allowance(free=5, first=timedelta(seconds=30), longest=timedelta(minutes=15))
ADDRESS = Allowance(free=100, first=timedelta(seconds=30), longest=timedelta(minutes=5))
"""An office has one address: its limit is twenty times as high, and lets go sooner."""

COOKIE = "dutyline_known"
KNOWN_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in: what it is counted under."""

    own: str
    address: str | None

    @property
    def subjects(self) -> Mapping[str, Allowance]:
        """Each keyed hash, and how often it may fail."""
        return {self.own: ACCOUNT} | ({self.address: ADDRESS} if self.address else {})


def attempt(email: str) -> Attempt:
    """This request's attempt at an account, there or not."""
    browser = _known_browser(email)
    if browser:
        return Attempt(_keyed("browser", browser), None)
    return Attempt(_keyed("account", folded(email)), _address())


def wait(one: Attempt) -> timedelta | None:
    """Count an attempt before it is looked at; or how long nobody looks at it."""
    with desk().database.write() as connection:
        until = counted(connection, one.subjects, now())
    return until - now() if until else None


def succeeded(one: Attempt) -> None:
    """It was no failure, and neither were the attempts before it by which this account was mistyped."""
    with desk().database.write() as connection:
        attempts = forget(connection, one.own)
        if one.address:
            take_back(connection, one.address, attempts, now())


def remember(reply: Response, email: str) -> None:
    """Know this browser again as one of somebody who signed in."""
    token = f"{secrets.token_hex(8)}.{folded(email)}"
    value = f"{token.partition('.')[0]}.{_keyed('known', token)}"
    age = int(KNOWN_FOR.total_seconds())
    reply.set_cookie(COOKIE, value, age, secure=desk().secure, httponly=True, samesite="Lax", path="/admin")


def _known_browser(email: str) -> str:
    """This browser's mark where the cookie is ours and of this account."""
    mark, _, proof = request.cookies.get(COOKIE, "").partition(".")
    good = proof.isascii() and hmac.compare_digest(proof, _keyed("known", f"{mark}.{folded(email)}"))
    return mark if good else ""


def _address() -> str | None:
    """The address, as far as it is somebody's: loopback is a proxy's that we were not told of (DUTYLINE_PROXIES)."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return None
    return None if address.is_loopback else _keyed("address", str(address))


def _keyed(kind: str, text: str) -> str:
    return desk().keyed(f"sign-in {kind} {text}")

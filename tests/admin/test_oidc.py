"""Signing in with an organisation's account, against a real provider in a process of its own."""

import base64
import hashlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from werkzeug.test import TestResponse

from admin.provider import provider_from
from app import Application, Config, build, prepare
from routing.clock import SystemClock
from store.accounts import Account, by_email, disable
from store.directory import Author
from store.keys import Role
from tests.admin.visitor import Visitor, path_of, person, visitor
from tests.conftest import HOME

CLIENT = "dutyline-console"
ROLES = (
    "Dutyline.Admin=admin, Dutyline.Editor=editor, 0f1e2d3c-0000-4000-8000-00000000de01=editor@devon, Readers=viewer"
)
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Council:
    """The provider of a council, and its staff."""

    issuer: str

    def employs(self, subject: str, **claims: Any) -> None:
        given = {"email": f"{subject}@council.example", "name": subject.title(), **claims}
        requests.put(f"{self.issuer}/users/{subject}", json=given, timeout=5).raise_for_status()

    def lets_in(self, url: str, subject: str, **fields: str) -> str:
        """Somebody signs in on the provider's page: where it sends the browser back to."""
        reply = requests.post(url, data={"sub": subject, **fields}, allow_redirects=False, timeout=5)
        assert reply.status_code == 302
        back = urlsplit(reply.headers["Location"])
        return f"{back.path}?{back.query}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def council() -> Iterator[Council]:
    """The provider, in a process of its own on loopback."""
    port = free_port()
    arguments = [sys.executable, "-m", "tests.admin.provider_process", str(port)]
    with subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HOME
    ) as process:
        _await(port)
        yield Council(f"http://127.0.0.1:{port}")
        process.terminate()


def _await(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "the provider does not start"
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def application(config: Config, council: Council) -> Iterator[Application]:
    provider = provider_from(council.issuer, CLIENT, "a secret", ROLES)
    prepare(config, SystemClock())
    built = build(replace(config, provider=provider), SystemClock())
    yield built
    built.close()


def begins(browser: Visitor, onward: str = "") -> str:
    reply = browser.opens("/admin/sign-in/provider" + (f"?next={onward}" if onward else ""))
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return str(reply.headers["Location"])


def signs_in(council: Council, browser: Visitor, subject: str, onward: str = "") -> TestResponse:
    return browser.opens(council.lets_in(begins(browser, onward), subject))


def account(application: Application, email: str) -> Account | None:
    with application.database.read() as connection:
        return by_email(connection, email)


def refused_with(reply: TestResponse) -> str:
    page = reply.get_data(as_text=True)
    assert reply.status_code == 403, page
    assert "There is a problem" in page
    return page.replace("&#39;", "'")


def test_somebody_with_a_role_signs_in_and_gets_an_account(council: Council, application: Application) -> None:
    council.employs("ada", roles=["Dutyline.Admin"])
    browser = visitor(application)
    reply = signs_in(council, browser, "ada", "/admin/account")
    assert (reply.status_code, path_of(reply)) == (303, "/admin/account")
    assert "ada@council.example" in browser.opens("/admin/account").get_data(as_text=True)
    made = account(application, "ada@council.example")
    assert made is not None
    assert (made.name, made.role, made.password) == ("Ada", Role.ADMIN, None)


def test_the_second_sign_in_finds_the_account_and_takes_the_new_role(
    council: Council, application: Application
) -> None:
    council.employs("edith", roles=["Dutyline.Admin"])
    signs_in(council, visitor(application), "edith")
    first = account(application, "edith@council.example")
    council.employs("edith", roles=["Readers"], email="edith.new@council.example")
    assert signs_in(council, visitor(application), "edith").status_code == 303
    second = account(application, "edith@council.example")
    assert first is not None
    assert second == replace(first, role=Role.VIEWER)


def test_groups_count_as_roles_and_may_limit_to_an_authority(council: Council, application: Application) -> None:
    council.employs("dee", groups=["another", "0f1e2d3c-0000-4000-8000-00000000de01", "Readers"])
    signs_in(council, visitor(application), "dee")
    made = account(application, "dee@council.example")
    assert made is not None
    assert (made.role, made.authorities) == (Role.EDITOR, ("devon",))


def test_the_browser_carries_a_challenge_a_nonce_and_a_state_and_keeps_one_secret_only(
    application: Application,
) -> None:
    browser = visitor(application)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begins(browser)).query).items()}
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/admin/sign-in/provider/back"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    with browser.client.session_transaction() as kept:
        assert kept["state"] == asked["state"]
        assert asked["nonce"] not in str(dict(kept))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["state"].encode()).digest()).rstrip(b"=").decode()
    assert challenge != asked["code_challenge"]


@pytest.mark.parametrize(("claims", "words"), [
    ({"nonce": "another"}, "given to another sign-in"),
    ({"aud": "another-application"}, "meant for another application"),
    ({"aud": [CLIENT, "another"]}, "meant for another application"),
    ({"iss": "https://another.example"}, "another provider than ours"),
    ({"exp": 1_000_000_000}, "too old"),
    ({"exp": "soon"}, "lacks what we need"),
    ({"roles": []}, "no role in Dutyline"),
    ({"roles": ["Somebody.Else"]}, "no role in Dutyline"),
    ({"roles": {"Dutyline.Admin": True}}, "no role in Dutyline"),
    ({"roles": [], "_claim_names": {"groups": "src1"}}, "too many groups"),
    ({"email": "no address"}, "does not tell your e-mail address"),
])  # fmt: skip
def test_an_answer_that_does_not_hold_lets_nobody_in(
    council: Council, application: Application, claims: dict[str, Any], words: str
) -> None:
    council.employs("mallory", **{"roles": ["Dutyline.Admin"], **claims})
    browser = visitor(application)
    assert words in refused_with(signs_in(council, browser, "mallory"))
    assert browser.opens("/admin/account").status_code == 303
    assert account(application, "mallory@council.example") is None


def test_an_answer_to_a_sign_in_that_this_browser_did_not_begin_is_refused(
    council: Council, application: Application
) -> None:
    council.employs("ada", roles=["Dutyline.Admin"])
    back = council.lets_in(begins(visitor(application)), "ada")
    for stranger in (visitor(application), begun := visitor(application)):
        begins(begun)
        assert "was begun in this browser" in refused_with(stranger.opens(back))


def test_an_answer_is_taken_once(council: Council, application: Application) -> None:
    council.employs("ada", roles=["Dutyline.Admin"])
    browser = visitor(application)
    back = council.lets_in(begins(browser), "ada")
    assert browser.opens(back).status_code == 303
    assert "was begun in this browser" in refused_with(browser.opens(back))


def code_of(back: str) -> str:
    return parse_qs(urlsplit(back).query)["code"][0]


def tried_with(browser: Visitor, code: str) -> TestResponse:
    """A code of somebody else's sign-in, brought back with the state of one's own."""
    state = parse_qs(urlsplit(begins(browser)).query)["state"][0]
    return browser.opens(f"/admin/sign-in/provider/back?{urlencode({'code': code, 'state': state})}")


def test_a_code_that_was_given_to_another_browser_is_refused_for_its_verifier(
    council: Council, application: Application
) -> None:
    council.employs("ada", roles=["Dutyline.Admin"])
    stolen = code_of(council.lets_in(begins(visitor(application)), "ada"))
    thief = visitor(application)
    assert "did not take its own code back" in refused_with(tried_with(thief, stolen))
    assert thief.opens("/admin/account").status_code == 303


def test_a_code_is_taken_once_whoever_brings_it_again(council: Council, application: Application) -> None:
    council.employs("ada", roles=["Dutyline.Admin"])
    browser = visitor(application)
    back = council.lets_in(begins(browser), "ada")
    assert browser.opens(back).status_code == 303
    for again in (browser, visitor(application)):
        assert "did not take its own code back" in refused_with(tried_with(again, code_of(back)))


@pytest.mark.parametrize(("verifier", "status"), [("v" * 43, 200), ("w" * 43, 400), ("", 400)])
def test_the_provider_of_these_tests_gives_a_token_for_the_right_verifier_only(
    council: Council, verifier: str, status: int
) -> None:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"v" * 43).digest()).rstrip(b"=").decode()
    asked = {"client_id": CLIENT, "response_type": "code", "scope": "openid", "redirect_uri": "http://127.0.0.1/back",
             "nonce": f"n-{verifier[:1]}", "code_challenge": challenge, "code_challenge_method": "S256"}  # fmt: skip
    back = council.lets_in(f"{council.issuer}/oauth2/authorize?{urlencode(asked)}", "ada")
    form = {"grant_type": "authorization_code", "code": code_of(back), "redirect_uri": asked["redirect_uri"],
            "client_id": CLIENT, "client_secret": "a secret", "code_verifier": verifier}  # fmt: skip
    sent = [requests.post(f"{council.issuer}/oauth2/token", data=form, timeout=5).status_code for _ in range(2)]
    assert sent == [status, 400]


def test_a_code_that_is_not_the_providers_is_refused(application: Application) -> None:
    browser = visitor(application)
    state = parse_qs(urlsplit(begins(browser)).query)["state"][0]
    forged = urlencode({"code": "invented", "state": state})
    assert "did not take its own code back" in refused_with(browser.opens(f"/admin/sign-in/provider/back?{forged}"))


def test_somebody_who_declines_is_told_so(application: Application) -> None:
    browser = visitor(application)
    state = parse_qs(urlsplit(begins(browser)).query)["state"][0]
    declined = urlencode({"error": "access_denied", "state": state})
    assert "did not sign you in" in refused_with(browser.opens(f"/admin/sign-in/provider/back?{declined}"))


def test_a_password_account_is_taken_over_only_where_the_provider_vouches_for_the_address(
    council: Council, application: Application
) -> None:
    person(application, Role.ADMIN, "shared@council.example")
    council.employs("shared", roles=["Readers"])
    assert "An account with a password" in refused_with(signs_in(council, visitor(application), "shared"))
    council.employs("shared", roles=["Readers"], email_verified=True)
    assert signs_in(council, visitor(application), "shared").status_code == 303


def test_a_disabled_account_stays_out(council: Council, application: Application) -> None:
    council.employs("leaver", roles=["Readers"])
    browser = visitor(application)
    signs_in(council, browser, "leaver")
    left = account(application, "leaver@council.example")
    assert left is not None
    with application.database.write_in_order() as connection:
        disable(connection, left, Author("tests"), SystemClock().now())
    assert browser.opens("/admin/account").status_code == 303
    assert "is disabled" in refused_with(signs_in(council, visitor(application), "leaver"))


def test_a_provider_that_does_not_answer_is_told_of(config: Config) -> None:
    prepare(config, SystemClock())
    provider = provider_from(f"http://127.0.0.1:{free_port()}", CLIENT, "", ROLES)
    built = build(replace(config, provider=provider), SystemClock())
    assert "does not answer" in refused_with(visitor(built).opens("/admin/sign-in/provider"))
    built.close()


def test_without_a_provider_there_is_no_such_page(config: Config) -> None:
    prepare(config, SystemClock())
    built = build(config, SystemClock())
    assert visitor(built).opens("/admin/sign-in/provider").status_code == 404
    assert "organisation" not in visitor(built).opens("/admin/sign-in").get_data(as_text=True)
    built.close()

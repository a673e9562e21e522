"""Is a letter sent whole, once, encrypted or not at all, and does every fault say what it is without the password?"""

import base64
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from carrier.letters import Declined, InDoubt, Later, Left, Outcome, Taken
from carrier.mail_server import MailServer, Tls
from carrier.smtp import NO_TLS, NO_WORD, Smtp
from routing.clock import FixedClock
from tests.carrier.mail_host import PASSWORD, SENDER, USER, MailHost, a_letter, mail_host
from tests.telling import at

CLOCK = FixedClock(at("Wed 10:00"))


def yes() -> bool:
    return True


def never() -> bool:
    raise AssertionError("it is handed over")


def sent(host: MailHost, hands_over: Callable[[], bool] = yes, seconds: float = 5.0) -> Outcome:
    return Smtp(host.server, SENDER, CLOCK, host.trust, seconds).send(a_letter(), hands_over)


@pytest.mark.parametrize("tls", [Tls.WHOLE, Tls.STARTED])
def test_a_letter_arrives_whole_and_encrypted(tmp_path: Path, tls: Tls) -> None:
    with mail_host(tmp_path, tls) as host:
        assert sent(host) == Taken()
        (came,) = host.came
    assert (came.sender, came.to, came.encrypted) == ("calls@example.org", "board@example.org", True)
    assert came.part("text/plain").replace("\r\n", "\n").rstrip("\n") == a_letter().text.rstrip("\n")
    assert came.part("text/html").replace("\r\n", "\n").rstrip("\n") == a_letter().html.rstrip("\n")
    (file,) = came.message.iter_attachments()
    assert (file.get_filename(), file.get_content().splitlines()) == ("calls.csv", ["line,offered", "=devon,5"])
    told = {name: came.message[name] for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted", "Date")}
    assert told == {
        "From": "calls@example.org", "To": "board@example.org", "Subject": "Calls, October 2026: Devon – all",
        "Message-ID": "<a1b2c3@example.org>", "Auto-Submitted": "auto-generated",
        "Date": "Wed, 25 Nov 2026 10:00:00 +0000",
    }  # fmt: skip
    assert max(came.raw) < 128
    assert max(map(len, came.raw.split(b"\r\n"))) <= 998


def test_on_this_machine_it_may_go_without_tls_and_without_a_user(tmp_path: Path) -> None:
    with mail_host(tmp_path, Tls.NONE, "", "") as host:
        assert sent(host) == Taken()
    assert "AUTH" not in host.heard
    assert not host.came[0].encrypted


def test_where_tls_is_promised_and_not_offered_nothing_is_said_at_all(tmp_path: Path) -> None:
    with mail_host(tmp_path, Tls.NONE) as host:
        plain = MailServer(Tls.STARTED, "127.0.0.1", host.server.port, USER, PASSWORD)
        assert Smtp(plain, SENDER, CLOCK, host.trust).send(a_letter(), yes) == Declined(0, NO_TLS)
    assert {"AUTH", "MAIL"}.isdisjoint(host.heard)


@pytest.mark.parametrize("tls", [Tls.WHOLE, Tls.STARTED])
def test_a_certificate_that_nobody_trusts_gets_neither_password_nor_letter(tmp_path: Path, tls: Tls) -> None:
    with mail_host(tmp_path, tls) as host:
        found = Smtp(host.server, SENDER, CLOCK).send(a_letter(), yes)
        assert isinstance(found, Later)
        assert "certificate is not trusted (self-signed certificate)" in found.words
    assert {"AUTH", "MAIL"}.isdisjoint(host.heard)


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("450 4.2.0 later", Later(450, "450 4.2.0 later")), ("550 5.1.1 nobody", Declined(550, "550 5.1.1 nobody"))],
)
def test_what_the_server_says_is_what_came_of_it(tmp_path: Path, word: str, reply: str, outcome: Outcome) -> None:
    with mail_host(tmp_path) as host:
        host.says[word] = reply
        assert sent(host) == outcome
        assert host.came == []


@pytest.mark.parametrize("word", ["", "EHLO", "AUTH", "MAIL", "RCPT"])
@pytest.mark.parametrize("fault", ["", "hang up"])
def test_a_server_that_hangs_or_leaves_before_the_letter_may_be_asked_again(
    tmp_path: Path, word: str, fault: str
) -> None:
    with mail_host(tmp_path) as host:
        host.says[word] = fault
        began = time.monotonic()
        assert isinstance(sent(host, seconds=0.5), Later)
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("fault", ["", "hang up"])
def test_once_it_has_the_letter_only_its_word_says_that_it_did_not_take_it(tmp_path: Path, fault: str) -> None:
    with mail_host(tmp_path) as host:
        host.says["."] = fault
        assert sent(host, seconds=0.5) == InDoubt(NO_WORD)


def test_a_server_that_never_says_goodbye_has_taken_it_all_the_same(tmp_path: Path) -> None:
    with mail_host(tmp_path) as host:
        host.says["QUIT"] = ""
        began = time.monotonic()
        assert sent(host) == Taken()
        assert time.monotonic() - began < 2


def test_a_server_that_speaks_a_byte_at_a_time_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_drips, args=(listening,), daemon=True).start()
        server = MailServer(Tls.NONE, "127.0.0.1", listening.getsockname()[1])
        began = time.monotonic()
        assert isinstance(Smtp(server, SENDER, CLOCK, seconds=0.6).send(a_letter(), yes), Later)
        assert time.monotonic() - began < 2


def _drips(listening: socket.socket) -> None:
    talking, _ = listening.accept()
    with talking:
        try:
            for _ in range(100):
                talking.sendall(b"2")
                time.sleep(0.1)
        except OSError:
            return


def test_nothing_is_sent_where_somebody_else_has_it(tmp_path: Path) -> None:
    with mail_host(tmp_path) as host:
        assert sent(host, lambda: False) == Left()
        assert (host.came, "DATA" in host.heard) == ([], False)


def test_it_is_handed_over_only_when_the_address_was_taken(tmp_path: Path) -> None:
    with mail_host(tmp_path) as host:
        host.says["RCPT"] = "550 nobody"
        assert isinstance(sent(host, never), Declined)


def test_after_the_deadline_nothing_is_handed_over_any_more(tmp_path: Path) -> None:
    with mail_host(tmp_path) as host:
        host.when["RCPT"] = lambda: time.sleep(0.8)
        assert isinstance(sent(host, never, seconds=0.4), Later)
        time.sleep(0.8)
        assert host.came == []


def test_nobody_listens(tmp_path: Path) -> None:
    with mail_host(tmp_path) as host:
        nowhere = MailServer(Tls.WHOLE, "127.0.0.1", host.server.port)
    found = Smtp(nowhere, SENDER, CLOCK, seconds=5).send(a_letter(), yes)
    assert found == Later(0, "no connection to the mail server (Connection refused)")


@pytest.mark.parametrize("password", ["wrong", "ümlaut"])
def test_a_password_that_is_not_taken_is_told_without_it(tmp_path: Path, password: str) -> None:
    with mail_host(tmp_path, password=password) as host:
        found = sent(host)
        assert isinstance(found, Declined | Later)
        assert password not in str(found)
        assert host.came == []


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "."])
def test_a_server_that_repeats_the_password_is_not_repeated(tmp_path: Path, word: str) -> None:
    encoded = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    with mail_host(tmp_path) as host:
        host.says[word] = f"550 {PASSWORD} and {encoded} are no\x07 use"
        found = sent(host)
    assert found == Declined(550, "550 … and … are no use")
    assert PASSWORD not in repr(host.server)

"""Which mail servers can be used, what is wrong with the others, and does any word of it repeat the password?"""

import pytest

from admin.mail_settings import Mailing, mailing
from admin.settings import ConfigError
from carrier.letters import Address, address_from
from carrier.mail_server import MailServer, Tls

URL, FROM = "DUTYLINE_SMTP_URL", "DUTYLINE_MAIL_FROM"
SENDER = "calls@example.org"


def test_without_a_server_no_mail_is_sent() -> None:
    assert mailing({}) is None
    assert mailing({FROM: SENDER}) is None


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://ada:pass@mail.example.org", MailServer(Tls.WHOLE, "mail.example.org", 465, "ada", "pass")),
        ("smtps://ada:p%40s%2Fs%3A%23@mail.example.org:8465", MailServer(Tls.WHOLE, "mail.example.org", 8465, "ada", "p@s/s:#")),
        ("SMTP+STARTTLS://mail.example.org/", MailServer(Tls.STARTED, "mail.example.org", 587)),
        ("smtp+starttls://ada%40example.org:x@[2001:db8::1]:25", MailServer(Tls.STARTED, "2001:db8::1", 25, "ada@example.org", "x")),
        ("smtp://localhost", MailServer(Tls.NONE, "localhost", 25)),
        ("smtp://127.0.0.1:1025", MailServer(Tls.NONE, "127.0.0.1", 1025)),
    ],
)  # fmt: skip
def test_servers_that_can_be_used(url: str, server: MailServer) -> None:
    assert mailing({URL: url, FROM: SENDER}) == Mailing(server, Address(SENDER))


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org", "secret", "http://ada:secret@mail.example.org", "smtp:ada:secret@mail.example.org",
        "smtp://ada:secret@mail.example.org", "smtps://ada:se/cret@mail.example.org", "smtps://ada:se#secret@mail.example.org",
        "smtps://ada:se?secret@mail.example.org", "smtps://ada:secret@mail.example.org:many", "smtps://ada:secret@mail.example.org:0",
        "smtps://ada:secret@mail.example.org:99999", "smtps://ada:secret@", "smtps://secret@mail.example.org", "smtps://:secret@mail.example.org",
        "smtps://ada:secret@mail.example.org/inbox", "smtps://ada:secret%0d%0a@mail.example.org", "smtps://ada:secret@[::1",
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_the_remedy_and_without_the_secret(url: str) -> None:
    with pytest.raises(ConfigError, match=f"^{URL}: ") as found:
        mailing({URL: url, FROM: SENDER})
    words = str(found.value)
    assert "write it" in words or "give both" in words
    assert "secret" not in words.replace("user:password", "")
    assert "cret" not in words
    assert found.value.__cause__ is None


def test_both_problems_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as found:
        mailing({URL: "smtp://mail.example.org", FROM: "the office"})
    assert [name in str(found.value) for name in (URL, FROM)] == [True, True]
    with pytest.raises(ConfigError, match=f"^{FROM}: nothing is given"):
        mailing({URL: "smtps://mail.example.org"})


@pytest.mark.parametrize("text", ["board@example.org", " o'neill+duty@mail.example.org ", "a.b@xn--bcher-kva.example"])
def test_addresses(text: str) -> None:
    assert address_from(text) == Address(text.strip())


@pytest.mark.parametrize(
    "text",
    ["", "board", "@example.org", "board@", "board@example", "a..b@example.org", ".a@example.org", "a b@example.org",
     "böard@example.org", "board@exämple.org", "a@b@example.org", "a@example.org\r\nBcc: b@example.org", "a@-x.org", "a@x-.org",
     "Board <board@example.org>", "a@example.org,b@example.org", f"{'a' * 65}@example.org", f"a@{'b' * 63}.{'c' * 250}.org",
     "a@127.0.0.1", "a\0@example.org"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert address_from(text) is None

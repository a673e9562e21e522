"""By which server is e-mail sent, and how is it kept from others' eyes? Read from one address; no word of a fault repeats the secret."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from carrier.account import LOOPBACK

EXAMPLE = "smtps://user:password@mail.example.org:465"
NO_SCHEME = f"it begins with none of smtps://, smtp+starttls:// and smtp://; write it as {EXAMPLE}."
UNREADABLE = (
    f"user, password, host and port cannot be told apart in it; write it as {EXAMPLE}, with %40 for an @ within a name or "
    "password, %2F for a /, %3A for a : and %23 for a #."
)
HALF = "a user without a password, or a password without a user, signs nobody in; give both, or neither."
UNENCRYPTED = "smtp:// would send reports unencrypted; write it with smtps:// or smtp+starttls://, or use a server on this machine."


class Tls(StrEnum):
    """How a connection is encrypted: from its first byte, by STARTTLS, or not, on this machine alone."""

    WHOLE = "smtps"
    STARTED = "smtp+starttls"
    NONE = "smtp"


PORTS = {Tls.WHOLE: 465, Tls.STARTED: 587, Tls.NONE: 25}


class MailServerError(ValueError):
    """An address of a server that cannot be used; the message says why, and the remedy, without anything of the address."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes e-mail. Without a user nobody signs in."""

    tls: Tls
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server_from(text: str) -> MailServer:
    """``smtps://user:password@host:port``, or ``smtp+starttls://``; ``smtp://`` for this machine alone. Raises MailServerError."""
    scheme = text.partition("://")[0].lower()
    if "://" not in text or scheme not in list(Tls):
        raise MailServerError(NO_SCHEME)
    tls = Tls(scheme)
    url, port = _split(text)
    user, password = unquote(url.username or ""), unquote(url.password or "")
    if bool(user) != bool(password):
        raise MailServerError(HALF)
    if tls is Tls.NONE and url.hostname not in LOOPBACK:
        raise MailServerError(UNENCRYPTED)
    return MailServer(tls, url.hostname or "", port or PORTS[tls], user, password)


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        url = urlsplit(text)
        port, host = url.port, url.hostname
    except ValueError:
        raise MailServerError(UNREADABLE) from None  # what failed holds the password
    if not host or port == 0 or url.path.strip("/") or url.query or url.fragment or not _may_be_keyed(url):
        raise MailServerError(UNREADABLE)
    return url, port


def _may_be_keyed(url: SplitResult) -> bool:
    """Whether name and password can be sent as one line."""
    return not any(sign < " " or sign == "\x7f" for sign in unquote(f"{url.username or ''}{url.password or ''}"))

"""By which server and from which address does a deployment send e-mail? (docs/settings.md, E-mail)"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from admin.settings import ConfigError, setting
from carrier.letters import Address, address_from
from carrier.mail_server import MailServer, MailServerError, mail_server_from

NO_SENDER = (
    "DUTYLINE_MAIL_FROM: nothing is given, and a server that takes e-mail is; write the address, as calls@example.org."
)
NOT_AN_ADDRESS = "DUTYLINE_MAIL_FROM: “{}” is not an address; write it as calls@example.org."


@dataclass(frozen=True, slots=True)
class Mailing:
    """The server, and the address from which e-mail comes."""

    server: MailServer
    sender: Address


def mailing(environ: Mapping[str, str]) -> Mailing | None:
    """What the environment says; none: no e-mail is sent. Raises ConfigError with every problem of the two."""
    url, sender = setting(environ, "DUTYLINE_SMTP_URL"), setting(environ, "DUTYLINE_MAIL_FROM")
    problems = list(_problems(url, sender))
    if problems:
        raise ConfigError(" ".join(problems))
    address = address_from(sender)
    return Mailing(mail_server_from(url), address) if url and address else None


def _problems(url: str, sender: str) -> Iterator[str]:
    try:
        if url:
            mail_server_from(url)
    except MailServerError as problem:
        yield f"DUTYLINE_SMTP_URL: {problem}"
    if sender and address_from(sender) is None:
        yield NOT_AN_ADDRESS.format(sender[:80])
    if url and not sender:
        yield NO_SENDER

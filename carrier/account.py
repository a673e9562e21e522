"""Whose account is it that we place calls with, and where is its API?"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

TWILIO = "https://api.twilio.com"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class AddressError(ValueError):
    """An address of the API that cannot be used; the message says why, and the remedy."""


@dataclass(frozen=True, slots=True)
class Account:
    """A Twilio account. ``url`` is where its API is (``api_url_from``). The first token is used, the next where it is not taken."""

    sid: str
    tokens: tuple[str, ...] = field(repr=False)
    url: str

    @property
    def root(self) -> str:
        """Where the account's resources begin."""
        return f"{self.url}/2010-04-01/Accounts/{self.sid}"


def api_url_from(text: str) -> str:
    """The API's address, without a slash at its end. The token goes there, so it is https but on this machine. Raises AddressError."""
    url = urlsplit(text)
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment or url.username:
        raise AddressError(f"“{text}” is not an address; write it as {TWILIO}, or leave it out.")
    if url.scheme == "http" and url.hostname not in LOOPBACK:
        raise AddressError(f"“{text}” would send the account's token unencrypted; write it with https.")
    return text.rstrip("/")

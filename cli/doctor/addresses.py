"""In which parts do two web addresses of ours differ: scheme, host, port, path prefix?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from directory.findings import listed

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Difference:
    """A part, as it is here and as it is there."""

    part: str
    here: str
    there: str

    def __str__(self) -> str:
        here, there = self.here or "none", self.there or "none"
        return f"the {self.part} ({here} instead of {there})"


def differences(here: str, there: str) -> tuple[Difference, ...]:
    """What differs. A port that goes without saying is not another one; the port differs by itself where only the scheme does."""
    return tuple(_differing(here, there))


def _differing(here: str, there: str) -> Iterator[Difference]:
    one, other = urlsplit(here), urlsplit(there)
    if one.scheme != other.scheme:
        yield Difference("scheme", one.scheme, other.scheme)
    hosts = [_host(parts.netloc) for parts in (one, other)]
    if hosts[0] != hosts[1]:
        yield Difference("host", *hosts)
    if _port(here) != _port(there) and (one.port or other.port):
        yield Difference("port", str(_port(here)), str(_port(there)))
    paths = [parts.path.rstrip("/") for parts in (one, other)]
    if paths[0] != paths[1]:
        yield Difference("path prefix", *paths)


def _host(netloc: str) -> str:
    """The host as it is written: Twilio signs its capitals, too."""
    address = netloc.rpartition("@")[2]
    return address.partition("]")[0] + "]" if address.startswith("[") else address.partition(":")[0]


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or PORTS.get(parts.scheme, 0)


def shown(url: str) -> str:
    """An address as it may be told: a password in it stays out."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def differing(parts: Sequence[object]) -> str:
    """``the scheme and the port differ``; empty of none."""
    words = [str(part) for part in parts]
    return f"{listed(words)} differ{'s' if len(words) == 1 else ''}" if words else ""

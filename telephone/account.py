"""Whose telephone account is it, and what are its calls called?"""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Account:
    """A Twilio account: `sid` stands in every request, `token` signs it."""

    sid: str
    token: str = field(repr=False)


class Sids(Protocol):
    """Where new identifiers come from."""

    def next(self, prefix: str) -> str:
        """A fresh identifier: the prefix (`CA` for calls) and 32 hexadecimal digits."""
        ...


@dataclass(slots=True)
class Numbered:
    """CA00...01, CA00...02: the same in each run, so transcripts and golden files can be compared."""

    last: dict[str, int] = field(default_factory=dict)

    def next(self, prefix: str) -> str:
        """The next number of this prefix, as hexadecimal."""
        self.last[prefix] = self.last.get(prefix, 0) + 1
        return f"{prefix}{self.last[prefix]:032x}"


@dataclass(frozen=True, slots=True)
class Unique:
    """Never the same twice: for a telephone that talks to a server with a memory."""

    def next(self, prefix: str) -> str:
        """A random one."""
        return prefix + uuid4().hex

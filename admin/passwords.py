"""Is this the password, and is it good enough to be one? argon2, one at a time, so that calls keep their processor."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
_TURN = Lock()
TOO_SHORT = f"Enter a password of at least {SHORTEST} characters; three words that you remember are good."
TOO_LONG = f"Enter a password of at most {LONGEST} characters."
TELLING = "Enter a password that does not hold your name or e-mail address."
ONE_SIGN = "Enter a password that does not repeat a few characters."


@dataclass(frozen=True, slots=True)
class Effort:
    """What one hash takes: so many passes over so much memory."""

    passes: int
    kibibytes: int


OWASP = Effort(passes=2, kibibytes=19_456)
"""OWASP's least for argon2id: each of our threads may also be answering a caller."""


class Passwords:
    """How passwords are kept, and known again."""

    def __init__(self, effort: Effort = OWASP) -> None:
        self._hasher = PasswordHasher(time_cost=effort.passes, memory_cost=effort.kibibytes, parallelism=1)
        self._nobodys = self._hasher.hash("nobody has this password")

    def hash_of(self, password: str) -> str:
        """What is kept of a password."""
        with _TURN:
            return self._hasher.hash(password)

    def right(self, kept: str, password: str) -> bool:
        """Whether this is the password whose hash was kept; an empty hash takes as long and is never right."""
        if len(password) > LONGEST:
            return False
        try:
            with _TURN:
                return self._hasher.verify(kept or self._nobodys, password) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with other settings than today's."""
        return self._hasher.check_needs_rehash(kept)


def weaknesses(password: str, email: str, name: str) -> list[str]:
    """Everything that is wrong with a new password, each with its remedy."""
    return list(_weaknesses(password, email, name))


def _weaknesses(password: str, email: str, name: str) -> Iterable[str]:
    if len(password) < SHORTEST:
        yield TOO_SHORT
    if len(password) > LONGEST:
        yield TOO_LONG
    telling = [part for part in (email.partition("@")[0], *name.split()) if len(part) > 3]
    if any(part.casefold() in password.casefold() for part in telling):
        yield TELLING
    if len(password) >= SHORTEST and len(set(password)) < 5:
        yield ONE_SIGN

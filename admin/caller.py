"""Who is asking? One shape for whoever holds a key and for a person who signed in."""

from dataclasses import dataclass
from enum import StrEnum

from store.accounts import Account
from store.keys import Key, Role

NOBODY: frozenset[str] = frozenset()


class How(StrEnum):
    """How somebody is known to us."""

    KEY = "key"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes a request. ``authorities`` and ``teams`` (slugs) limit what may be changed; both empty: no limit."""

    id: str
    name: str
    role: Role
    authorities: frozenset[str] = NOBODY
    teams: frozenset[str] = NOBODY
    how: How = How.KEY

    @property
    def limited(self) -> bool:
        """Whether some entries are not for this caller to change."""
        return bool(self.authorities or self.teams)


def by_key(key: Key) -> Caller:
    """Whoever holds this key."""
    return Caller(key.id, key.name, key.role, frozenset(key.authorities), frozenset(key.teams))


def by_account(account: Account) -> Caller:
    """The person of this account."""
    limits = frozenset(account.authorities), frozenset(account.teams)
    return Caller(account.id, account.name, account.role, *limits, How.PERSON)

"""How is a list cut into pages and searched? All words, any order, whole or prefix, accents folded."""

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar

from pydantic import Field

from admin.body import Strict, Text
from admin.problems import Faults, ProblemError, invalid
from directory.search import tokens

Item = TypeVar("Item")
UNREADABLE = "this does not come from a list's “next”; leave it out to begin at the first page."


class Paging(Strict):
    """Where in a list."""

    limit: int = Field(50, ge=1, le=200)
    cursor: Text = Field("", description="The “next” of the page before.")


class Search(Paging):
    """What of a list, and where in it."""

    q: Text = Field("", description="Words, all of which must occur, whole or as beginnings.")
    authority: Text = Field("", description="The slug of an authority.")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items in order, and the cursor of the next page."""

    items: tuple[Item, ...]
    next: str | None


def page(found: Iterable[Item], key: Callable[[Item], str], wanted: Paging) -> Page[Item]:
    """One page of items that are sorted by ``key``; a cursor names the last item of the page before, here or gone."""
    after = opened(wanted.cursor)
    return first_page(sorted((item for item in found if key(item) > after), key=key), key, wanted)


def first_page(found: Iterable[Item], key: Callable[[Item], str], wanted: Paging) -> Page[Item]:
    """The same of items that come in order of ``key`` and begin beyond the cursor; no more of them are asked for than shown."""
    begun = tuple(islice(found, wanted.limit + 1))
    items = begun[: wanted.limit]
    return Page(items, closed(key(items[-1])) if len(begun) > len(items) else None)


def closed(text: str) -> str:
    """A cursor that nobody need understand."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def opened(cursor: str) -> str:
    """What a cursor stands for."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as fault:
        raise unreadable_cursor() from fault


def unreadable_cursor() -> ProblemError:
    """422 for a cursor that is none of ours."""
    faults = Faults()
    faults.say("cursor", "cursor", UNREADABLE)
    return invalid(faults.found)


def matches(words: str, *texts: str) -> bool:
    """Whether every word occurs in the texts, whole or as the beginning of one."""
    there = [token for text in texts for token in remembered(text)]
    return all(any(token.startswith(word) for token in there) for word in remembered(words))


@lru_cache(maxsize=65_536)
def remembered(text: str) -> tuple[str, ...]:
    """The words of a text, which the next search asks for again."""
    return tokens(text)


def document(items: Iterable[Mapping[str, object]], following: str | None) -> dict[str, object]:
    """A list as it is answered."""
    return {"items": list(items), "next": following}

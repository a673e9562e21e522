"""Who is found by a word, an alias or a number, and can the caller be passed to them?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from admin.auth import caller
from admin.console.pages import asked
from admin.lines import plans_in_force
from admin.listing import Search, matches
from admin.named_roles import every_role
from admin.people import everybody
from admin.ports import desk, newest_world, now
from admin.teams import every_team
from desk.page.calls import call_of, named
from desk.page.pages import blueprint, drawn
from store.own_call import own_call

FOUND = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody to pass a caller to: ``team:slug``, a name, and what stands beside it."""

    to: str
    name: str
    beside: str


@blueprint.get("/search")
def search() -> str:
    """What is found as one types. The words stand in the address, which nobody logs (ruling 19)."""
    return drawn("found", **found(asked("q")))


def found(q: str) -> dict[str, object]:
    """What is found, for the template."""
    return {"q": q, "found": tuple(_found(q)) if q else (), "can_pass": _can_pass()}


def _found(q: str) -> Iterator[Found]:
    wanted = Search(q=q, limit=FOUND)
    teams: Mapping[str, Any] = every_team(query=wanted)
    people: Mapping[str, Any] = everybody(query=wanted)
    roles: Mapping[str, Any] = every_role(query=wanted)
    for team in teams["items"]:
        yield Found(f"team:{team['slug']}", team["name"], _numbers(team["duty_numbers"]))
    for person in people["items"]:
        extension = f", extension {person['extension']}" if person["extension"] else ""
        yield Found(f"person:{person['slug']}", person["name"], f"{person['team']}{extension}")
    for role in roles["items"]:
        yield Found(f"role:{role['slug']}", role["name"], "a named role")
    named_so = (plan for plan in plans_in_force(newest_world()) if matches(q, plan.name, plan.line))
    yield from (Found(f"line:{plan.line}", plan.name, "a line") for plan in islice(named_so, FOUND))


def _numbers(duty_numbers: list[Mapping[str, Any]]) -> str:
    shown = [one["number"]["national"] for one in duty_numbers if one["number"]]
    return ", ".join(shown) or "no number"


def _can_pass() -> bool:
    """Whether whoever asks talks to a caller whom they could pass on now."""
    with desk().database.read() as connection:
        own = own_call(connection, caller().id)
        one = named(connection, own)
        return one is not None and call_of(connection, one, desk().publication.current(), now(), own).can_pass

"""Whom of the directory does somebody mean who types a name, an extension or a number? The server looks, so no page holds everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from admin.console.forms import Wrong
from admin.console.picking import A_PERSON, A_TEAM, MOST_OFFERED, NOBODY, SEVERAL, TOO_MANY, WHICH, Kind, Option
from admin.listing import matches
from admin.ports import newest_world
from desk.page.papers import text
from directory.model import Person, Team
from directory.numbers import Number, NumberRefusal, number_from
from directory.search import tokens
from directory.snapshot import Snapshot

LONGEST_SLUG, LONGEST_ECHO = 80, 60
ROLE = "role"
OTHERS: Mapping[str, Kind[Person] | Kind[Team]] = {"person": A_PERSON, "team": A_TEAM}


@dataclass(frozen=True, slots=True)
class Meant:
    """What a field comes to: the target as the API takes it (empty: nothing was typed), what is wrong, whom there is to choose from."""

    target: Mapping[str, str]
    wrong: tuple[Wrong, ...] = ()
    several: tuple[Option, ...] = ()

    def beside(self, others: Sequence[Wrong]) -> tuple[Wrong, ...]:
        """Every fault of the page, ours in place of what others say of the same field."""
        ours = {one.field: one for one in self.wrong}
        return tuple(ours.get(one.field, one) for one in others)


def meant(name: str, label: str) -> Meant:
    """Whom a field of the form means. Where it is not clear, its target is one that the API refuses, with whatever else is wrong."""
    typed, which, here = text(name), text(f"{name}{WHICH}"), newest_world().directory
    if not typed:
        return Meant({})
    number = number_from(typed)
    if isinstance(number, Number) or number is NumberRefusal.SHORT_CODE:
        return Meant({"number": typed})
    found = _those(typed, here)
    chosen = [which] if which in found else found
    if len(chosen) == 1:
        kind, _, slug = chosen[0].partition(":")
        return Meant({kind: slug})
    is_few = len(found) <= MOST_OFFERED
    words = NOBODY if not found else SEVERAL if is_few else TOO_MANY
    fault = Wrong(name, words.format(label=label, typed=typed[:LONGEST_ECHO], count=len(found)))
    several = tuple(Option(one, _described(one, here)) for one in found) if is_few else ()
    return Meant({"person": typed[:LONGEST_SLUG]}, (fault,), several)


def _those(typed: str, here: Snapshot) -> list[str]:
    """Everybody whom these words mean, as ``role:slug``: named roles, people, teams; whoever is called exactly so, of each."""
    words = tokens(typed)
    roles = [role for role in here.roles.values() if words and matches(typed, role.name, role.slug)]
    exact = [role for role in roles if words in (tokens(role.name), tokens(role.slug))]
    found = [f"{ROLE}:{role.slug}" for role in exact or roles]
    return found + [f"{kind}:{slug}" for kind, entries in OTHERS.items() for slug in entries.meant(typed, here)]


def _described(one: str, here: Snapshot) -> str:
    kind, _, slug = one.partition(":")
    if kind in OTHERS:
        return OTHERS[kind].text(slug, here)
    role = here.roles[slug]
    owner = here.authorities.get(role.authority)
    return f"{role.name}, {owner.name if owner else role.authority}, a named role"

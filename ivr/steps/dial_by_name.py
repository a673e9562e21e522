"""Ask for the first letters of a worker's name, read out whom they may mean, and climb the ladder of whoever is chosen.

Given name and team are said, the surname never. The letters are used in the step that receives them and never reach a URL
(ruling 18); the opaque ids of those who may be meant do.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from directory.keypad import LEAST_KEYS
from directory.model import Listing, Person
from directory.names import given
from directory.snapshot import Snapshot
from ivr.events import Arrived, Keyed, Silent
from ivr.moment import Moment
from ivr.name_reasons import (
    NameChosen,
    NameGone,
    NamesFound,
    NamesNotOffered,
    NameUnknown,
    NoMoreNames,
    SeveralNames,
    TooFewLetters,
)
from ivr.outcome import Onward, Outcome
from ivr.plan import DialByName
from ivr.position import Stage
from ivr.reasons import Bounded, NotOffered, Quiet
from ivr.replies import Listen
from ivr.speech import choice
from ivr.steps.helping import AGAIN, BACK, helped, wants_it_again
from ivr.steps.worker import climb_to
from routing.reasons import Reason

TRIES = 3
MOST_READ_OUT = 3
MOST_LOOKUPS = 10
"""So many names may one caller look up at a time; ``webhooks.lookups`` counts them and knows the time."""

LONGEST_ID = 31
"""So much of each slug stands in the URL, from its end, that three of them leave it within 200 characters."""

BETWEEN = "."
KEYS_OF_A_CHOICE = ("1", "2", "3")
MORE = "Please key more letters: the whole surname, then the first name, then press hash."


def step(node: DialByName, moment: Moment) -> Outcome | Onward:
    """Listen for letters, then for a choice, then climb."""
    match moment.position.stage:
        case Stage.ENTER:
            return _entered(node, moment)
        case Stage.LETTERS:
            return helped(moment) or _lettered(node, moment)
        case Stage.KEYS:
            return _decided(node, moment)
        case _:
            return climb_to(moment.world.directory.people.get(moment.position.subject), moment)


def looks_up(moment: Moment) -> bool:
    """Whether this step looks a name up, which a caller may do so often only."""
    asked = isinstance(moment.plan.nodes.get(moment.position.node), DialByName)
    return asked and moment.position.stage is Stage.LETTERS and len(_letters(moment)) >= LEAST_KEYS


def _letters(moment: Moment) -> str:
    """The keys that have letters on them; others stand for what divides a name."""
    keys = moment.event.keys if isinstance(moment.event, Keyed) else ""
    return "".join(key for key in keys if key in "23456789")


def _entered(node: DialByName, moment: Moment) -> Outcome | Onward:
    if moment.offers(node.slug):
        return _asking(moment, node.say)
    return Onward(moment.entering(node.otherwise), trace=(NamesNotOffered(),))


def _asking(moment: Moment, text: str, *reasons: Reason) -> Outcome:
    then = moment.waiting(Stage.LETTERS) if isinstance(moment.event, Arrived) else moment.again(Stage.LETTERS)
    return Outcome((Listen(text, replace(then, subject=""), keys=None),), reasons)


def _again(node: DialByName, moment: Moment, says: str, *reasons: Reason, ask: str = "") -> Outcome | Onward:
    if moment.position.tries + 1 >= TRIES:
        return Onward(moment.entering(node.otherwise), (says,), (*reasons, Bounded()))
    return _asking(moment, f"{says} {ask or node.say}".strip(), *reasons)


def _lettered(node: DialByName, moment: Moment) -> Outcome | Onward:
    match moment.event:
        case event if wants_it_again(event):
            return _again(node, moment, "")
        case Silent():
            return _again(node, moment, "I did not hear any letters.", Quiet())
        case _ if not looks_up(moment):
            return _again(node, moment, "Those are too few letters.", TooFewLetters())
        case _ if moment.looked_up >= MOST_LOOKUPS:
            says = ("You have looked up many names, so we cannot look up another just now.",)
            return Onward(moment.entering(node.otherwise), says, (NoMoreNames(),))
        case _:
            return _looked_up(node, moment)


def _looked_up(node: DialByName, moment: Moment) -> Outcome | Onward:
    spelt = moment.world.directory.people_spelt(moment.plan.authority, _letters(moment))
    found = list(islice(spelt, MOST_READ_OUT + 1))
    if not found:
        return _again(node, moment, "Nobody is listed under those letters.", NameUnknown())
    if len(found) > MOST_READ_OUT or len(set(_labels(found, moment))) < len(found):
        return _again(node, moment, "Several people are listed under those letters.", SeveralNames(), ask=MORE)
    ordered = sorted(found, key=lambda person: (given(person.name), person.team, person.slug))
    subject = BETWEEN.join(person.slug[-LONGEST_ID:] for person in ordered)
    then = replace(moment.waiting(Stage.KEYS), subject=subject, tries=0)
    return Outcome((Listen(_choices(ordered, moment), then),), (NamesFound(len(ordered)),))


def _choices(people: Sequence[Person | None], moment: Moment) -> str:
    """Each person at the key of their place, whoever else has gone from the list meanwhile."""
    places = {key: person for key, person in enumerate(people, 1) if person}
    labels = _labels(list(places.values()), moment)
    offers = (choice(label, str(key)) for key, label in zip(places, labels, strict=True))
    return " ".join((*offers, "To key other letters, press hash."))


def _labels(people: Sequence[Person], moment: Moment) -> list[str]:
    """``Rowan, in Early Help``; with the role where two would sound alike."""
    plain = [_label(person, "", moment) for person in people]
    return [
        _label(person, _role(person, moment), moment) if plain.count(label) > 1 else label
        for person, label in zip(people, plain, strict=True)
    ]


def _label(person: Person, role: str, moment: Moment) -> str:
    named = given(person.name) or "a worker"
    return ", ".join(text for text in (named, role, f"in {moment.team(person.team).name}") if text)


def _role(person: Person, moment: Moment) -> str:
    roles = moment.world.directory.roles.values()
    return next((role.name for role in roles if role.holder == person.slug), "")


def _decided(node: DialByName, moment: Moment) -> Outcome | Onward:
    people = _meant(moment)
    match moment.event:
        case Keyed(keys=keys) if keys in BACK:
            return _asking(moment, node.say)
        case Keyed(keys=keys) if keys in AGAIN and any(people):
            return Outcome((Listen(_choices(people, moment), moment.waiting(Stage.KEYS)),))
        case Keyed(keys=keys) if keys in KEYS_OF_A_CHOICE[: len(people)]:
            return _chosen(node, moment, people[int(keys) - 1])
        case _:
            return helped(moment) or _undecided(node, moment, people)


def _chosen(node: DialByName, moment: Moment, person: Person | None) -> Outcome | Onward:
    if person is None:
        return _asking(moment, f"That person is not listed any more. {node.say}", NameGone())
    team = moment.team(person.team).name
    found = replace(moment, position=replace(moment.position, subject=person.slug))
    climbed = climb_to(person, found, f"A worker in {team}.")
    return replace(climbed, trace=(NameChosen(team), *climbed.trace))


def _undecided(node: DialByName, moment: Moment, people: Sequence[Person | None]) -> Outcome | Onward:
    quiet = isinstance(moment.event, Silent)
    says, why = ("I did not hear a key.", Quiet()) if quiet else ("That key is not one of the choices.", NotOffered())
    if moment.position.tries + 1 >= TRIES or not any(people):
        return Onward(moment.entering(node.otherwise), trace=(why, Bounded()))
    return Outcome((Listen(f"{says} {_choices(people, moment)}", moment.again(Stage.KEYS)),), (why,))


def _meant(moment: Moment) -> tuple[Person | None, ...]:
    """Those who were read out, each at their place; none for whoever is not listed any more."""
    return tuple(_person(end, moment.world.directory) for end in moment.position.subject.split(BETWEEN))


def _person(end: str, directory: Snapshot) -> Person | None:
    """The one listed person whose slug ends so; longer slugs than fit are rare, and looking through all is quick enough."""
    slugs = [end] if len(end) < LONGEST_ID else [slug for slug in directory.people if slug[-LONGEST_ID:] == end]
    person = directory.people.get(slugs[0]) if len(slugs) == 1 else None
    return person if person and person.listed is Listing.LISTED else None

"""How many phones would ring for a team or a worker, and how is each taken? That decides how a ladder goes, though not whom it reaches."""

from datetime import datetime

from directory.model import Accept, Person, Team, default_accept
from directory.numbers import Number
from directory.policy import denial
from directory.rota import holding
from directory.snapshot import Snapshot
from routing.ladder import numbers_of

Phones = tuple[str, ...]
"""Each phone by the way in which it is taken; one that the policy may refuse is marked."""

Kind = tuple[Phones, ...]
"""What makes two workers alike: their phones, their manager's, and their team's."""

NOBODY = Person("", "", "")


def phones_of(directory: Snapshot, person: Person, at: datetime) -> Phones:
    """A person's phones, or those of whoever covers."""
    absence = person.absence(at)
    if absence is None:
        return standing_phones(directory, person)
    cover = directory.people.get(absence.cover or "", NOBODY)
    covering = numbers_of(cover, directory) if cover.absence(at) is None else ()
    return ("away", *(_taken(number, cover.accept) for number in covering))


def standing_phones(directory: Snapshot, person: Person) -> Phones:
    """A person's own phones."""
    return tuple(_taken(number, person.accept) for number in numbers_of(person, directory))


def phones_of_team(directory: Snapshot, team: Team, at: datetime) -> Phones:
    """A team's phones: of whoever's turn it is, then the standing ones."""
    turns = (phone for shift in holding(team.rota, at) for phone in _phones_on_duty(directory, shift.who, at))
    return (*turns, *(_taken(duty.number, duty.accept) for duty in team.duty_numbers if duty.in_force(at)))


def kind_of(directory: Snapshot, person: Person, at: datetime) -> Kind:
    """What a worker has in common with others whose ladders go as theirs."""
    own, managers = phones_of(directory, person, at), phones_of(directory, manager_of(directory, person), at)
    return own, managers, behind(directory, person.team, at)


def behind(directory: Snapshot, slug: str, at: datetime) -> Phones:
    """The phones of the team that stands behind a worker; none where the directory has no such team."""
    team = directory.teams.get(slug)
    return phones_of_team(directory, team, at) if team else ()


def manager_of(directory: Snapshot, person: Person) -> Person:
    """The manager, or somebody without a phone."""
    return directory.people.get(person.manager or "", NOBODY)


def _phones_on_duty(directory: Snapshot, who: Number | str, at: datetime) -> Phones:
    if isinstance(who, Number):
        return (_taken(who, default_accept(who)),)
    return phones_of(directory, directory.people.get(who, NOBODY), at)


def _taken(number: Number, accept: Accept) -> str:
    return f"{accept}, doubtful" if denial(number) else accept

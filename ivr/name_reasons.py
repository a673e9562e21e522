"""Why did a look-up by name end as it did? None of these holds a name or the letters that were keyed."""

from dataclasses import dataclass

from routing.reasons import Reason


@dataclass(frozen=True, slots=True)
class NamesFound(Reason):
    """Some people's names begin with the letters."""

    code = "names-found"
    words = "Listed under these letters: {count}. The caller hears given name and team of each."
    count: int


@dataclass(frozen=True, slots=True)
class SeveralNames(Reason):
    """More people than are read out, or such as cannot be told apart by what is said of them."""

    code = "names-several"
    words = "More are listed under these letters than are read out, or some who would sound alike: more letters are asked for."


@dataclass(frozen=True, slots=True)
class NameUnknown(Reason):
    """Nobody's name begins with the letters."""

    code = "name-unknown"
    words = "Nobody is listed under these letters."


@dataclass(frozen=True, slots=True)
class TooFewLetters(Reason):
    """Too few letters to look up."""

    code = "name-too-short"
    words = "The caller keyed fewer letters than a name is looked up by."


@dataclass(frozen=True, slots=True)
class NameChosen(Reason):
    """The caller took one of those who were read out."""

    code = "name-chosen"
    words = "The caller chose somebody in {team} of those who were read out."
    team: str


@dataclass(frozen=True, slots=True)
class NameGone(Reason):
    """The person was removed, or taken off the list, while the caller chose."""

    code = "name-gone"
    words = "Whoever the caller chose is not listed any more."


@dataclass(frozen=True, slots=True)
class NoMoreNames(Reason):
    """The caller has looked up as many names as are allowed at a time."""

    code = "names-enough"
    words = "The caller has looked up as many names as are allowed for now: the call goes on without one."


@dataclass(frozen=True, slots=True)
class NamesNotOffered(Reason):
    """Nobody can be found by name now."""

    code = "names-not-offered"
    words = "Nobody is found by name now: it is out of hours, or nobody of this authority is listed."

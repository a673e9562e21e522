"""What is answered to whoever asks who works with a child? One of two templates: worker, manager and team, or “not open” (D:14-D:16).

Pure. What a system does not tell is said to be missing, never left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NOT_KNOWN = "not held by us"
MASH = "refer the child or young person to the MASH, by telephone or on its web page, with all pertinent information (D:24)"
HEAD = "REPLY TO A REQUEST FOR CONTACT DETAILS"


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who works with the child, and how they are reached; an empty text is not known."""

    name: str
    office: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class OpenTo:
    """To whom a child is open in one case system."""

    system: str
    worker: Reached
    manager: Reached
    team: str


def answer_open(cases: Sequence[OpenTo]) -> str:
    """The template where the child is open to one case system or to both."""
    return "\n".join([HEAD, *(line for case in cases for line in _of(case))]) + "\n"


def answer_not_open(systems: Sequence[str]) -> str:
    """The template where the child is open to none of these case systems."""
    lines = [f"{system}: the child or young person is not open." for system in systems]
    return "\n".join([HEAD, *lines, f"What to do now: {MASH}."]) + "\n"


def _of(case: OpenTo) -> list[str]:
    who = (("Allocated worker", case.worker), ("Manager", case.manager))
    lines = [line for label, person in who for line in _person(label, person)]
    return [f"{case.system}: the child or young person is open.", *lines, f"Team: {case.team or NOT_KNOWN}"]


def _person(label: str, person: Reached) -> list[str]:
    ways = (("office number", person.office), ("mobile", person.mobile), ("e-mail", person.email))
    return [f"{label}: {person.name or NOT_KNOWN}", *(f"    {way}: {value or NOT_KNOWN}" for way, value in ways)]

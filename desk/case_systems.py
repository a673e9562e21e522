"""Whom does a case system name for a child? A port for both systems, and the list that is kept by hand where none is plugged in.

D:14 names two, one for social care and one for Early Help: a child may be open to either, so both are asked (X23).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from desk.contact_values import match_of
from store import cases
from store.cases import CaseEntry
from store.database import Transaction
from store.sealing import Sealer

SYSTEMS: Mapping[str, str] = {"eclipse": "Eclipse", "right-for-children": "Right for Children"}
"""The two case systems by code (D:14)."""


class Standing(StrEnum):
    """What a system says of a child."""

    OPEN = "open"
    NOT_OPEN = "not-open"
    UNKNOWN = "unknown"


class CaseSystems(Protocol):
    """Both case systems. An adapter to the real ones is given the name; the list that is kept by hand, only its hash."""

    def of_child(self, name: str, born: str) -> Mapping[str, CaseEntry]:
        """What is known of a child, by system; a system that knows nothing is left out."""
        ...


@dataclass(frozen=True, slots=True)
class HandKept:
    """What was entered by hand (``store.cases``)."""

    connection: Transaction
    sealer: Sealer

    def of_child(self, name: str, born: str) -> Mapping[str, CaseEntry]:
        """The entries of a child."""
        found = cases.of_child(self.connection, match_of(name, born, self.sealer))
        return {entry.system: entry for entry in found}


def merged(found: Mapping[str, CaseEntry]) -> Standing:
    """Open where one system says so; not open only where both do (D:16)."""
    states = [found[system].state if system in found else Standing.UNKNOWN for system in SYSTEMS]
    if Standing.OPEN in states:
        return Standing.OPEN
    return Standing.UNKNOWN if Standing.UNKNOWN in states else Standing.NOT_OPEN

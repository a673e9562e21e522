"""Whom are basic checks answered for? The eleven bodies of the list, as they are printed (C:73-C:83). Nobody prints a number for any."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A body that may ask, by its code."""

    code: str
    name: str
    source: str


def _rows(*rows: Body) -> Mapping[str, Body]:
    return {row.code: row for row in rows}


BODIES: Mapping[str, Body] = _rows(
    Body("cafcass", "CAFCASS", "C:73"),
    Body("youth-offending", "Youth Offending Service", "C:74"),
    Body("nhs-cambridgeshire", "NHS Cambridgeshire", "C:75"),
    Body("nhs-peterborough", "NHS Peterborough", "C:76"),
    Body("child-health", "Department of Child Health", "C:77"),
    Body("north-west-anglia", "North West Anglia NHS Foundation Trust", "C:78"),
    Body("bench", "BENCH (Bedfordshire, Northamptonshire, Cambridgeshire and Hertfordshire Community Rehabilitation Company)",
         "C:79"),
    Body("probation", "NPS (National Probation Service)", "C:80"),
    Body("police", "Cambridgeshire Police", "C:81"),
    Body("emergency-duty-team", "Emergency Duty Team", "C:82"),
    Body("other-authorities", "Other Local Authorities", "C:83"),
)  # fmt: skip

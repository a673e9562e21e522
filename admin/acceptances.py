"""Which warnings are accepted for a time? By an administrator, with a reason and an end; what is refuted never is."""

from datetime import datetime, timedelta
from typing import ClassVar

from flask import Response, jsonify
from pydantic import ConfigDict, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Strict, Text
from admin.findings import ListedFinding, Placed, listed, told_at
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults, missing
from admin.shapes import moment_in
from admin.versions import created, gone
from directory.findings import Severity
from directory.problems import Fault
from store.acceptances import Acceptance, accept, withdraw
from store.audit import Deed

LONGEST = timedelta(days=366)
REFUTED = "what is refuted is not accepted: a promise does not hold; mend it."
PAST = "“{}” is past; give a later end."
TOO_FAR = "“{}” is more than a year ahead; look at it again by then."

api = resource_api("acceptances", "Warnings that are accepted for a time, with a reason and an end.")


class AcceptancePath(Strict):
    """Which finding, by its id."""

    id: str


class NewAcceptance(Body):
    """Why a finding is accepted, and until when."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["until", "why"]})

    until: Text = Field("", description="ISO 8601, or words like “Fri 16:05”; at most a year ahead.")


@api.post("/findings/<id>/acceptance", responses={201: ListedFinding})
def new_acceptance(path: AcceptancePath, body: NewAcceptance) -> Response:
    """Accept a finding for a time, or accept it anew with another end. It comes back at its end, or when it says something else."""
    one, doer = placed(path.id), author(body.why)
    until = _sound(one, body, doer.why)
    at = one.finding.at
    made = Acceptance(
        one.id, one.finding.code, at.kind, at.slug[:80], at.authority, doer.why, until, doer.who, now()
    )  # fmt: skip
    with desk().database.write_in_order() as connection:
        accept(connection, made, Deed(doer.who, "", "", "", None, None, doer.why))
    return created(jsonify(listed(one, {one.id: made}).model_dump(mode="json")), f"{API}/findings")


def placed(key: str) -> Placed:
    """A finding of this moment by its id."""
    found = next((one for one in told_at(newest_world(), now()) if one.id == key), None)
    if found is None:
        raise missing("finding with this id; its cause may be gone, or it says something else by now")
    return found


def _sound(one: Placed, body: NewAcceptance, why: str) -> datetime:
    faults = Faults()
    until = moment_in("until", body.until, faults)
    if one.finding.severity is Severity.REFUTED:
        faults.say("severity", "refuted", REFUTED)
    if not why:
        faults.note("why", Fault.MISSING)
    if not body.until:
        faults.note("until", Fault.MISSING)
    elif until and until <= now():
        faults.say("until", "past", PAST.format(body.until))
    elif until and until > now() + LONGEST:
        faults.say("until", "too-far", TOO_FAR.format(body.until))
    body.refuse(faults)
    if until is None:
        raise AssertionError("a fault was noted for it")
    return until


@api.delete("/findings/<id>/acceptance", responses={204: None})
def gone_acceptance(path: AcceptancePath) -> Response:
    """Take an acceptance back; the finding is told again."""
    doer = author()
    with desk().database.write_in_order() as connection:
        if not withdraw(connection, path.id[:24], Deed(doer.who, "", "", "", None, None, doer.why), now()):
            raise missing("accepted finding with this id")
    return gone()

"""What asks a member of staff the night team to do? An alert with its checklist; a late one is heard until it is acknowledged.

B:64-B:68. Late is what comes when the locality's day is over: after 17:00, at weekends and, assumed, on bank holidays (X52).
"""

from collections.abc import Mapping

from flask import Response
from pydantic import Field

from admin.blueprints import resource_api
from admin.body import Body, Name
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults
from admin.versions import created_as
from desk.message_kinds import LATE_ALERT, STAFF_ALERT, MessageKind
from desk.message_shelf import (
    MessageBody,
    MessageList,
    MessageQuery,
    MessageText,
    acknowledged,
    check,
    lay,
    one,
    those,
    told,
)
from desk.paperwork import PaperPath, needed
from desk.texts import Long
from desk.working_time import hours_of
from routing.hours import verdict

KINDS = frozenset({LATE_ALERT.code, STAFF_ALERT.code})
CHECKLIST = ("details", "purpose", "contingency", "manager_consulted")
"""What an alert must hold: the information, why the night team is asked, what if it fails, and who was consulted (B:65-B:67)."""

NO_DESCRIPTION = "somebody is to be asked to leave; describe them clearly (B:65)."

api = resource_api("staff-alerts", "Alerts of staff to the night team.")


class StaffAlertBody(MessageBody):
    """The alert's checklist. Everything that is missing is told at once."""

    details: Long = Field("", description="The basic, relevant and correct information (B:65).")
    purpose: Long = Field("", description="Why the night team is asked (B:66).")
    contingency: Long = Field("", description="What is to be done if it does not go as planned (B:65).")
    manager_consulted: Name = Field("", description="Which manager was consulted before (B:67).")
    somebody_leaves: bool = Field(default=False, description="Whether a person is to be asked to leave a home (B:65).")
    description: Long = Field("", description="What that person looks like.")
    exceptional: Long = Field("", description="Why the alert does not come by Mosaic (B:64).")


class StaffAlertRead(Body):
    """Nothing but a reason, if there is one."""


@api.get("/staff-alerts", responses={200: MessageList})
def every_staff_alert(query: MessageQuery) -> Mapping[str, object]:
    """Alerts, without what they say, the oldest first."""
    return those(KINDS, query)


@api.post("/staff-alerts", responses={201: MessageText})
def new_staff_alert(body: StaffAlertBody) -> Response:
    """Pass an alert on to the night team, complete; after the day has ended it is a late one."""
    faults = Faults()
    with desk().database.write_in_order() as connection:
        check(connection, body, faults)
        needed(body, faults, *CHECKLIST)
        if body.somebody_leaves and not body.description:
            faults.say("description", "missing", NO_DESCRIPTION)
        body.refuse(faults)
        parts = {name: getattr(body, name) for name in (*CHECKLIST, "description", "exceptional")}
        made = lay(connection, _kind(body.authority), body, parts)
        answer = told(connection, made)
    return created_as(answer, f"{API}/staff-alerts/{made.id}")


def _kind(authority: str) -> MessageKind:
    world = newest_world()
    hours = hours_of(authority, world)
    in_the_day = hours is not None and verdict(hours, now(), world.calendar).is_open
    return STAFF_ALERT if in_the_day else LATE_ALERT


@api.get("/staff-alerts/<id>", responses={200: MessageText})
def one_staff_alert(path: PaperPath) -> Mapping[str, object]:
    """An alert; that you read it is noted."""
    return one(KINDS, path.id)


@api.post("/staff-alerts/<id>/acknowledge", responses={200: MessageText})
def staff_alert_read(path: PaperPath, body: StaffAlertRead) -> Mapping[str, object]:
    """You have read it, for the night team. It is heard no more."""
    body.refuse(Faults())
    return acknowledged(KINDS, path.id, body.why)

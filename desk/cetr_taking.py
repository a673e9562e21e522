"""How is a CETR request taken in? With its class and due time under every reading, sealed, and with a task that has its clock."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from admin.auth import author
from admin.ports import now
from admin.problems import Faults
from admin.shapes import moment_in
from desk.cetr_mail import Mail
from desk.contact_access import deed
from desk.contact_values import match_of
from desk.new_tasks import NEAR
from desk.sealed import sealer
from desk.task_kinds import KINDS
from ivr.moment import World
from ivr.plan import Deadline, Plan
from routing.deadlines import Due, ReplyClass, class_due
from store import cetr, tasks
from store.cetr import CetrRequest
from store.database import Transaction
from store.tasks import Task

ABOUT, KIND = "cetr", "cetr-reply"
CONTENTS = "cetr request"
NO_CLASSES = "no line of this authority promises CETR replies; use one that does, such as devon."
AHEAD = "it is still to come; give the moment at which the request was received."


@dataclass(frozen=True, slots=True)
class Taken:
    """A request as it is taken in: from where, of which class, when it was received and is due, and what it says."""

    authority: str
    origin: str
    mail: Mail
    at: datetime
    due: Due
    held: Mapping[str, Any]


def received_in(text: str, faults: Faults) -> datetime:
    """When a request was received: now, where nobody says."""
    found = moment_in("received", text, faults) or now()
    if found > now():
        faults.say("received", "ahead", AHEAD)
    return found


def due_in(authority: str, wanted: ReplyClass, at: datetime, world: World, faults: Faults) -> Due:
    """By when a reply is due, by the cut-off and hours of the authority's line that says so to callers (D:8, D:10)."""
    for plan, node in _classes(authority, world):
        if node.reply is wanted:
            return class_due(wanted, at, node.cut_off, plan.day, world.calendar)
    faults.say("authority", "no-classes", NO_CLASSES)
    return Due(())


def _classes(authority: str, world: World) -> Iterator[tuple[Plan, Deadline]]:
    plans = (world.plans.of_line(slug) for slug in sorted(world.directory.lines))
    for plan in (plan for plan in plans if plan and plan.authority == authority):
        yield from ((plan, node) for node in plan.nodes.values() if isinstance(node, Deadline))


def written(connection: Transaction, taken: Taken, why: str) -> CetrRequest:
    """Keep the request, and begin its task: the desk works to the sooner reading, and is late from then on."""
    child, due = taken.held["child"], taken.due
    match = match_of(child["name"], child["born"], sealer()) if child["name"] and child["born"] else None
    new = CetrRequest(
        uuid4().hex[:16], taken.authority, taken.mail.reply.value, taken.mail.stated, taken.origin, match,
        sealer().seal(json.dumps(taken.held), CONTENTS), taken.at, due.target, due.promise,
        [(reading.name, reading.at.isoformat()) for reading in due.readings], now(), author(why).who,
    )  # fmt: skip
    cetr.add(connection, new, deed(why))
    near = due.target - (due.target - taken.at) / NEAR
    task = Task(
        uuid4().hex[:16], KIND, taken.authority, ABOUT, new.id, KINDS[KIND].role, now(), due.target, due.promise,
        sounds_at=near,
    )  # fmt: skip
    tasks.add(connection, task, deed(why), now())
    return new

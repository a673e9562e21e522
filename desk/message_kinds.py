"""Which messages pass within the service, to whom, and which task asks that they are read? One row per kind."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A kind of message; its code is also that of the task to read it (``desk.task_kinds``). ``to``: the code of a role."""

    code: str
    to: str
    source: str


OPEN_CASE = (
    MessageKind("message-social-worker", "social-worker", "C:42"),
    MessageKind("message-consultant", "consultant-social-worker", "C:42"),
    MessageKind("message-coordinator", "unit-coordinator", "C:42"),
)
"""What matters about a child whose case is open goes to these three."""

HAND_BACK = MessageKind("hand-back", "", "B:63")
LATE_ALERT = MessageKind("late-alert", "out-of-hours-team-manager", "B:68")
STAFF_ALERT = MessageKind("staff-alert", "out-of-hours-team-manager", "B:64")

BY_ROLE: Mapping[str, MessageKind] = {kind.to: kind for kind in OPEN_CASE}
ROLE_OF: Mapping[str, str] = {kind.code: kind.to for kind in (*OPEN_CASE, HAND_BACK, LATE_ALERT, STAFF_ALERT)}
